// What is tested of each operator: convolutions.
import { ops } from 'textloom/graph';
import { d, f } from './refusals.js';
import type { Rows } from './row.js';

export const convolution = {
	Conv: {
		gradients: {
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
		refuses: {
			'another number of channels': [
				() => ops.conv(f(2, 3, 8), f(4, 2, 3)),
				'expected filters for 3 channels, got 2 times 1 groups',
				'float32 2×3×8',
			],
			'a window wider than the image': [() => ops.conv(f(2, 3, 2), f(4, 3, 3)), 'at least as large as a window of 3'],
			'another bias': [() => ops.conv(f(2, 3, 8), f(4, 3, 3), f(3)), 'expected a bias of 4, got 3'],
			'filters of named sizes': [() => ops.conv(f(2, 3, 8), f(4, 3, 'width')), 'expected filters of known sizes', 'float32 4×3×width'],
			'no axis': [() => ops.conv(f(2, 3), f(4, 3)), 'expected batch, channels, and one or two axes more'],
			'filters of fewer dimensions': [() => ops.conv(f(2, 3, 8, 8), f(4, 3, 3)), 'as many dimensions as the image has'],
			types: [() => ops.conv(f(2, 3, 8), d(4, 3, 3)), 'floating-point numbers of one type', 'float64 4×3×3'],
		},
	},
	ConvTranspose: {
		gradients: {
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
		refuses: {
			'another number of channels': [() => ops.convTranspose(f(2, 3, 8), f(4, 2, 3)), 'expected filters for 3 channels, got 4'],
			'a stride over a named size': [
				() => ops.convTranspose(f(2, 3, 'time'), f(3, 2, 3), undefined, { stride: 2 }),
				'expected a known size',
				'got time',
			],
		},
	},
} satisfies Rows;
