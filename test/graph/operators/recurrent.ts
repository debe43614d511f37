// What is tested of each operator: ONNX's own recurrent layers.
import { ops } from 'textloom/graph';
import { d, f, i } from './refusals.js';
import type { Refusals, Rows } from './row.js';

const recurrences = (op: typeof ops.gru, gates: number): Refusals => {
	const weights = { input: f(1, 4 * gates, 3), recurrent: f(1, 4 * gates, 4) };
	return {
		'no time': [() => op(f(2, 3), weights), 'expected time, batch and width', 'float32 2×3'],
		'another width': [() => op(f('time', 2, 5), weights), `expected input weights of shape 1×${4 * gates}×5, got 1×${4 * gates}×3`],
		'one direction for two': [() => op(f(5, 2, 3), weights, { direction: 'bidirectional' }), `of shape 2×${4 * gates}×3`],
		'another bias': [() => op(f(5, 2, 3), { ...weights, bias: f(1, 4) }), `expected a bias of shape 1×${8 * gates}, got 1×4`],
		'lengths of another batch': [() => op(f(5, 2, 3), weights, { lengths: i(3) }), 'expected lengths of shape 2, got 3', 'int32 3'],
		types: [() => op(d(5, 2, 3), weights), 'expected float32. Cast first', 'float64 5×2×3'],
	};
};

export const recurrent = {
	RNN: { gradients: 'for inference: what trains is a scan', refuses: recurrences(ops.rnn, 1) },
	GRU: { gradients: 'for inference: what trains is a scan', refuses: recurrences(ops.gru, 3) },
	LSTM: {
		gradients: 'for inference: what trains is a scan',
		refuses: {
			...recurrences(ops.lstm, 4),
			'a cell of another width': [
				() => ops.lstm(f(5, 2, 3), { input: f(1, 16, 3), recurrent: f(1, 16, 4) }, { first: [f(1, 2, 4), f(1, 2, 3)] }),
				'expected first states of shape 1×2×4, got 1×2×3',
			],
		},
	},
} satisfies Rows;
