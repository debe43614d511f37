// Floating-point operations of each operator: two for a multiply-add, one for an element of anything else.

import { factsOf } from '../ops/facts.js';
import type { OpName } from '../ops/index.js';
import { letters } from '../ops/matmul.js';
import type { Attributes } from '../value.js';

/** A use of an operator with its sizes known. */
export interface Sized {
	readonly inputs: readonly (readonly number[])[];
	readonly outputs: readonly (readonly number[])[];
	readonly attributes: Attributes;
}

const count = (shape: readonly number[] | undefined) => (shape ?? []).reduce((product, size) => product * size, 1);
const outputs = ({ outputs }: Sized) => count(outputs[0]);
const inputs = ({ inputs }: Sized) => count(inputs[0]);
const none = () => 0;
/** Maximum, difference, exponential, sum, quotient, or the like. */
const normalized = (node: Sized) => 5 * inputs(node);

/** Steps × batch × all weights of a native recurrence: X [time, batch, in], W and R [directions, …]. */
const recurrent = ({ inputs: [x, w, r] }: Sized) => 2 * x![0]! * x![1]! * (count(w) + count(r));

const table: Partial<Record<OpName, (node: Sized) => number>> = {
	MatMul: (node) => 2 * outputs(node) * (node.inputs[0]!.at(-1) ?? 1),
	Gemm: (node) => outputs(node) * (2 * node.inputs[0]![node.attributes.transA === 1 ? 0 : 1]! + (node.inputs.length > 2 ? 1 : 0)),
	Einsum: ({ inputs, attributes }) => {
		const [left = '', right = ''] = letters(attributes.equation as string) ?? [];
		const sizes = new Map([left, right].flatMap((names, place) => [...names].map((name, axis) => [name, inputs[place]![axis]!] as const)));
		return 2 * count([...sizes.values()]);
	},
	Conv: (node) => 2 * outputs(node) * count(node.inputs[1]!.slice(1)),
	ConvTranspose: (node) => 2 * inputs(node) * count(node.inputs[1]!.slice(1)),
	MaxPool: (node) => outputs(node) * count(node.attributes.kernel_shape as readonly number[]),
	AveragePool: (node) => outputs(node) * count(node.attributes.kernel_shape as readonly number[]),
	RNN: recurrent,
	GRU: recurrent,
	LSTM: recurrent,
	// Q Kᵀ and its product with V: [batch, heads, time, width] each.
	Attention: ({ inputs: [q, k] }) => 4 * count(q) * (k!.at(-2) ?? 1) + 5 * count(q!.slice(0, -1)) * (k!.at(-2) ?? 1),
	Softmax: normalized,
	LogSoftmax: normalized,
	ReduceLogSumExp: normalized,
	LayerNormalization: normalized,
	BatchNormalization: normalized,
	GlobalMaxPool: inputs,
	GlobalAveragePool: inputs,
	ReduceSum: inputs,
	ReduceMean: inputs,
	ReduceMax: inputs,
	ReduceMin: inputs,
	ArgMax: inputs,
	CumSum: inputs,
	ScatterElements: ({ inputs: [, , updates] }) => count(updates),
	ScatterND: ({ inputs: [, , updates] }) => count(updates),
};

/** Operators that move numbers, or hold nodes that are counted by themselves. */
const isFree = (op: string) => {
	const { view, moves } = factsOf(op) ?? { moves: op === 'Constant' || op === 'ConstantOfShape' };
	return view || moves;
};

/** The floating-point operations of a node. */
export function flopsOf(op: string, node: Sized): number {
	return (table[op as OpName] ?? (isFree(op) ? none : outputs))(node);
}
