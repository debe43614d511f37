// What is tested of each operator: loops and choices.
import { constant, input, ops, reversed, scan, tensor, type Value } from 'textloom/graph';
import { f } from './refusals.js';
import type { Rows } from './row.js';

export const control = {
	Scan: {
		gradients: {
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
		refuses: 'is made by scan, which refuses in its own name: see scan.test.ts',
	},
	Loop: {
		gradients: 'is a container of steps: nothing is differentiated through it',
		refuses: {
			'a state that grows': [
				() => loopOf(f(2), (state) => ops.concat([state, state], 0)),
				'expected state 0 to stay float32 2, got float32 4',
				'float32 2',
			],
			'a state of another type': [() => loopOf(f('n'), (state) => ops.cast(state, 'int32')), 'to stay float32 n, got int32 n'],
			'a state of another name': [() => loopOf(f('n'), () => f('m')), 'to stay float32 n, got float32 m'],
		},
	},
	If: {
		gradients: 'chooses when the graph runs, for inference',
		refuses: {
			'a condition of several elements': [
				() => ops.choose(input('c', 'bool', [2]), { yes: () => [f(2)], no: () => [f(2)] }),
				'expected a bool scalar',
				'bool 2',
			],
			'a result more in one case': [
				() => ops.choose(input('c', 'bool', []), { yes: () => [f(2), f(2)], no: () => [f(2)] }),
				'expected as many results in both cases, got 2 and 1',
				'bool',
			],
			'a result of another type': [
				() => ops.choose(input('c', 'bool', []), { yes: () => [f(2)], no: () => [ops.cast(f(2), 'int32')] }),
				'expected result 0 of one type and rank, got float32 2 and int32 2',
				'bool',
			],
		},
	},
} satisfies Rows;

function loopOf(state: Value, next: (inner: Value) => Value): unknown {
	const inner = input('inner', state.dtype, state.shape);
	const trips = constant(tensor('int64', [1], [2]));
	return ops.loop({ trips, trip: input('trip', 'int64', []), states: [state], inner: [inner], next: [next(inner)], outputs: [] });
}
