// Words that are most similar: gensim's most_similar and most_similar_cosmul, exact, for one question or many at once.
import { argumentOf, is, type Kinds, optionsOf } from '../../base/index.js';
import { type Best, createBest } from './best.js';
import { type Core, indicesOf, listed, meanOf, termsKind, unitOf, type VectorTerm, type VectorTerms, vectorsOf, weighted } from './core.js';
import { compareAll, compareOne } from './scores.js';
import { search } from './search.js';

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

/** Queries for words that are most similar. A word of the question is no answer to it. */
export interface SimilarQueries {
	/**
	 * The words whose vectors have the largest cosine with the mean of the question's, each made of length 1: best first, equal ones in the order
	 * of their rows. A document is asked for by its mean: `mostSimilar(vectors.meanVector(tokens))`.
	 *
	 * @throws {RangeError} that names the words without a vector.
	 *
	 * @example
	 * vectors.mostSimilar({ positive: ['king', 'woman'], negative: 'man', top: 5 });
	 */
	mostSimilar(question: VectorTerms | SimilarQuestion): SimilarWord[];
	/** The answers of many questions, as `mostSimilar` gives them. Rows go through the processor's cache once for all. */
	mostSimilarAll(questions: readonly (VectorTerms | SimilarQuestion)[], options?: SearchOptions): SimilarWord[][];
	/**
	 * The same by products instead of sums (3CosMul, Levy & Goldberg 2014): Π (1 + cos positive) / 2 over Π (1 + cos negative) / 2 + 0.000001, so that no
	 * one large cosine decides. Weights are not taken.
	 */
	mostSimilarCosmul(question: VectorTerms | SimilarQuestion): SimilarWord[];
	/** What is to `c` as `b` is to `a`: `mostSimilar({ positive: [b, c], negative: a })`. */
	analogy(a: string, b: string, c: string, options?: SearchOptions): SimilarWord[];
}

const searchKinds: Kinds<SearchOptions> = {
	top: is.limit(1),
	restrict: {
		expected: 'a whole number from 1 or an array of words',
		fits: (value) => is.whole(1).fits(value) || is.texts.fits(value),
	},
};
const questionKinds: Kinds<SimilarQuestion> = { ...searchKinds, positive: termsKind, negative: termsKind };

/** A question that was looked at: its terms, what is no answer, and where answers come from. */
interface Asked {
	readonly positive: readonly VectorTerm[];
	readonly negative: readonly VectorTerm[];
	readonly top: number;
	/** How many rows from the first on; or which. */
	readonly among: number | readonly number[];
	readonly excluded: ReadonlySet<number>;
}

/** The queries over words and rows. */
export function similarQueries(core: Core): SimilarQueries {
	const { words, rows, indexOf } = core;
	const asked = (who: string, given: VectorTerms | SimilarQuestion, common: SearchOptions = {}): Asked => {
		const question = termsKind.fits(given) ? { positive: given as VectorTerms } : optionsOf(who, given as SimilarQuestion, questionKinds);
		const { top = common.top ?? 10, restrict = common.restrict ?? words.length } = question;
		const [positive, negative] = [listed(question.positive ?? []), listed(question.negative ?? [])];
		if (positive.length + negative.length === 0)
			throw new RangeError(`${who}: expected words or vectors to compare with, got none. Pass one such as { positive: 'king' }.`);
		const among = typeof restrict === 'number' ? Math.min(restrict, words.length) : [...new Set(indicesOf(who, core, restrict))];
		const named = [...positive, ...negative].map((term) => (Array.isArray(term) ? term[0] : term));
		const excluded = new Set(named.flatMap((of) => (typeof of === 'string' ? indexOf(of) : [])).filter((index) => index >= 0));
		return { positive, negative, top, among, excluded };
	};
	const queryOf = (who: string, { positive, negative }: Asked) => {
		const terms = [...weighted(who, core, positive, 1), ...weighted(who, core, negative, -1)];
		return meanOf(rows.width, terms, { preNormalize: true, postNormalize: true });
	};
	const answer = (best: Best, { top, excluded }: Asked): SimilarWord[] =>
		best
			.result()
			.filter(({ index }) => !excluded.has(index))
			.slice(0, top)
			.map(({ index, score }) => ({ word: words[index]!, similarity: score }));
	/** Scores that are as many as the answer has, and as the question's own words. */
	const room = ({ top, excluded }: Asked) => createBest(Math.min(top, words.length) + excluded.size);

	function ask(who: string, questions: readonly Asked[]): SimilarWord[][] {
		const queries = questions.map((question) => queryOf(who, question));
		const bests = questions.map(room);
		// Questions about one range of rows go together.
		const ranges = new Map<Asked['among'], number[]>();
		for (const [i, { among }] of questions.entries()) ranges.set(among, [...(ranges.get(among) ?? []), i]);
		for (const [among, members] of ranges) {
			if (typeof among === 'number') {
				const [of, into] = [members.map((i) => queries[i]!), members.map((i) => bests[i]!)];
				search(rows, of, among, into);
			} else {
				const sorted = [...among].sort((a, b) => a - b);
				for (const i of members) for (const index of sorted) bests[i]!.add(index, compareOne(rows, queries[i]!, index));
			}
		}
		return questions.map((question, i) => answer(bests[i]!, question));
	}

	return {
		mostSimilar: (question) => ask('mostSimilar', [asked('mostSimilar', question)])[0]!,
		mostSimilarAll(questions, options = {}) {
			argumentOf('mostSimilarAll', 'the questions', questions, { expected: 'an array of questions', fits: Array.isArray });
			const common = optionsOf('mostSimilarAll', options, searchKinds);
			return ask(
				'mostSimilarAll',
				questions.map((question) => asked('mostSimilarAll', question, common)),
			);
		},
		mostSimilarCosmul(given) {
			const question = asked('mostSimilarCosmul', given);
			const { positive, negative, among } = question;
			if (positive.length === 0)
				throw new RangeError('mostSimilarCosmul: expected a positive word or vector, got negative ones only. Pass { positive, negative }.');
			const queries = [...positive, ...negative].map((term) => {
				const [of] = Array.isArray(term) ? term : [term];
				return unitOf(
					typeof of === 'string' ? vectorsOf('mostSimilarCosmul', core, [of])[0]! : weighted('mostSimilarCosmul', core, [of], 1)[0]!.vector,
				);
			});
			const end = typeof among === 'number' ? among : words.length;
			const above = new Float64Array(end).fill(1);
			const below = new Float64Array(end).fill(1);
			compareAll(rows, queries, end, (query, first, count, scores, step) => {
				const products = query < positive.length ? above : below;
				for (let row = 0; row < count; row++) products[first + row]! *= (1 + scores[row * step]!) / 2;
			});
			const best = room(question);
			const candidates = typeof among === 'number' ? above.keys() : [...among].sort((a, b) => a - b);
			for (const index of candidates) best.add(index, above[index]! / (below[index]! + 0.000001));
			return answer(best, question);
		},
		analogy(a, b, c, options = {}) {
			for (const word of [a, b, c]) argumentOf('analogy', 'a, b and c', word, is.text);
			const question = { ...optionsOf('analogy', options, searchKinds), positive: [b, c], negative: a };
			return ask('analogy', [asked('analogy', question)])[0]!;
		},
	};
}
