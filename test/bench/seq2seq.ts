// Training step of a sequence-to-sequence model: 32 pairs of 30 tokens, 8,000 words in each language, width 256; against PyTorch's.

import { tensor } from 'textloom/graph';
import { seq2seq } from 'textloom/models/seq2seq';
import { randomUint32 } from 'textloom/stream';
import { trainingStep } from './support/training-step.js';

const [batch, time, vocabulary] = [32, 30, 8000];
const words = (stream: number) =>
	tensor(
		'int32',
		[batch, time],
		Int32Array.from({ length: batch * time }, (_, i) => 1 + (randomUint32(0, stream, i) % (vocabulary - 1))),
	);

export const run = (options: { peers?: string; tables?: string }) =>
	trainingStep({
		...options,
		name: 'seq2seq',
		model: seq2seq({ source: vocabulary, target: vocabulary }),
		batch: {
			...{ source: words(0), target: words(1), targets: words(2) },
			sourceLengths: tensor('int32', [batch], new Int32Array(batch).fill(time)),
		},
		sizes: { batch, source: time, target: time },
	});
