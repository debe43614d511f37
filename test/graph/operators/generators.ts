// What is tested of each operator: what makes elements of sizes.
import { ops } from 'textloom/graph';
import { f } from './refusals.js';
import type { Rows } from './row.js';

export const generators = {
	Range: {
		gradients: 'gives integers',
		refuses: { 'an axis too far': [() => ops.places(f('batch'), 1), 'expected an axis of 1 dimensions, got 1', 'float32 batch'] },
	},
} satisfies Rows;
