// Gradient cases: loops and choices.
import { ops, reversed, scan } from 'textloom/graph';
import type { Cases } from '../check-gradient.js';

export const control = {
	Scan: {
		'a recurrence of two sequences, one from its end': {
			shapes: [
				[3, 2, 4],
				[3, 2, 4],
				[2, 4],
				[4, 4],
			],
			named: [
				['time', 'batch', 4],
				['time', 'batch', 4],
				['batch', 4],
				[4, 4],
			],
			build: (x, y, h, w) => {
				const { states, outputs } = scan({
					inputs: [x, reversed(y)],
					states: [h],
					body: ([h], [x, y]) => {
						const next = ops.tanh(ops.add(ops.matMul(h!, w), ops.mul(x!, y!)));
						return { states: [next], outputs: [next] };
					},
				});
				return ops.add(outputs[0]!, states[0]!);
			},
		},
	},
	Loop: 'is a container of steps: nothing is differentiated through it',
	If: 'chooses when the graph runs, for inference',
} satisfies Cases;
