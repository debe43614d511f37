// Training step of a multi-layer perceptron: 128 vectors of 768 numbers, two hidden layers of 1,024; against PyTorch's, fused and
// compiled.

import { tensor } from 'textloom/graph';
import { mlp } from 'textloom/models/mlp';
import { randomFloat } from 'textloom/stream';
import { trainingStep } from './support/training-step.js';

const [batch, width, classes] = [128, 768, 4];

export const run = (options: { peers?: string }) =>
	trainingStep({
		...options,
		name: 'mlp',
		model: mlp({ in: width, classes }),
		batch: {
			x: tensor(
				'float32',
				[batch, width],
				Float32Array.from({ length: batch * width }, (_, i) => 2 * randomFloat(0, 0, i) - 1),
			),
			targets: tensor(
				'int32',
				[batch],
				Int32Array.from({ length: batch }, (_, i) => i % classes),
			),
		},
		modes: ['--fused', '--compile'],
		sizes: { batch },
		steps: 100,
	});
