// Gradients of matrix products.
import { productDims } from '../dim.js';
import { einsum, gemm, letters, matMul, type matmul } from '../ops/matmul.js';
import { expandTo, reshape, transpose, unsqueeze } from '../ops/movement.js';
import type { Value } from '../value.js';
import type { Gradient } from './rule.js';

/** All leading axes made one. */
function rows(x: Value): Value {
	return reshape(x, [productDims(x.shape.slice(0, -1)), x.shape.at(-1)!]);
}

/** dY times one operand, summed to the letters of the other; what only that one has was summed over, and gets the same everywhere. */
function partner(dy: Value, other: Value, own: Value, [result, others, owns]: readonly [string, string, string]): Value {
	const shared = [...owns].filter((name) => result.includes(name) || others.includes(name));
	const sum = einsum(`${result},${others}->${shared.join('')}`, dy, other);
	const alone = [...owns].flatMap((name, axis) => (shared.includes(name) ? [] : [axis]));
	return expandTo(unsqueeze(sum, alone), own);
}

export const matmulGradients = {
	// dA = dY Bᵀ, dB = Aᵀ dY; against one matrix B the sum over the batch is one product.
	MatMul: (dy, [a, b]) => [
		matMul(dy, transpose(b!)),
		b!.shape.length === 2 ? gemm(rows(a!), rows(dy), undefined, { transA: true }) : matMul(transpose(a!), dy),
	],
	// Y = A B + C, either side transposed
	Gemm: (dy, [a, b, c], _y, { attributes }) => {
		const [transA, transB] = [attributes.transA === 1, attributes.transB === 1];
		const da = transA ? gemm(b!, dy, undefined, { transA: transB, transB: true }) : gemm(dy, b!, undefined, { transB: !transB });
		const db = transB ? gemm(dy, a!, undefined, { transA: true, transB: transA }) : gemm(a!, dy, undefined, { transA: !transA });
		return [da, db, c && dy];
	},
	// The other operand times dY, by the same letters.
	Einsum: (dy, [a, b], _y, { attributes }) => {
		const [left, right, result] = letters(attributes.equation as string)!;
		return [partner(dy, b!, a!, [result, right, left]), partner(dy, a!, b!, [result, left, right])];
	},
} satisfies Record<keyof typeof matmul, Gradient | null>;
