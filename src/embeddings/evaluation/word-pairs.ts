// How cosines of word vectors go together with what people say: gensim's evaluate_word_pairs.
import { argumentOf, is, type Kinds, optionsOf, pearson, spearman } from '../../base/index.js';
import { vectorsKind, type WordVectors } from '../vectors/word-vectors.js';
import { type KnownOptions, knownKinds, knownWords } from './known-words.js';
import type { WordPair } from './read-word-pairs.js';
import { pValue } from './significance.js';

/** Which pairs count; the defaults are gensim's. */
export interface WordPairsOptions extends KnownOptions {
	/** Whether a word without a row gets a vector made of its parts, where the vectors have them, instead of being unknown. Default no. */
	readonly subwords?: boolean;
}

/** A coefficient, and how likely one as large is by chance. */
export interface Correlation {
	readonly coefficient: number;
	readonly pValue: number;
}

/** The correlations. */
export interface WordPairsReport {
	readonly spearman: Correlation;
	readonly pearson: Correlation;
	/** Pairs that count. */
	readonly pairs: number;
	/** Pairs with unknown words, and the share of all that they are. */
	readonly unknown: number;
	readonly unknownShare: number;
}

const kinds: Kinds<WordPairsOptions> = { ...knownKinds, subwords: is.flag };
const pairsKind = {
	expected: 'an array of { a, b, score }',
	fits: (value: unknown) =>
		is.list(is.object).fits(value) && (value as WordPair[]).every(({ a, b, score }) => is.texts.fits([a, b]) && Number.isFinite(score)),
	next: 'Take those of readWordPairs(path).',
};

/**
 * Compares the cosines of pairs of words with the scores that people gave them.
 *
 * @example
 * const { spearman } = evaluateWordPairs(vectors, await readWordPairs('wordsim353.tsv'));
 */
export function evaluateWordPairs(vectors: WordVectors, pairs: readonly WordPair[], options: WordPairsOptions = {}): WordPairsReport {
	const who = 'evaluateWordPairs';
	argumentOf(who, 'vectors', vectors, vectorsKind);
	argumentOf(who, 'pairs', pairs, pairsKind);
	const { countUnknown = false, subwords = false } = optionsOf(who, options, kinds);
	const { folded, place } = knownWords(vectors, options);
	const vectorOf = (word: string) => {
		const index = place(folded(word));
		if (index !== undefined) return vectors.row(index);
		return subwords && vectors.subwords ? vectors.get(word) : undefined;
	};
	const [said, found]: [number[], number[]] = [[], []];
	let unknown = 0;
	for (const { a, b, score } of pairs) {
		const [one, other] = [vectorOf(a), vectorOf(b)];
		if (!one || !other) unknown++;
		if (!(one && other) && !countUnknown) continue;
		said.push(score);
		found.push(one && other ? vectors.similarity(one, other) : 0);
	}
	if (said.length < 2) {
		throw new RangeError(
			`${who}: expected at least two pairs of words that are known, got ${said.length} of ${pairs.length}. Check that the vectors are of the language of the pairs.`,
		);
	}
	const correlation = (coefficient: number) => ({ coefficient, pValue: pValue(coefficient, said.length) });
	return {
		...{ spearman: correlation(spearman(said, found)), pearson: correlation(pearson(said, found)) },
		...{ pairs: said.length, unknown, unknownShare: unknown / pairs.length },
	};
}
