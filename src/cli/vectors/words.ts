// Words of the command line against those that have vectors.
import { nearest } from '../../base/index.js';
import type { WordVectors } from '../../embeddings/index.js';

/** Refuses words without a vector, with the words that may have been meant. */
export function expectVectors(vectors: WordVectors, file: string, words: readonly string[]): void {
	const unknown = words.filter((word) => vectors.get(word) === undefined);
	if (unknown.length === 0) return;
	const meant = unknown.slice(0, 3).flatMap((word) => nearest(word, vectors.words) ?? []);
	const next = meant.length > 0 ? `Did you mean ${meant.join(', ')}?` : 'Look for another form of the word.';
	throw new Error(`${file}: expected words that have vectors, got ${unknown.slice(0, 5).join(', ')}. ${next}`);
}
