// Gradient cases: convolution.
import { ops } from 'textloom/graph';
import type { Cases } from '../check-gradient.js';

export const convolution = {
	Conv: {
		'one axis, bias': { shapes: [[2, 3, 6], [4, 3, 3], [4]], build: (x, w, b) => ops.conv(x, w, b), dtype: 'float32' },
		'one axis, named sizes': {
			shapes: [
				[2, 2, 5],
				[3, 2, 2],
			],
			named: [
				['batch', 2, 'time'],
				[3, 2, 2],
			],
			build: (x, w) => ops.conv(x, w, undefined, { padding: 1 }),
			dtype: 'float32',
		},
		'stride that does not end with the image': {
			shapes: [
				[1, 2, 8],
				[2, 2, 3],
			],
			build: (x, w) => ops.conv(x, w, undefined, { stride: 2 }),
			dtype: 'float32',
		},
		'dilation and padding': {
			shapes: [
				[2, 2, 7],
				[2, 2, 3],
			],
			build: (x, w) => ops.conv(x, w, undefined, { dilation: 2, padding: 2 }),
			dtype: 'float32',
		},
		'two axes, groups': {
			shapes: [
				[2, 4, 4, 5],
				[6, 2, 2, 3],
			],
			build: (x, w) => ops.conv(x, w, undefined, { groups: 2, stride: [2, 1], padding: [1, 0] }),
			dtype: 'float32',
		},
		depthwise: {
			shapes: [
				[2, 3, 5],
				[3, 1, 3],
			],
			build: (x, w) => ops.conv(x, w, undefined, { groups: 3 }),
			dtype: 'float32',
		},
		'as many windows as elements': {
			shapes: [
				[1, 2, 5],
				[2, 2, 4],
			],
			named: [
				[1, 2, 'time'],
				[2, 2, 4],
			],
			build: (x, w) => ops.conv(x, w, undefined, { padding: 'same' }),
			dtype: 'float32',
		},
		'half as many': {
			shapes: [
				[1, 2, 7],
				[2, 2, 2],
			],
			build: (x, w) => ops.conv(x, w, undefined, { padding: 'same', stride: 2 }),
			dtype: 'float32',
		},
		'padding that differs, stride': {
			shapes: [
				[1, 2, 6, 5],
				[2, 2, 2, 3],
			],
			build: (x, w) =>
				ops.conv(x, w, undefined, {
					stride: [1, 2],
					padding: [
						[0, 1],
						[2, 1],
					],
				}),
			dtype: 'float32',
		},
	},
	ConvTranspose: {
		'one axis, bias': { shapes: [[2, 3, 4], [3, 2, 3], [2]], build: (x, w, b) => ops.convTranspose(x, w, b), dtype: 'float32' },
		'stride and padding': {
			shapes: [
				[1, 2, 4],
				[2, 2, 3],
			],
			build: (x, w) => ops.convTranspose(x, w, undefined, { stride: 2, padding: 1 }),
			dtype: 'float32',
		},
		'two axes, groups': {
			shapes: [
				[1, 4, 3, 2],
				[4, 2, 2, 2],
			],
			build: (x, w) => ops.convTranspose(x, w, undefined, { groups: 2 }),
			dtype: 'float32',
		},
		'padding that differs': {
			shapes: [
				[1, 2, 4],
				[2, 2, 3],
			],
			build: (x, w) => ops.convTranspose(x, w, undefined, { stride: 2, padding: [[0, 1]], outputPadding: [1] }),
			dtype: 'float32',
		},
	},
} satisfies Cases;
