// Gradient cases: activation.
import { ops } from 'textloom/graph';
import type { Cases } from '../check-gradient.js';

export const activation = {
	Relu: { plain: { shapes: [[3, 5]], build: ops.relu } },
	LeakyRelu: { slope: { shapes: [[3, 5]], build: (x) => ops.leakyRelu(x, 0.2), dtype: 'float32' } },
	Elu: { alpha: { shapes: [[3, 5]], build: (x) => ops.elu(x, 0.7), dtype: 'float32' } },
	Sigmoid: { plain: { shapes: [[2, 3]], build: ops.sigmoid } },
	Tanh: { plain: { shapes: [[2, 3]], build: ops.tanh } },
	Erf: { plain: { shapes: [[2, 3]], build: ops.erf, dtype: 'float32' } },
	Gelu: {
		exact: { shapes: [[3, 4]], build: (x) => ops.gelu(x), dtype: 'float32' },
		approximate: { shapes: [[3, 4]], build: (x) => ops.gelu(x, { approximate: 'tanh' }), dtype: 'float32' },
	},
	Softplus: { plain: { shapes: [[2, 3]], build: ops.softplus, dtype: 'float32' } },
	Softsign: { plain: { shapes: [[2, 3]], build: ops.softsign, dtype: 'float32' } },
	Selu: { plain: { shapes: [[3, 4]], build: ops.selu, dtype: 'float32' } },
	Celu: { alpha: { shapes: [[3, 4]], build: (x) => ops.celu(x, 0.7), dtype: 'float32' } },
	Mish: { plain: { shapes: [[3, 4]], build: ops.mish, dtype: 'float32' } },
	HardSigmoid: { 'both bends': { shapes: [[3, 4]], build: (x) => ops.hardSigmoid(x, { slope: 0.4 }), dtype: 'float32' } },
	HardSwish: { 'both bends': { shapes: [[3, 4]], build: (x) => ops.hardSwish(ops.mul(x, 2.5)), dtype: 'float32' } },
	ThresholdedRelu: { threshold: { shapes: [[3, 4]], build: (x) => ops.thresholdedRelu(x, 0.5), dtype: 'float32' } },
	PRelu: {
		'a slope for each column': { shapes: [[3, 5], [5]], build: (x, slope) => ops.prelu(x, slope), dtype: 'float32' },
		'one slope': { shapes: [[2, 3], [1]], build: (x, slope) => ops.prelu(x, slope), dtype: 'float32' },
	},
} satisfies Cases;
