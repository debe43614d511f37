// Gradient cases: attention.
import { constant, ops, tensor } from 'textloom/graph';
import type { Cases } from '../check-gradient.js';

export const attention = {
	Attention: {
		plain: {
			shapes: [
				[2, 2, 3, 4],
				[2, 2, 5, 4],
				[2, 2, 5, 3],
			],
			build: (q, k, v) => ops.attentionOf(q, k, v),
		},
		'causal, a scale, named sizes': {
			shapes: [
				[2, 2, 4, 3],
				[2, 2, 4, 3],
				[2, 2, 4, 3],
			],
			named: [
				['batch', 2, 'time', 3],
				['batch', 2, 'time', 3],
				['batch', 2, 'time', 3],
			],
			build: (q, k, v) => ops.attentionOf(q, k, v, { causal: true, scale: 0.3 }),
		},
		'a mask of bools': {
			shapes: [
				[1, 2, 2, 3],
				[1, 2, 3, 3],
				[1, 2, 3, 2],
			],
			build: (q, k, v) => ops.attentionOf(q, k, v, { mask: constant(tensor('bool', [2, 3], [1, 0, 1, 1, 1, 0])) }),
		},
		'numbers added, with a gradient': {
			shapes: [
				[2, 1, 2, 3],
				[2, 1, 3, 3],
				[2, 1, 3, 2],
				[2, 3],
			],
			build: (q, k, v, mask) => ops.attentionOf(q, k, v, { mask }),
		},
		'heads inside of the width, in groups': {
			shapes: [
				[2, 2, 8],
				[2, 3, 4],
				[2, 3, 6],
			],
			build: (q, k, v) => ops.attentionOf(q, k, v, { heads: 4, keyHeads: 2 }),
		},
		'heads in groups': {
			shapes: [
				[1, 4, 2, 3],
				[1, 2, 3, 3],
				[1, 2, 3, 3],
			],
			build: (q, k, v) => ops.attentionOf(q, k, v),
		},
	},
} satisfies Cases;
