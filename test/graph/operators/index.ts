// The table that the tests of operators run over: gradients and refusals of each.
import type { OpName } from 'textloom/graph';
import { activation } from './activation.js';
import { attention } from './attention.js';
import { control } from './control.js';
import { convolution } from './convolution.js';
import { elementwise } from './elementwise.js';
import { generators } from './generators.js';
import { indexing } from './index-ops.js';
import { logic } from './logic.js';
import { matmul } from './matmul.js';
import { movement } from './movement.js';
import { normalization } from './normalization.js';
import { parts } from './parts.js';
import { pooling } from './pooling.js';
import { recurrent } from './recurrent.js';
import { reduce } from './reduce.js';
import type { Row, Rows } from './row.js';
import { sizes } from './sizes.js';

/** The rows by family. */
export const families = {
	elementwise,
	activation,
	logic,
	reduce,
	normalization,
	matmul,
	attention,
	movement,
	sizes,
	parts,
	generators,
	indexing,
	convolution,
	pooling,
	recurrent,
	control,
};

/** The operators that have a row. */
type Tested = { [Family in keyof typeof families]: keyof (typeof families)[Family] }[keyof typeof families];

/** The rows of all families. The type demands one for each operator. */
export const rows: Readonly<Record<OpName, Row>> = Object.fromEntries(
	Object.values<Rows>(families).flatMap((family) => Object.entries(family)),
) as Record<Tested, Row>;
