// Joins nodes that one operator does as well.
import { broadcastShapes, sameShape } from './dim.js';
import { gemm } from './ops/matmul.js';
import { type Place, rewrite } from './rewrite.js';
import { type Node, scopeOf, type Value } from './value.js';
import { bodiesOf, nodesBefore, operands } from './walk.js';

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
	if (!a || !b || c || a.shape.length !== 2 || b.shape.length !== 2) return undefined;
	if (general) return (c) => gemm(a, b, c, { transA: general.attributes.transA === 1, transB: general.attributes.transB === 1 });
	const [[left, transA], [right, transB]] = [upright(a, madeBy), upright(b, madeBy)];
	return (c) => gemm(left, right, c, { transA, transB });
}

const table: Readonly<Record<string, (node: Node, madeBy: MadeBy, once: (place: number) => boolean) => Value | undefined>> = {
	// A B + C
	Add: ({ inputs, outputs: [y] }, madeBy, once) => {
		for (const place of [0, 1]) {
			const whole = once(place) ? product(inputs[place]!, madeBy) : undefined;
			const addend = inputs[1 - place]!;
			const fits = addend.shape.length <= 2 && sameShape(broadcastShapes(addend.shape, y!.shape) ?? [], y!.shape);
			if (whole && fits && sameShape(inputs[place]!.shape, y!.shape)) return whole(addend);
		}
		return undefined;
	},
	// A Bᵀ
	MatMul: ({ inputs, outputs: [y] }, madeBy) => (inputs.some((side) => madeBy(side, 'Transpose')) ? product(y!, madeBy)?.() : undefined),
};

/** The same values with products and what surrounds them joined. */
export function fused(outputs: readonly Value[], given: readonly Value[]): readonly Value[] {
	const ends = new Set(given);
	const uses = new Map<Value, number>();
	count(outputs, ends, uses);
	return rewrite(outputs, {
		given: new Map(given.map((value) => [value, value])),
		change: (node, { before, madeBy }) => {
			const rule = Object.hasOwn(table, node.op) ? table[node.op] : undefined;
			const found = rule && scopeOf(node, () => rule(node, madeBy, (place) => uses.get(before.inputs[place]!) === 1));
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
