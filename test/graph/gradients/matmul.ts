// Gradient cases: matmul.
import { ops } from 'textloom/graph';
import type { Cases } from '../check-gradient.js';

export const matmul = {
	MatMul: {
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
	Gemm: {
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
	Einsum: {
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
} satisfies Cases;
