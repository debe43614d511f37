// What is tested of each operator: the sizes of a value.
import { ops } from 'textloom/graph';
import { f } from './refusals.js';
import type { Rows } from './row.js';

export const sizes = {
	Size: { gradients: 'gives integers', refuses: 'takes every shape' },
	Shape: {
		gradients: 'gives integers',
		refuses: { 'an axis too far': [() => ops.sizeAt(f('batch'), 1), 'expected an axis of 1 dimensions, got 1', 'float32 batch'] },
	},
} satisfies Rows;
