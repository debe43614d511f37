// What phrases were learned, as data and back.
import type { State } from '../../stream/index.js';
import type { PairCounts } from './scores.js';

/** A phrase that was learned. */
export interface Phrase extends Readonly<PairCounts> {
	/** Its words joined: the token that it becomes. */
	readonly phrase: string;
	/** Its words, connectors included. */
	readonly words: readonly string[];
	/** Its score by the measure of the learner. */
	readonly score: number;
}

/** The words of each phrase, its score, and three counts: of itself, of its first word, of its last. */
export function stateOf(all: readonly Phrase[]): State {
	return {
		phrases: all.map(({ words }) => words),
		scores: Float64Array.from(all, ({ score }) => score),
		counts: Float64Array.from(all.flatMap(({ count, first, second }) => [count, first, second])),
	};
}

/** The phrases of a state. Throws a TypeError where it is not one that `fit` wrote. */
export function phrasesIn(state: State, connectors: readonly string[], delimiter: string): Phrase[] {
	const { phrases, scores, counts } = (state ?? {}) as { phrases?: unknown; scores?: unknown; counts?: unknown };
	const inside = new Set(connectors);
	const isPhrase = (words: unknown) =>
		Array.isArray(words) &&
		words.length >= 2 &&
		words.every((word, place) => typeof word === 'string' && inside.has(word) === (place > 0 && place < words.length - 1));
	const valid =
		Array.isArray(phrases) &&
		phrases.every(isPhrase) &&
		scores instanceof Float64Array &&
		counts instanceof Float64Array &&
		scores.length === phrases.length &&
		counts.length === 3 * phrases.length;
	if (!valid) {
		throw new TypeError(
			`phrases: expected a state { phrases: [[…]], scores: […], counts: […] } of words with a score and three counts each, got ${JSON.stringify(state)?.slice(0, 80)}. Save the pipeline again.`,
		);
	}
	return (phrases as string[][]).map((words, place) => {
		const [count, first, second] = counts.subarray(3 * place) as unknown as [number, number, number];
		return { phrase: words.join(delimiter), words, score: scores[place]!, count, first, second };
	});
}
