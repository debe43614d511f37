// What is tested of each operator: attention.
import { constant, ops, tensor } from 'textloom/graph';
import { f, flag, i } from './refusals.js';
import type { Rows } from './row.js';

export const attention = {
	Attention: {
		gradients: {
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
		refuses: {
			'widths differ': [
				() => ops.attentionOf(f(2, 4, 5, 8), f(2, 4, 6, 7), f(2, 4, 6, 8)),
				'expected queries and keys of one width, got 8 and 7',
				'float32 2×4×5×8',
			],
			'fewer values than keys': [() => ops.attentionOf(f(2, 4, 5, 8), f(2, 4, 6, 8), f(2, 4, 5, 8)), 'expected a value for each key'],
			'heads that make no groups': [
				() => ops.attentionOf(f(2, 4, 5, 8), f(2, 3, 6, 8), f(2, 3, 6, 8)),
				'query heads in groups of 3, got 4',
			],
			'a mask of integers': [
				() => ops.attentionOf(f(2, 4, 5, 8), f(2, 4, 6, 8), f(2, 4, 6, 8), { mask: i(5, 6) }),
				'expected a mask of bools, or of numbers of the same type',
			],
			'a mask of other sizes': [
				() => ops.attentionOf(f(2, 4, 5, 8), f(2, 4, 6, 8), f(2, 4, 6, 8), { mask: flag(6, 5) }),
				'expected a mask that broadcasts to 2×4×5×6, got 6×5',
			],
			'a width that makes no heads': [
				() => ops.attentionOf(f(2, 5, 7), f(2, 5, 7), f(2, 5, 7), { heads: 2 }),
				'a width of equal heads, got 7 for 2',
			],
			'no heads': [() => ops.attentionOf(f(2, 8), f(2, 8), f(2, 8)), 'three or four dimensions', 'float32 2×8'],
		},
	},
} satisfies Rows;
