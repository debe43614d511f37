// Beam search of a transformer of 3 + 3 layers, width 256: 32 sources of 30 words, 5 beams, 30 steps; against Hugging Face's generate.
import { openPrograms } from 'textloom/decode';
import { transformerSeq2Seq } from 'textloom/models/transformer-seq2seq';
import { exportModel, initialWeights } from 'textloom/train';
import { generation, sizes } from './support/generation.js';

export async function run(options: { peers?: string }) {
	const { vocabulary, width } = sizes;
	const model = transformerSeq2Seq({ source: vocabulary, target: vocabulary, width, tied: 'all' });
	const weights = initialWeights(model, 0);
	const [encode, step] = ['encode', 'step'].map((program) => exportModel(model, weights, program)) as [Uint8Array, Uint8Array];
	return generation('transformer', await openPrograms({ encode, step, start: 1, end: 2 }, { threads: 2, replicas: 2 }), options);
}
