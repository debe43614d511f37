// What is tested of each operator: matrix products.
import { ops } from 'textloom/graph';
import { d, f } from './refusals.js';
import type { Rows } from './row.js';

export const matmul = {
	MatMul: {
		gradients: {
			matrices: {
				shapes: [
					[2, 3],
					[3, 4],
				],
				build: ops.matMul,
			},
			'a batch against one matrix': {
				shapes: [
					[2, 2, 3],
					[3, 4],
				],
				named: [
					['batch', 'time', 3],
					[3, 4],
				],
				build: ops.matMul,
			},
			'broadcast batches': {
				shapes: [
					[2, 1, 2, 3],
					[3, 3, 2],
				],
				build: ops.matMul,
			},
			'size 1': {
				shapes: [
					[1, 1],
					[1, 1],
				],
				build: ops.matMul,
			},
			'a vector on the left': { shapes: [[3], [3, 4]], build: ops.matMul },
			'a vector on the right of a batch': { shapes: [[2, 4, 3], [3]], named: [['batch', 4, 3], [3]], build: ops.matMul },
			'a vector on the left of a batch': { shapes: [[3], [2, 3, 4]], build: ops.matMul },
			'two vectors': { shapes: [[3], [3]], build: ops.matMul },
		},
		refuses: {
			'inner sizes': [() => ops.matMul(f(2, 3), f(4, 5)), "left side's last size 3", 'last but one, 4', 'float32 2×3, float32 4×5'],
			'inner names': [() => ops.matMul(f(2, 'time'), f('batch', 5)), "left side's last size time", 'batch', 'float32 2×time'],
			'a scalar': [() => ops.matMul(f(), f(3, 2)), 'expected a matrix or a vector on both sides', 'float32 scalar, float32 3×2'],
			'a vector on the left': [() => ops.matMul(f(2), f(3, 2)), "left side's last size 2", 'last but one, 3', 'float32 2, float32 3×2'],
			'a vector on the right': [
				() => ops.matMul(f(2, 3), f(2)),
				"left side's last size 3",
				"right side's size, 2",
				'float32 2×3, float32 2',
			],
			'leading sizes': [() => ops.matMul(f(2, 4, 3), f(3, 3, 5)), 'the leading sizes do not broadcast', 'float32 2×4×3, float32 3×3×5'],
			types: [() => ops.matMul(f(2, 3), d(3, 2)), 'expected operands of one type', 'float32 2×3, float64 3×2'],
		},
	},
	Gemm: {
		gradients: {
			plain: { shapes: [[2, 3], [3, 4], [4]], build: (a, b, c) => ops.gemm(a, b, c) },
			'A transposed': {
				shapes: [
					[3, 2],
					[3, 4],
					[2, 1],
				],
				build: (a, b, c) => ops.gemm(a, b, c, { transA: true }),
			},
			'B transposed': {
				shapes: [
					[2, 3],
					[4, 3],
					[2, 4],
				],
				build: (a, b, c) => ops.gemm(a, b, c, { transB: true }),
			},
			'both transposed': {
				shapes: [
					[3, 2],
					[4, 3],
				],
				build: (a, b) => ops.gemm(a, b, undefined, { transA: true, transB: true }),
			},
		},
		refuses: {
			'inner sizes': [() => ops.gemm(f(2, 3), f(4, 5)), 'expected equal inner sizes, got 3 and 4', 'float32 2×3, float32 4×5'],
			'inner sizes, A transposed': [() => ops.gemm(f(2, 3), f(3, 5), undefined, { transA: true }), 'got 2 and 3'],
			'inner sizes, B transposed': [() => ops.gemm(f(2, 3), f(3, 5), undefined, { transB: true }), 'got 3 and 5'],
			'three axes': [() => ops.gemm(f(1, 2, 3), f(3, 5)), 'expected two matrices', 'float32 1×2×3'],
			'the addend': [() => ops.gemm(f(2, 3), f(3, 5), f(2)), 'expected an addend that broadcasts to 2×5', 'float32 3×5, float32 2)'],
			'an addend that is larger': [() => ops.gemm(f(1, 3), f(3, 5), f(2, 5)), 'an addend that broadcasts to 1×5'],
			types: [() => ops.gemm(f(2, 3), d(3, 5)), 'expected operands of one type', 'float32 2×3, float64 3×5'],
			'the type of the addend': [() => ops.gemm(f(2, 3), f(3, 5), d(5)), 'expected operands of one type', 'float64 5'],
		},
	},
	Einsum: {
		gradients: {
			'a batch of products': {
				shapes: [
					[2, 3, 4],
					[2, 4, 2],
				],
				named: [
					['batch', 3, 4],
					['batch', 4, 2],
				],
				build: (a, b) => ops.einsum('bik,bkj->bij', a, b),
			},
			'the result transposed': {
				shapes: [
					[2, 3],
					[3, 4],
				],
				build: (a, b) => ops.einsum('ik,kj->ji', a, b),
			},
			'outer product': { shapes: [[3], [2]], build: (a, b) => ops.einsum('i,j->ij', a, b) },
			'an axis that only one has, summed over': {
				shapes: [
					[2, 3],
					[2, 4],
				],
				build: (a, b) => ops.einsum('ik,ij->j', a, b),
			},
			'a scalar': {
				shapes: [
					[2, 3],
					[2, 3],
				],
				build: (a, b) => ops.einsum('ij,ij->', a, b),
			},
		},
		refuses: {
			'one operand': [() => ops.einsum('ij->ji', f(2, 3), f(2, 3)), 'expected two operands', 'float32 2×3, float32 2×3'],
			'a letter twice': [() => ops.einsum('ii,ij->j', f(2, 2), f(2, 3)), 'expected two operands'],
			'sizes clash': [() => ops.einsum('ik,kj->ij', f(2, 3), f(4, 5)), 'expected one size for k, got 3 and 4', 'float32 2×3, float32 4×5'],
			'too few letters': [() => ops.einsum('i,kj->ij', f(2, 3), f(4, 5)), 'expected 1 dimensions for i'],
			'a letter from nowhere': [() => ops.einsum('ik,kj->iz', f(2, 3), f(3, 5)), 'expected z in an operand'],
			types: [() => ops.einsum('ik,kj->ij', f(2, 3), d(3, 5)), 'expected operands of one type', 'float64 3×5'],
		},
	},
} satisfies Rows;
