// Beam search of a GRU with attention: 32 sources of 30 words, 5 beams, 30 steps; against a loop in PyTorch.
import { openPrograms } from 'textloom/decode';
import { seq2seq } from 'textloom/models/seq2seq';
import { exportModel, initialWeights } from 'textloom/train';
import { generation, sizes } from './support/generation.js';

export async function run(options: { peers?: string }) {
	const { vocabulary, width } = sizes;
	const model = seq2seq({ source: vocabulary, target: vocabulary, width });
	const weights = initialWeights(model, 0);
	const [encode, step] = ['encode', 'step'].map((program) => exportModel(model, weights, program)) as [Uint8Array, Uint8Array];
	return generation('gru', await openPrograms({ encode, step, start: 1, end: 2 }, { threads: 2, replicas: 2 }), options);
}
