// Gradients of matrix products.
import { productDims } from '../dim.js';
import { gemm, matMul, type matmul } from '../ops/matmul.js';
import { reshape, transpose } from '../ops/movement.js';
import type { Value } from '../value.js';
import type { Gradient } from './rule.js';

/** All leading axes made one. */
function rows(x: Value): Value {
	return reshape(x, [productDims(x.shape.slice(0, -1)), x.shape.at(-1)!]);
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
} satisfies Record<keyof typeof matmul, Gradient | null>;
