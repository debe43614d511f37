// Matrix products, and sums of products by letters.

import { broadcastShapes, type Dim } from '../dim.js';
import { node, type Value } from '../value.js';
import { refuseEmpty } from './axes.js';
import { letters } from './equation.js';
import { countOf, type Operator, operator, type Sized } from './operator.js';

const gemmFlops = ({ inputs, outputs, attributes }: Sized) =>
	countOf(outputs[0]) * (2 * inputs[0]![attributes.transA === 1 ? 0 : 1]! + (inputs.length > 2 ? 1 : 0));

/** A multiply-add for each choice of all letters. */
function einsumFlops({ inputs, attributes }: Sized): number {
	const [left = '', right = ''] = letters(attributes.equation as string) ?? [];
	const sizes = new Map([left, right].flatMap((names, place) => [...names].map((name, axis) => [name, inputs[place]![axis]!] as const)));
	return 2 * countOf([...sizes.values()]);
}

export const operators = {
	// A vector on the left is one row, on the right one column; the result then lacks that axis.
	MatMul: operator(
		([a, b], _attributes, fail) => {
			if (a!.shape.length === 0 || b!.shape.length === 0)
				fail('expected a matrix or a vector on both sides. Multiply by a scalar with mul');
			if (a!.dtype !== b!.dtype) fail('expected operands of one type. Cast one of them');
			const left = a!.shape.length === 1 ? [1, ...a!.shape] : a!.shape;
			const right = b!.shape.length === 1 ? [...b!.shape, 1] : b!.shape;
			const inner = left.at(-1);
			if (inner !== right.at(-2)) {
				const place = b!.shape.length === 1 ? 'size' : 'last but one';
				fail(`expected the left side's last size ${inner} to equal the right side's ${place}, ${right.at(-2)}. Transpose one of them`);
			}
			const batch =
				broadcastShapes(left.slice(0, -2), right.slice(0, -2)) ?? fail('the leading sizes do not broadcast. Sizes must be equal or 1');
			const rows = a!.shape.length === 1 ? [] : [left.at(-2)!];
			return [{ dtype: a!.dtype, shape: [...batch, ...rows, ...(b!.shape.length === 1 ? [] : [right.at(-1)!])] }];
		},
		{ inputs: 2, flops: (node) => 2 * countOf(node.outputs[0]) * (node.inputs[0]!.at(-1) ?? 1) },
	),
	Gemm: operator(
		([a, b, c], { transA = 0, transB = 0 }, fail) => {
			if (a!.shape.length !== 2 || b!.shape.length !== 2) fail('expected two matrices. Reshape them, or use matMul');
			if (b!.dtype !== a!.dtype || (c && c.dtype !== a!.dtype)) fail('expected operands of one type. Cast one of them');
			const [rows, inner] = transA ? [a!.shape[1]!, a!.shape[0]!] : [a!.shape[0]!, a!.shape[1]!];
			const [other, columns] = transB ? [b!.shape[1]!, b!.shape[0]!] : [b!.shape[0]!, b!.shape[1]!];
			if (inner !== other) fail(`expected equal inner sizes, got ${inner} and ${other}. Transpose one of them`);
			const shape = [rows, columns];
			if (c && broadcastShapes(c.shape, shape)?.join() !== shape.join())
				fail(`expected an addend that broadcasts to ${shape.join('×')}. Sizes must be equal or 1`);
			return [{ dtype: a!.dtype, shape }];
		},
		{ inputs: [2, 3], flops: gemmFlops },
	),
	Einsum: operator(
		([a, b], { equation }, fail) => {
			const [left, right, result] = letters(equation as string) ?? fail('expected two operands, as in "bik,bkj->bij"');
			refuseEmpty([a!, b!], fail);
			const sizes = new Map<string, Dim>();
			for (const [names, value] of [
				[left, a!],
				[right, b!],
			] as const) {
				if (value.dtype !== a!.dtype) fail('expected operands of one type. Cast one of them');
				if (names.length !== value.shape.length) fail(`expected ${names.length} dimensions for ${names}`);
				for (const [axis, name] of [...names].entries()) {
					const size = value.shape[axis]!;
					if ((sizes.get(name) ?? size) !== size) fail(`expected one size for ${name}, got ${sizes.get(name)} and ${size}`);
					sizes.set(name, size);
				}
			}
			return [{ dtype: a!.dtype, shape: [...result].map((name) => sizes.get(name) ?? fail(`expected ${name} in an operand`)) }];
		},
		{ inputs: 2, flops: einsumFlops, since: 12 },
	),
} satisfies Record<string, Operator>;

/** Matrix product over the last two axes, broadcast over the others. A vector on the left counts as one row, on the right as one column. */
export function matMul(a: Value, b: Value): Value {
	return node('MatMul', operators.MatMul, [a, b])[0]!;
}

/** `a b + c` of matrices, each side transposed where asked. */
export function gemm(a: Value, b: Value, c?: Value, { transA = false, transB = false } = {}): Value {
	return node('Gemm', operators.Gemm, c ? [a, b, c] : [a, b], { transA: transA ? 1 : 0, transB: transB ? 1 : 0 })[0]!;
}

/**
 * Sums of products by the letters of the axes: `bik,bkj->bij` is a batch of matrix products. A letter that the result lacks is summed
 * over; no letter comes twice in one operand.
 */
export function einsum(equation: string, a: Value, b: Value): Value {
	return node('Einsum', operators.Einsum, [a, b], { equation })[0]!;
}
