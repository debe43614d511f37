// The vocabulary: which token has which id. Learned from documents, then a stage from tokens to ids.
import { byCodePoint, detached, is, type Json, type Kinds, optionsOf } from '../base/index.js';
import { type LearnerOf, learner, map, ownLearner, type Stage, type State } from '../stream/index.js';

/** What a vocabulary keeps. */
export interface VocabularyOptions {
	/** Tokens that occur fewer times, in all documents together, are left out. Default 1. */
	minCount?: number;
	/** The most tokens kept, special ones included. Default no limit. */
	size?: number;
	/** The first tokens: padding (id 0), unknown (id 1), then any others. Default `['<pad>', '<unk>']`. */
	special?: readonly string[];
}

/** A fitted vocabulary: a stage that adds `ids`, and the table between tokens and ids. Id 0 is padding, 1 any unknown token. */
export interface Vocabulary extends Stage<{ tokens: string[] }, { ids: Int32Array }> {
	/** Tokens, special ones included. */
	readonly size: number;
	/** The tokens in the order of their ids: special ones, then by falling count, equal counts by code point. */
	readonly tokens: readonly string[];
	/** How often each was seen, in the order of their ids; the unknown one has the count of all that were left out. */
	readonly counts: readonly number[];
	/** The id of a token; 1 where the vocabulary does not have it. */
	idOf(token: string): number;
	/** The token of an id. Throws a RangeError for an id outside 0 to size − 1. */
	tokenOf(id: number): string;
	/** The ids of tokens. */
	encode(tokens: readonly string[]): Int32Array;
}

const kinds: Kinds<VocabularyOptions> = { minCount: is.whole(1), size: is.limit(1), special: is.texts };

/**
 * Learns a vocabulary from `tokens`.
 *
 * @example
 * const fitted = await vocabulary({ minCount: 2, size: 20_000 }).fit(pipe(docs, clean(), words()));
 * fitted.idOf('market');
 */
export const vocabulary = ownLearner((given: VocabularyOptions = {}): LearnerOf<{ tokens: string[] }, Vocabulary> => {
	const { minCount = 1, size = Number.POSITIVE_INFINITY, special = ['<pad>', '<unk>'] } = optionsOf('vocabulary', given, kinds);
	if (special.length < 2) {
		throw new TypeError(
			`vocabulary: expected special to hold at least two strings, padding and unknown, got ${JSON.stringify(special)}. Pass ['<pad>', '<unk>', …].`,
		);
	}
	if (new Set(special).size < special.length) {
		throw new RangeError(`vocabulary: expected special tokens that differ, got ${JSON.stringify(special)}. Take the repeated one out.`);
	}
	if (size <= special.length) {
		throw new RangeError(
			`vocabulary: expected size to be a whole number above ${special.length}, the special tokens, got ${size}. Leave it out for no limit.`,
		);
	}
	// Infinity is not JSON: no limit is no entry.
	const options = { minCount, special: [...special], ...(Number.isFinite(size) && { size }) };

	return learner(
		{
			// Counts stand apart, by place, so that a token already seen costs one look into the Map.
			start: () => ({ places: new Map<string, number>(), counts: [] as number[] }),
			add({ places, counts }, docs: readonly { tokens: string[] }[]) {
				for (const doc of docs) {
					for (const token of doc.tokens) {
						const place = places.get(token);
						if (place === undefined) places.set(detached(token), counts.push(1) - 1);
						else counts[place]!++;
					}
				}
			},
			merge({ places, counts }, other) {
				for (const [token, from] of other.places) {
					const place = places.get(token);
					if (place === undefined) places.set(token, counts.push(other.counts[from]!) - 1);
					else counts[place]! += other.counts[from]!;
				}
			},
			finish({ places, counts }) {
				if (counts.length === 0) {
					throw new RangeError(
						'vocabulary: expected documents with tokens to fit on, got none. Check the source, and that words() comes before.',
					);
				}
				const seen = counts.reduce((sum, count) => sum + count, 0);
				const ofSpecial = special.map((token) => counts[places.get(token) ?? -1] ?? 0);
				for (const token of special) places.delete(token);
				const all = [...places].map(([token, place]): [string, number] => [token, counts[place]!]);
				const frequent = all.filter(([, count]) => count >= minCount).sort(([a, m], [b, n]) => n - m || byCodePoint(a, b));
				const kept = frequent.slice(0, size - special.length);
				if (kept.length === 0 && counts.length > 0) {
					const most = counts.reduce((largest, count) => Math.max(largest, count), 0);
					throw new RangeError(
						`vocabulary: expected tokens that occur ${minCount} times, got none: the most frequent occurs ${most} times. Lower minCount.`,
					);
				}
				const known = [...ofSpecial, ...kept.map(([, count]) => count)];
				known[1]! += seen - known.reduce((sum, count) => sum + count, 0);
				return fitted([...special, ...kept.map(([token]) => token)], known, options);
			},
		},
		{ stage: 'vocabulary', options, needs: { tokens: 'texts' } },
	);
}, reviveVocabulary);

function fitted(tokens: readonly string[], counts: readonly number[], options: Json): Vocabulary {
	const ids = new Map(tokens.map((token, id) => [token, id]));
	const idOf = (token: string) => ids.get(token) ?? 1;
	const encode = (tokens: readonly string[]) => {
		const encoded = new Int32Array(tokens.length);
		for (let i = 0; i < tokens.length; i++) encoded[i] = idOf(tokens[i]!);
		return encoded;
	};
	const tokenOf = (id: number) => {
		const token = tokens[id];
		if (token !== undefined) return token;
		throw new RangeError(`vocabulary: expected an id from 0 to ${tokens.length - 1}, got ${id}. Is it an id of another vocabulary?`);
	};
	const step = map((doc: { tokens: string[] }) => ({ ids: encode(doc.tokens) }), {
		...{ stage: 'vocabulary', options, state: { tokens, counts } },
		needs: { tokens: 'texts' },
	});
	return Object.assign(step, { size: tokens.length, tokens, counts, idOf, tokenOf, encode });
}

/** The fitted vocabulary that a spec describes. Throws a TypeError where the state is not one that `fit` wrote. */
export function reviveVocabulary(options: Json, state: State): Vocabulary {
	const unfitted = vocabulary(options as VocabularyOptions);
	const { special } = unfitted.spec.options as { special: string[] };
	const { tokens, counts } = (state ?? {}) as { tokens?: unknown; counts?: unknown };
	const fail = (got: string): never => {
		throw new TypeError(
			`vocabulary: expected a state { tokens: [${special.join(', ')}, …], counts: […] } of strings that differ, got ${got}. Save the pipeline again.`,
		);
	};
	if (!Array.isArray(tokens)) return fail(`${JSON.stringify(state)?.slice(0, 60)}`);
	const wrong = tokens.findIndex((token) => typeof token !== 'string');
	if (wrong >= 0) fail(`${JSON.stringify(tokens[wrong])} at ${wrong}`);
	const misplaced = special.findIndex((token, id) => tokens[id] !== token);
	if (misplaced >= 0) fail(`${JSON.stringify(tokens[misplaced])} at ${misplaced}`);
	if (new Set(tokens).size < tokens.length) fail(`'${tokens.find((token, id) => tokens.indexOf(token) < id)}' twice`);
	if (!Array.isArray(counts) || counts.length !== tokens.length || !counts.every((count) => Number.isSafeInteger(count) && count >= 0)) {
		return fail(`counts that are not ${tokens.length} whole numbers`);
	}
	return fitted(tokens, counts, unfitted.spec.options);
}
