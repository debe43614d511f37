// Every operator: its builder, and its shape rule and facts by ONNX name. The gradient table and the test table must have a row for each, or do not compile.
import { operators as activation } from './activation.js';
import { operators as attention } from './attention.js';
import { operators as control } from './control.js';
import { operators as convolution } from './convolution.js';
import { operators as elementwise } from './elementwise.js';
import { operators as generators } from './generators.js';
import { operators as indexing } from './index-ops.js';
import { operators as logic } from './logic.js';
import { operators as matmul } from './matmul.js';
import { operators as movement } from './movement.js';
import { operators as normalization } from './normalization.js';
import type { Operator } from './operator.js';
import { operators as parts } from './parts.js';
import { operators as pooling } from './pooling.js';
import { operators as recurrent } from './recurrent.js';
import { operators as reduce } from './reduce.js';
import { operators as sizes } from './sizes.js';

export * from './activation.js';
export * from './attention.js';
export * from './constants.js';
export * from './control.js';
export * from './convolution.js';
export * from './elementwise.js';
export * from './generators.js';
export * from './index-ops.js';
export * from './logic.js';
export * from './matmul.js';
export * from './movement.js';
export * from './normalization.js';
export * from './parts.js';
export * from './pooling.js';
export * from './recurrent.js';
export * from './reduce.js';
export * from './sizes.js';
export type { ConvolutionOptions } from './windows.js';

const families = {
	...elementwise,
	...activation,
	...logic,
	...reduce,
	...normalization,
	...matmul,
	...attention,
	...movement,
	...sizes,
	...parts,
	...generators,
	...indexing,
	...convolution,
	...pooling,
	...recurrent,
	...control,
};

/** The ONNX name of an operator the engine knows. */
export type OpName = keyof typeof families;

/** Each operator: its shape rule with its facts. The table of each family has this name, too: an export of the file's own hides what `export *` brings. */
export const operators: Readonly<Record<OpName, Operator>> = families;

/** The operator of an ONNX name, if the engine knows it. */
export const operatorOf = (op: string): Operator | undefined => (Object.hasOwn(operators, op) ? operators[op as OpName] : undefined);
