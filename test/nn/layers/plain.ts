// Rows of layers of features: linear, embedding, normalization, dropout.
import { constant, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { positive } from '../../graph/check-gradient.js';
import { family, untyped } from './row.js';

const ids = constant(tensor('int32', [2, 3], [1, 4, 1, 2, 2, 0]));
const [b, t] = ['batch', 'time'] as const;

export function plain() {
	const embedding = nn.embedding({ size: 5, width: 3, padding: 0 });
	const whole = nn.embedding({ size: 5, width: 3 });
	return family({
		linear: {
			golden: {
				linear: {
					layer: nn.linear({ in: 3, out: 2 }),
					shape: [4, 3],
					named: [b, 3],
					output: [b, 2],
					wrong: [[b, 5], 'linear: expected last dimension 3, got 5 (input batch×5). Set in: 5 or add a projection.'],
				},
				'linear over time': { layer: nn.linear({ in: 3, out: 2 }), shape: [2, 4, 3], named: [b, t, 3], output: [b, t, 2], wrong: null },
				'linear without bias': {
					layer: nn.linear({ in: 3, out: 2, bias: false }),
					shape: [4, 3],
					named: [b, 3],
					output: [b, 2],
					wrong: null,
				},
			},
			refuses: [
				[() => untyped.linear({ in: 3 }), 'linear: expected out to be a whole number from 1, got nothing. Pass it.'],
				[() => untyped.linear({ in: 3, out: 2.5 }), 'linear: expected out to be a whole number from 1, got 2.5. Correct it.'],
				[() => untyped.linear({ in: 3, out: 2, biased: false }), 'linear: expected an option that it has, got biased. Did you mean bias?'],
				[() => untyped.linear(3, 2), 'linear: expected an object of options, got 3. Pass one such as { in: … }.'],
				[
					() => untyped.linear({ in: 3, out: 2, initial: 0 }),
					'linear: expected initial to be a function, got 0. Correct it, or leave it out.',
				],
			],
		},
		embedding: {
			golden: {
				embedding: {
					layer: embedding,
					apply: () => embedding.apply(ids),
					output: [2, 3, 3],
					wrong: [
						[b, t],
						'Gather in embedding: expected integer indices, got float32. Cast them to int32 (inputs: float32 5×3, float32 batch×time).',
					],
				},
				'embedding without padding': { layer: whole, apply: () => whole.apply(ids), output: [2, 3, 3], wrong: null },
			},
			refuses: [
				[
					() => untyped.embedding({ size: 3, width: 2, pad: 0 }),
					'embedding: expected an option that it has, got pad. Did you mean padding?',
				],
				[
					() => untyped.embedding({ size: 3, width: 2, padding: 3 }),
					'embedding: expected the id of padding in 0 … 2, got 3. Leave it out for none.',
				],
				[
					() => untyped.embedding({ size: 3, width: 2, padding: null }),
					'embedding: expected padding to be a whole number from 0, got null.',
				],
				[() => untyped.embedding({ size: 3, width: 2, vectors: [1] }), 'embedding: expected vectors to be a Float32Array, got [ 1 ].'],
				[
					() => untyped.embedding({ size: 3, width: 2, initial: untyped.zeros, deviation: 1 }),
					'embedding: expected initial or deviation, got both. Leave one out.',
				],
			],
		},
		batchNorm: {
			golden: {
				'batchNorm at prediction': {
					layer: nn.batchNorm({ channels: 3 }),
					shape: [4, 3, 2],
					named: [b, 3, t],
					output: [b, 3, t],
					at: positive,
					wrong: [[b, 4], 'batchNorm: expected 3 channels on axis 1, got batch×4. Channels come second: transpose, or set channels: 4.'],
				},
				'batchNorm in training': {
					layer: nn.batchNorm({ channels: 3 }),
					shape: [4, 3, 2],
					named: [b, 3, t],
					output: [b, 3, t],
					training: true,
					wrong: null,
				},
				'batchNorm in training, a matrix': {
					layer: nn.batchNorm({ channels: 3, momentum: 0.3 }),
					shape: [4, 3],
					named: [b, 3],
					output: [b, 3],
					training: true,
					wrong: null,
				},
				'batchNorm in training, two axes': {
					layer: nn.batchNorm({ channels: 2, epsilon: 1e-3 }),
					shape: [2, 2, 3, 2],
					named: [b, 2, 3, 2],
					output: [b, 2, 3, 2],
					training: true,
					wrong: null,
				},
			},
			refuses: [[() => untyped.batchNorm({ channels: 2, momentum: 2 }), 'batchNorm: expected momentum to be a share from 0 to 1, got 2.']],
		},
		layerNorm: {
			golden: {
				layerNorm: {
					layer: nn.layerNorm({ width: 4 }),
					shape: [2, 3, 4],
					named: [b, t, 4],
					output: [b, t, 4],
					wrong: [[b, t, 5], 'layerNorm: expected 4 as last dimensions, got batch×time×5. Set width: 5.'],
				},
				'layerNorm of two axes': {
					layer: nn.layerNorm({ width: [3, 4], epsilon: 1e-3 }),
					shape: [2, 3, 4],
					named: [b, 3, 4],
					output: [b, 3, 4],
					wrong: null,
				},
			},
			refuses: [[() => untyped.layerNorm({ width: 2, epsilon: 0 }), 'layerNorm: expected epsilon to be a number above 0, got 0.']],
		},
		dropout: {
			golden: { dropout: { layer: nn.dropout(0.5), shape: [3, 4], named: [b, 4], output: [b, 4], wrong: null } },
			refuses: [
				[() => untyped.dropout(1), 'dropout: expected rate to be a share from 0 to below 1, got 1. Try 0.1 or 0.5.'],
				[() => untyped.dropout(), 'dropout: expected rate to be a share from 0 to below 1, got nothing.'],
				[() => untyped.dropout(0.5, { whole: true }), 'dropout: expected whole to be a whole number from 0, got true.'],
			],
		},
	});
}
