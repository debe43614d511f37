// Questions for similar words: what is asked, what is no answer, and where answers come from.
import { argumentOf, is, type Kinds, optionsOf } from '../../base/index.js';
import type { Scored } from './best.js';
import { type Core, indicesOf, listed, meanOf, termsKind, type VectorTerm, type VectorTerms, weighted } from './core.js';

/** Which words an answer is taken from, and how many. */
export interface SearchOptions {
	/** Words in an answer. Default 10. */
	readonly top?: number;
	/** The words that an answer is taken from: the first so many, or these. Default all. */
	readonly restrict?: number | readonly string[];
}

/** What is asked for. */
export interface SimilarQuestion extends SearchOptions {
	/** Words or vectors that an answer is to be similar to. */
	readonly positive?: VectorTerms;
	/** Words or vectors that it is not to be similar to: their weight is -1. */
	readonly negative?: VectorTerms;
}

/** A word of an answer. */
export interface SimilarWord {
	readonly word: string;
	/** The cosine; of `mostSimilarCosmul` the quotient of products. */
	readonly similarity: number;
}

/** The kinds of these options. */
export const searchKinds: Kinds<SearchOptions> = {
	top: is.limit(1),
	restrict: {
		expected: 'a whole number from 1 or an array of words',
		fits: (value) => is.whole(1).fits(value) || is.texts.fits(value),
	},
};
const questionKind = {
	expected: `${termsKind.expected}, or { positive, negative, top, restrict }`,
	fits: (value: unknown) => termsKind.fits(value) || (is.object.fits(value) && !ArrayBuffer.isView(value)),
	next: 'A vector of your own is a Float32Array.',
};
const questionKinds: Kinds<SimilarQuestion> = { ...searchKinds, positive: termsKind, negative: termsKind };

/** A question that was looked at: its terms, what is no answer, and where answers come from. */
export interface Asked {
	readonly positive: readonly VectorTerm[];
	readonly negative: readonly VectorTerm[];
	readonly top: number;
	/** How many rows from the first on; or which. */
	readonly among: number | readonly number[];
	readonly excluded: ReadonlySet<number>;
}

/** A question, checked; `common` is what is said of all questions. */
export function askedOf(who: string, core: Core, given: VectorTerms | SimilarQuestion, common: SearchOptions = {}): Asked {
	const { words, indexOf } = core;
	argumentOf(who, 'the question', given, questionKind);
	const question = termsKind.fits(given) ? { positive: given as VectorTerms } : optionsOf(who, given as SimilarQuestion, questionKinds);
	const { top = common.top ?? 10, restrict = common.restrict ?? words.length } = question;
	const [positive, negative] = [listed(question.positive ?? []), listed(question.negative ?? [])];
	if (positive.length + negative.length === 0)
		throw new RangeError(`${who}: expected words or vectors to compare with, got none. Pass one such as { positive: 'king' }.`);
	const among = typeof restrict === 'number' ? Math.min(restrict, words.length) : [...new Set(indicesOf(who, core, restrict))];
	const named = [...positive, ...negative].map((term) => (Array.isArray(term) ? term[0] : term));
	const excluded = new Set(named.flatMap((of) => (typeof of === 'string' ? indexOf(of) : [])).filter((index) => index >= 0));
	return { positive, negative, top, among, excluded };
}

/** The vector of length 1 that answers are to be similar to. */
export function queryOf(who: string, core: Core, { positive, negative }: Asked): Float32Array {
	const terms = [...weighted(who, core, positive, 1), ...weighted(who, core, negative, -1)];
	return meanOf(core.rows.width, terms, { preNormalize: true, postNormalize: true });
}

/** The answer of rows, best first. */
export function answerOf({ words }: Core, rows: readonly Scored[], { top, excluded }: Asked): SimilarWord[] {
	return rows
		.filter(({ index }) => !excluded.has(index))
		.slice(0, top)
		.map(({ index, score }) => ({ word: words[index]!, similarity: score }));
}
