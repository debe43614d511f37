// A batch of texts for the benchmarks of classifiers: random words, all texts of one length, as the peers have them.

import { tensor } from 'textloom/graph';
import { randomUint32 } from 'textloom/stream';
import { type Architecture, textClassifierModel } from 'textloom/train';

const classes = 4;

/** A classifier and a batch for it. */
export function textClassifier(architecture: Architecture, { batch = 64, time = 100, vocabulary = 20_000 } = {}) {
	const ids = Int32Array.from({ length: batch * time }, (_, i) => 1 + (randomUint32(0, 0, i) % (vocabulary - 1)));
	const targets = Int32Array.from({ length: batch }, (_, i) => randomUint32(0, 1, i) % classes);
	return {
		model: textClassifierModel(architecture.build({ vocabulary, outputs: classes })),
		batch: {
			ids: tensor('int32', [batch, time], ids),
			lengths: tensor('int32', [batch], new Int32Array(batch).fill(time)),
			targets: tensor('int32', [batch], targets),
		},
		sizes: { batch, time },
	};
}
