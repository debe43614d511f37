// A fitted vocabulary: the stage from tokens to ids, with its table.
import { is, optionsOf } from '../../base/index.js';
import { map, type Source, type Stage } from '../../stream/index.js';
import { type Coverage, coverageOf } from './coverage.js';
import { writeVocabulary } from './file.js';
import type { Learned, Limits } from './learned.js';
import { type TokenTable, tokenTable } from './table.js';

/** A fitted vocabulary: a stage that adds `ids`, and the table between tokens and ids. Id 0 is padding, 1 any unknown token. */
export interface Vocabulary extends Stage<{ tokens: string[] }, { ids: Int32Array }>, TokenTable {
	/**
	 * 0 where counts are exact. With `approximate` a token occurred no more often than its count says, and at most `error` times less; one that
	 * was not held occurred at most `error` times.
	 */
	readonly error: number;
	/** How much of the tokens of documents it knows, and the `top` most frequent ones that it does not (default 10). */
	coverage(docs: Source<{ tokens: string[] }>, options?: { top?: number }): Promise<Coverage>;
	/**
	 * The vocabulary of the documents of both, within other limits, as if it had been fitted on all of them. Throws a RangeError where that
	 * cannot be known: where one left tokens out, is approximate, has other special tokens or `ties: 'seen'`.
	 */
	merge(other: Vocabulary, limits?: Limits): Vocabulary;
	/** Writes a text file, a token, a tab and its count a line, for `loadVocabulary`. */
	save(path: string): Promise<void>;
}

type Merge = (one: Vocabulary, other: Vocabulary, limits: Limits) => Vocabulary;

const limitKinds = { minCount: is.whole(1), maxCount: is.limit(1), size: is.limit(1) };

/** Makes the stage of what was learned; `options` are those of its spec. */
export function fittedVocabulary(
	{ tokens, counts, error }: Learned,
	options: { readonly special: readonly string[] },
	merge: Merge,
): Vocabulary {
	const { ids, ...table } = tokenTable(tokens, counts, options.special);
	const step = map((doc: { tokens: string[] }) => ({ ids: table.encode(doc.tokens) }), {
		...{ stage: 'vocabulary', options: { ...options }, state: { tokens, counts, ...(error > 0 && { error }) } },
		needs: { tokens: 'texts' },
	});
	const whole: Vocabulary = Object.assign(step, table, {
		error,
		coverage: (docs: Source<{ tokens: string[] }>, given: { top?: number } = {}) => coverageOf(docs, ids, given),
		merge: (other: Vocabulary, limits: Limits = {}) => merge(whole, other, optionsOf('merge', limits, limitKinds)),
		save: (path: string) => writeVocabulary(path, { options: { ...options }, error, tokens, counts }),
	});
	return whole;
}
