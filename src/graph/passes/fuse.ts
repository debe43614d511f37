// Writes products, and sums over rows, by the operators that ONNX Runtime does fastest.

import { isFloat, tensor } from '../../tensors/tensor.js';
import { constant } from '../constant.js';
import { broadcastShapes, productDims, sameShape } from '../dim.js';
import { reducedAxes } from '../ops/axes.js';
import { add, div, exp, neg } from '../ops/elementwise.js';
import { gemm } from '../ops/matmul.js';
import { expand, reshape } from '../ops/movement.js';
import { type Node, scopeOf, type Value } from '../value.js';
import { bodiesOf, nodesBefore, operands } from '../walk.js';
import { type Place, rewrite } from './rewrite.js';

type MadeBy = Place['madeBy'];

/** The matrix before a plain Transpose, and whether there was one. */
function upright(matrix: Value, madeBy: MadeBy): [matrix: Value, transposed: boolean] {
	const turned = madeBy(matrix, 'Transpose');
	return turned ? [turned.inputs[0]!, true] : [matrix, false];
}

/** A product of two matrices as Gemm has it; undefined for other values, and where there is an addend already. */
function product(value: Value, madeBy: MadeBy): ((c?: Value) => Value) | undefined {
	const plain = madeBy(value, 'MatMul');
	const general = madeBy(value, 'Gemm');
	const [a, b, c] = (plain ?? general)?.inputs ?? [];
	// ONNX Runtime multiplies integers by MatMul only.
	if (!a || !b || c || !isFloat(a.dtype) || a.shape.length !== 2 || b.shape.length !== 2) return undefined;
	if (general) return (c) => gemm(a, b, c, { transA: general.attributes.transA === 1, transB: general.attributes.transB === 1 });
	const [[left, transA], [right, transB]] = [upright(a, madeBy), upright(b, madeBy)];
	return (c) => gemm(left, right, c, { transA, transB });
}

/** A faster value for a node's only output; undefined where there is none. */
type Fusion = (node: Node, where: Where) => Value | undefined;

/** Where a node is, and what is around. */
interface Where extends Pick<Place, 'madeBy'> {
	/** Whether it is in a loop over sequences, where a node is small and each costs. */
	readonly inside: boolean;
	/** Whether an operand has no other use. */
	readonly once: (place: number) => boolean;
}

const isVector = ({ shape }: Value) => shape.length < 2 || shape[0] === 1;

const table: Readonly<Record<string, Fusion>> = {
	// A B + C: one node. But Gemm copies a vector to each row first, with one thread: among many rows an Add is faster.
	Add: ({ inputs, outputs: [y] }, { inside, madeBy, once }) => {
		for (const place of [0, 1]) {
			const addend = inputs[1 - place]!;
			const whole = once(place) && (inside || !isVector(addend)) ? product(inputs[place]!, madeBy) : undefined;
			const fits = addend.shape.length <= 2 && sameShape(broadcastShapes(addend.shape, y!.shape) ?? [], y!.shape);
			if (whole && fits && sameShape(inputs[place]!.shape, y!.shape)) return whole(addend);
		}
		return undefined;
	},
	Gemm: ({ inputs: [a, b, c], attributes: { transA, transB } }, { inside }) =>
		c && !inside && isVector(c) ? add(gemm(a!, b!, undefined, { transA: transA === 1, transB: transB === 1 }), c) : undefined,
	// A Bᵀ
	MatMul: ({ inputs, outputs: [y] }, { madeBy }) =>
		inputs.some((side) => madeBy(side, 'Transpose')) ? product(y!, madeBy)?.() : undefined,
	// x σ(α x) in float64: ONNX Runtime joins it to QuickGelu, which it has no float64 kernel of. So it is x / (1 + exp(−α x)).
	Mul: ({ inputs, outputs: [y] }, { madeBy }) => {
		if (y!.dtype !== 'float64') return undefined;
		for (const place of [0, 1]) {
			const [x, inner] = [inputs[1 - place]!, madeBy(inputs[place]!, 'Sigmoid')?.inputs[0]];
			if (inner && (inner === x || madeBy(inner, 'Mul')?.inputs.includes(x))) return div(x, add(exp(neg(inner)), 1));
		}
		return undefined;
	},
	// Σ over rows is 1ᵀ X, with all threads.
	ReduceSum: ({ inputs, outputs: [y] }, { inside }) => {
		const [x] = inputs;
		const rank = x!.shape.length;
		const axes = reducedAxes(inputs);
		const rows = productDims(x!.shape.slice(0, -1));
		const many = typeof rows === 'string' || rows >= 256;
		if (inside || !many || !isFloat(x!.dtype) || rank < 2 || axes.length !== rank - 1 || axes.includes(rank - 1)) return undefined;
		const matrix = reshape(x!, [rows, x!.shape.at(-1)!], [x!]);
		const ones = expand(constant(tensor(x!.dtype, [1, 1], [1])), [1, rows], [matrix]);
		return reshape(gemm(ones, matrix), y!.shape, [x!]);
	},
};

/** The same values with products and what surrounds them joined. */
export function fused(outputs: readonly Value[], given: readonly Value[]): readonly Value[] {
	const ends = new Set(given);
	const uses = new Map<Value, number>();
	count(outputs, ends, uses);
	return rewrite(outputs, {
		given: new Map(given.map((value) => [value, value])),
		change: (node, { before, within, madeBy }) => {
			const rule = Object.hasOwn(table, node.op) ? table[node.op] : undefined;
			const inside = within.includes('Scan');
			const found = rule && scopeOf(node, () => rule(node, { inside, madeBy, once: (place) => uses.get(before.inputs[place]!) === 1 }));
			return found && [found];
		},
	});
}

/** Counts the uses of every value, those in bodies included. */
function count(outputs: readonly Value[], ends: ReadonlySet<Value>, uses: Map<Value, number>) {
	const use = (value: Value) => uses.set(value, (uses.get(value) ?? 0) + 1);
	outputs.forEach(use);
	for (const node of nodesBefore(outputs, { stop: (value) => ends.has(value), next: operands })) {
		operands(node).forEach(use);
		for (const body of bodiesOf(node)) count(body.outputs, new Set([...body.inputs, ...body.captures.keys()]), uses);
	}
}
