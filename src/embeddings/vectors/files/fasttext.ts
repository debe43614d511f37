// Vectors of fastText's models, and what makes those of unseen words.
import { entryBytes } from '../../fasttext/dictionary.js';
import { readFastTextBytes } from '../../fasttext/read-file.js';
import { vectorsOfWords } from '../../fasttext/vectors.js';
import { isFiniteRow } from '../core.js';
import type { WordVectors } from '../word-vectors.js';
import { createBuilder, type Reading, shown } from './builder.js';

/** Reads a model, and takes the vectors of its words one by one. */
export async function readFastTextWords(blocks: AsyncIterable<Buffer>, reading: Reading): Promise<WordVectors> {
	const file = await readFastTextBytes(blocks, reading.file, reading.who);
	const { dictionary, args } = file;
	const { vector, unseen } = vectorsOfWords(file);
	const builder = createBuilder(reading, args.dim, dictionary.words);
	const row = new Float32Array(args.dim);
	for (let entry = 0; entry < dictionary.words && !builder.full; entry++) {
		const [word, place] = [Buffer.from(entryBytes(dictionary, entry)), { word: entry + 1 }];
		if (isFiniteRow(vector(entry, row.fill(0)))) builder.add(word, row, place);
		else
			builder.fault(
				`expected finite numbers of the word ${shown(word.toString())}, got NaN or Infinity. Leave the row out with onError: 'skip'.`,
				place,
			);
	}
	// Counts belong to rows: where some were left out they would no longer fit.
	return builder.finish(builder.met === builder.kept ? dictionary.counts : undefined, unseen);
}
