// Rows of activations.
import * as nn from 'textloom/nn';
import { family, type LayerForm, untyped } from './row.js';

const [b, t] = ['batch', 'time'] as const;

const activation = (layer: nn.Layer): LayerForm => ({ layer, shape: [3, 4], named: [b, 4], output: [b, 4], wrong: null });

export function activations() {
	return family({
		relu: {
			golden: { relu: activation(nn.relu()) },
			refuses: 'no options',
		},
		leakyRelu: {
			golden: { leakyRelu: activation(nn.leakyRelu({ slope: 0.2 })) },
			refuses: [[() => untyped.leakyRelu({ slop: 1 }), 'leakyRelu: expected an option that it has, got slop. Did you mean slope?']],
		},
		elu: {
			golden: { elu: activation(nn.elu({ alpha: 0.7 })) },
			refuses: [[() => untyped.elu({ alpha: '1' }), "elu: expected alpha to be a number, got '1'. Correct it, or leave it out."]],
		},
		selu: {
			golden: { selu: activation(nn.selu()) },
			refuses: 'no options',
		},
		gelu: {
			golden: { gelu: activation(nn.gelu()), 'gelu, tanh': activation(nn.gelu({ approximate: 'tanh' })) },
			refuses: [[() => untyped.gelu({ approximate: 'erf' }), "gelu: expected approximate to be one of 'none', 'tanh', got 'erf'."]],
		},
		softplus: {
			golden: { softplus: activation(nn.softplus()) },
			refuses: 'no options',
		},
		sigmoid: {
			golden: { sigmoid: activation(nn.sigmoid()) },
			refuses: 'no options',
		},
		tanh: {
			golden: { tanh: activation(nn.tanh()) },
			refuses: 'no options',
		},
		prelu: {
			golden: {
				prelu: activation(nn.prelu()),
				'prelu of channels': {
					layer: nn.prelu({ channels: 3 }),
					shape: [2, 3, 4],
					named: [b, 3, t],
					output: [b, 3, t],
					wrong: [[b, 4], 'prelu: expected 3 channels on axis 1, got batch×4. Set channels: 4, or leave it out for one slope.'],
				},
			},
			refuses: [
				[() => untyped.prelu({ channels: 0 }), 'prelu: expected channels to be a whole number from 1, got 0. Correct it, or leave it out.'],
			],
		},
	});
}
