// The first numbers of an embedding from word vectors.
import { argumentOf } from '../base/index.js';
import { vectorsKind, type WordVectors } from '../embeddings/vectors/word-vectors.js';
import type { Initializer } from '../graph/index.js';
import { normal } from './initializers.js';

/** How a table begins whose words have vectors. */
export interface Beginning {
	readonly initial: Initializer;
	/** How many of the words have one. */
	readonly found: number;
}

/** Rows for words by id: their vectors, or what `other` gives; it spreads as the numbers of the vectors do where nothing else is said. */
export function fromVectors(vectors: WordVectors, words: readonly string[], other: Initializer | undefined): Beginning {
	argumentOf('embedding', 'from', vectors, vectorsKind);
	const { width } = vectors;
	const rows = words.map((word) => vectors.get(word));
	const known = rows.flatMap((row) => row ?? []);
	if (known.length === 0) {
		// Behind those of a vocabulary that stand for nothing.
		const some = words.slice(words.length > 2 ? 2 : 0, 5).map((word) => JSON.stringify(word));
		throw new RangeError(
			`embedding: expected vectors of some of the ${words.length} words, got none of them, such as ${some.join(', ')}. Are the vectors those of this language, and the words in the same case?`,
		);
	}
	const unknown = other ?? normal(deviationOf(known));
	const initial: Initializer = (shape, draw) => {
		const numbers = unknown(shape, draw);
		for (const [id, row] of rows.entries()) if (row) numbers.set(row, id * width);
		return numbers;
	};
	return { initial, found: known.length };
}

/** How far the numbers of rows spread around 0. */
function deviationOf(rows: readonly Float32Array[]): number {
	let [squares, count] = [0, 0];
	for (const row of rows) {
		for (const value of row) squares += value * value;
		count += row.length;
	}
	return Math.sqrt(squares / count);
}
