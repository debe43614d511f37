// Words that are most similar: gensim's most_similar and most_similar_cosmul, exact, for one question or many at once.
import { argumentOf, is, optionsOf } from '../../base/index.js';
import { createBest } from './best.js';
import { type Core, unitOf, type VectorTerms, vectorsOf, weighted } from './core.js';
import {
	type Asked,
	answerOf,
	askedOf,
	queryOf,
	type SearchOptions,
	type SimilarQuestion,
	type SimilarWord,
	searchKinds,
} from './questions.js';
import { compareAll, compareOne } from './scores.js';
import { search } from './search.js';

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

/** The queries over words and rows. */
export function similarQueries(core: Core): SimilarQueries {
	const { words, rows } = core;
	/** Scores that are as many as the answer has, and as the question's own words. */
	const room = ({ top, excluded }: Asked) => createBest(Math.min(top, words.length) + excluded.size);

	function ask(who: string, questions: readonly Asked[]): SimilarWord[][] {
		const queries = questions.map((question) => queryOf(who, core, question));
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
		return questions.map((question, i) => answerOf(core, bests[i]!.result(), question));
	}

	return {
		mostSimilar: (question) => ask('mostSimilar', [askedOf('mostSimilar', core, question)])[0]!,
		mostSimilarAll(questions, options = {}) {
			argumentOf('mostSimilarAll', 'the questions', questions, { expected: 'an array of questions', fits: Array.isArray });
			const common = optionsOf('mostSimilarAll', options, searchKinds);
			return ask(
				'mostSimilarAll',
				questions.map((question) => askedOf('mostSimilarAll', core, question, common)),
			);
		},
		mostSimilarCosmul(given) {
			const question = askedOf('mostSimilarCosmul', core, given);
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
			return answerOf(core, best.result(), question);
		},
		analogy(a, b, c, options = {}) {
			for (const word of [a, b, c]) argumentOf('analogy', 'a, b and c', word, is.text);
			const question = { ...optionsOf('analogy', options, searchKinds), positive: [b, c], negative: a };
			return ask('analogy', [askedOf('analogy', core, question)])[0]!;
		},
	};
}
