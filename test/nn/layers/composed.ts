// Rows of layers made of layers.
import * as nn from 'textloom/nn';
import { family, untyped } from './row.js';

const [b, t] = ['batch', 'time'] as const;

const layer = nn.relu();

export function composed() {
	return family({
		residual: {
			golden: {
				residual: {
					layer: nn.residual(nn.conv1d({ in: 3, out: 3, kernel: 3, padding: 1 })),
					shape: [2, 3, 5],
					named: [b, 3, t],
					output: [b, 3, t],
					wrong: [
						[b, 2, t],
						'conv1d: expected batch×3×time, got batch×2×time. Channels come second: transpose it, or set in to their number.',
					],
				},
				'residual with a shortcut': {
					layer: nn.residual(nn.conv1d({ in: 3, out: 4, kernel: 3, padding: 1 }), { shortcut: nn.conv1d({ in: 3, out: 4, kernel: 1 }) }),
					shape: [2, 3, 5],
					named: [b, 3, t],
					output: [b, 4, t],
					wrong: null,
				},
			},
			refuses: [
				[
					() => untyped.residual(),
					'residual: expected body to be a layer, got nothing. Make it with nn, or give an object of parameters and apply.',
				],
				[() => untyped.residual(layer, { shortcut: 1 }), 'residual: expected shortcut to be a layer, got 1.'],
			],
		},
		parallel: {
			golden: {
				parallel: {
					layer: nn.parallel([nn.conv1d({ in: 2, out: 3, kernel: 1 }), nn.conv1d({ in: 2, out: 2, kernel: 3, padding: 1 })]),
					shape: [2, 2, 5],
					named: [b, 2, t],
					output: [b, 5, t],
					wrong: [
						[b, 3, t],
						'conv1d: expected batch×2×time, got batch×3×time. Channels come second: transpose it, or set in to their number.',
					],
				},
			},
			refuses: [
				[() => untyped.parallel([]), 'parallel: expected at least one branch, got none. Pass some layers.'],
				[() => untyped.parallel([layer], { axes: 1 }), 'parallel: expected an option that it has, got axes. Did you mean axis?'],
			],
		},
		denseBlock: {
			golden: {
				denseBlock: {
					layer: nn.denseBlock([nn.conv1d({ in: 2, out: 3, kernel: 1 }), nn.conv1d({ in: 5, out: 2, kernel: 3, padding: 1 })]),
					shape: [2, 2, 5],
					named: [b, 2, t],
					output: [b, 7, t],
					wrong: [
						[b, 3, t],
						'conv1d: expected batch×2×time, got batch×3×time. Channels come second: transpose it, or set in to their number.',
					],
				},
			},
			refuses: [
				[() => untyped.denseBlock([layer, untyped.tanh]), 'denseBlock: expected layer 1 to be a layer, got [Function (anonymous)].'],
			],
		},
		sequential: {
			golden: {
				sequential: {
					layer: nn.sequential([nn.linear({ in: 3, out: 4 }), nn.tanh(), nn.dropout(0.5), nn.linear({ in: 4, out: 2 })]),
					shape: [5, 3],
					named: [b, 3],
					output: [b, 2],
					wrong: [[b, 5], 'linear: expected last dimension 3, got 5 (input batch×5). Set in: 5 or add a projection.'],
				},
			},
			refuses: [
				[
					() => untyped.sequential(5),
					'sequential: expected layers to be an array of layers or an object, got 5. Pass a list of layers, or layers by name.',
				],
			],
		},
		timeDistributed: {
			golden: {
				timeDistributed: {
					layer: nn.timeDistributed(nn.conv1d({ in: 2, out: 3, kernel: 3 })),
					shape: [2, 3, 2, 5],
					named: [b, t, 2, 5],
					output: [b, t, 3, 3],
					wrong: [[b], 'timeDistributed: expected batch×time and more, got batch. Apply the layer itself.'],
				},
			},
			refuses: [
				[() => untyped.timeDistributed(untyped.relu), 'timeDistributed: expected layer to be a layer, got [Function (anonymous)].'],
			],
		},
	});
}
