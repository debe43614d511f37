// The gradient of every operator; the type demands a row for each.
import type { OpName } from '../ops/index.js';
import { activationGradients } from './activation.js';
import { attentionGradients } from './attention.js';
import { controlGradients } from './control.js';
import { convolutionGradients } from './convolution.js';
import { elementwiseGradients } from './elementwise.js';
import { generatorGradients } from './generators.js';
import { indexingGradients } from './index-ops.js';
import { logicGradients } from './logic.js';
import { matmulGradients } from './matmul.js';
import { movementGradients } from './movement.js';
import { normalizationGradients } from './normalization.js';
import { partsGradients } from './parts.js';
import { poolingGradients } from './pooling.js';
import { recurrentGradients } from './recurrent.js';
import { reduceGradients } from './reduce.js';
import type { Gradient } from './rule.js';
import { sizesGradients } from './sizes.js';

/** The reverse-mode rule of each operator. A text says what to do instead where there is none; null, that nothing can ask for one: it gives no floats. */
export const gradients: Readonly<Record<OpName, Gradient | string | null>> = {
	...elementwiseGradients,
	...activationGradients,
	...logicGradients,
	...reduceGradients,
	...normalizationGradients,
	...matmulGradients,
	...attentionGradients,
	...movementGradients,
	...sizesGradients,
	...partsGradients,
	...generatorGradients,
	...indexingGradients,
	...convolutionGradients,
	...poolingGradients,
	...recurrentGradients,
	...controlGradients,
};
