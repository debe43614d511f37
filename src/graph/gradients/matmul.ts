// Gradients of matrix products.
import { isTurned } from '../ops/axis-order.js';
import { letters } from '../ops/equation.js';
import { einsum, gemm, matMul, type operators as matmul } from '../ops/matmul.js';
import { expandTo, flatten, squeeze, transpose, unsqueeze } from '../ops/movement.js';
import type { Value } from '../value.js';
import { type Gradient, zerosLike } from './rule.js';

/** All leading axes made one. */
const rows = (x: Value) => (x.shape.length === 2 ? x : flatten(x, x.shape.length - 1));

/** dY times one operand, summed to the letters of the other; what only that one has was summed over, and gets the same everywhere. */
function partner(dy: Value, other: Value, own: Value, [result, others, owns]: readonly [string, string, string]): Value {
	const shared = [...owns].filter((name) => result.includes(name) || others.includes(name));
	const sum = einsum(`${result},${others}->${shared.join('')}`, dy, other);
	const alone = [...owns].flatMap((name, axis) => (shared.includes(name) ? [] : [axis]));
	return expandTo(unsqueeze(sum, alone), own);
}

/** dB = Aᵀ dY; of transposed matrices B as the transpose of dYᵀ A, so that the gradient of what was transposed is no copy. */
const besideTurned = (b: Value, a: Value, dy: Value) => (isTurned(b) ? transpose(matMul(transpose(dy), a)) : matMul(transpose(a), dy));

export const matmulGradients = {
	// dA = dY Bᵀ, dB = Aᵀ dY; against one matrix B the sum over the batch is one product.
	MatMul: (dy, [a, b]) => {
		const [row, column] = [a!.shape.length === 1 ? [-2] : [], b!.shape.length === 1 ? [-1] : []];
		const [left, right, result] = [unsqueeze(a!, row.length ? [0] : []), unsqueeze(b!, column), unsqueeze(dy, [...row, ...column])];
		// Where nothing came out nothing comes back. (ONNX Runtime leaves a product over no elements unset where it fuses a transposition into it.)
		if (dy.shape.includes(0)) return [zerosLike(a!), zerosLike(b!)];
		const da = matMul(result, transpose(right));
		const db = right.shape.length === 2 ? gemm(rows(left), rows(result), undefined, { transA: true }) : besideTurned(right, left, result);
		return [squeeze(da, row), squeeze(db, column)];
	},
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
