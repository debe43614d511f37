// TF-IDF: how much a token says about a document, learned from the number of documents that have it.
import { byCodePoint, detached, is, type Json, type Kinds, optionsOf } from '../base/index.js';
import { type LearnerOf, learner, map, ownLearner, type Stage, type State } from '../stream/index.js';

/** How tokens are weighed; the defaults are those of scikit-learn's TfidfVectorizer. */
export interface TfidfOptions {
	/** Count one document more that has every token: idf = ln((1 + n) / (1 + df)) + 1, else ln(n / df) + 1. Default true. */
	smooth?: boolean;
	/** Term frequency 1 + ln(count) instead of the count. Default false. */
	sublinear?: boolean;
	/** Weights of a document scaled to length 1, or not. Default 'l2'. */
	norm?: 'l2' | false;
	/** Tokens that fewer documents have are left out, however often they occur there (scikit-learn's `min_df`). Default 1. */
	minDocuments?: number;
}

/** Fitted TF-IDF: a stage that adds `weights`. */
export interface Tfidf extends Stage<{ tokens: string[] }, { weights: Map<string, number> }> {
	/** The weight of each token of one document, in order of first appearance. Tokens not seen in `fit` have none. */
	weights(tokens: readonly string[]): Map<string, number>;
	/** The inverse document frequency of a token; undefined where no document had it. */
	idf(token: string): number | undefined;
	/** Documents that were counted. */
	readonly documents: number;
	/** Tokens that have a weight. */
	readonly size: number;
}

const kinds: Kinds<TfidfOptions> = { smooth: is.flag, sublinear: is.flag, norm: is.one('l2', false), minDocuments: is.whole(1) };

/**
 * Learns the document frequency of each of the `tokens` (Spärck Jones 1972).
 *
 * @example
 * const fitted = await tfidf({ minDocuments: 2 }).fit(pipe(docs, clean(), words()));
 * fitted.weights(['oil', 'prices', 'rise']);
 */
export const tfidf = ownLearner((given: TfidfOptions = {}): LearnerOf<{ tokens: string[] }, Tfidf> => {
	const { smooth = true, sublinear = false, norm = 'l2', minDocuments = 1 } = optionsOf('tfidf', given, kinds);
	const options = { smooth, sublinear, norm, minDocuments };

	return learner(
		{
			// For each token the number of documents that have it, and the last one, so that it is counted once in each.
			start: () => ({ seen: new Map<string, { count: number; last: number }>(), n: 0 }),
			add(part, docs: readonly { tokens: string[] }[]) {
				for (const doc of docs) {
					part.n++;
					for (const token of doc.tokens) {
						const entry = part.seen.get(token);
						if (!entry) part.seen.set(detached(token), { count: 1, last: part.n });
						else if (entry.last !== part.n) {
							entry.count++;
							entry.last = part.n;
						}
					}
				}
			},
			merge(part, other) {
				part.n += other.n;
				for (const [token, { count }] of other.seen) {
					const entry = part.seen.get(token);
					if (entry) entry.count += count;
					else part.seen.set(token, { count, last: 0 });
				}
			},
			finish({ seen, n }) {
				if (seen.size === 0) {
					throw new RangeError(
						'tfidf: expected documents with tokens to fit on, got none. Check the source, and that words() comes before.',
					);
				}
				const kept = [...seen].filter(([, { count }]) => count >= minDocuments).sort(([a], [b]) => byCodePoint(a, b));
				const counts = Int32Array.from(kept, ([, { count }]) => count);
				return fitted({ documents: n, tokens: kept.map(([token]) => token), counts }, options);
			},
		},
		{ stage: 'tfidf', options, needs: { tokens: 'texts' } },
	);
}, reviveTfidf);

interface Counted {
	documents: number;
	/** Sorted by code point. */
	tokens: string[];
	/** Documents that have the token of the same place. */
	counts: Int32Array;
}

function fitted({ documents: n, tokens, counts }: Counted, options: Required<TfidfOptions>): Tfidf {
	const extra = options.smooth ? 1 : 0;
	const idfs = new Map(tokens.map((token, i) => [token, Math.log((n + extra) / (counts[i]! + extra)) + 1]));
	const weights = (tokens: readonly string[]) => {
		const weighed = new Map<string, number>();
		for (const token of tokens) if (idfs.has(token)) weighed.set(token, (weighed.get(token) ?? 0) + 1);
		let squares = 0;
		for (const [token, count] of weighed) {
			const weight = (options.sublinear ? 1 + Math.log(count) : count) * idfs.get(token)!;
			weighed.set(token, weight);
			squares += weight * weight;
		}
		if (options.norm && squares > 0) for (const [token, weight] of weighed) weighed.set(token, weight / Math.sqrt(squares));
		return weighed;
	};
	const spec = { stage: 'tfidf', options: { ...options }, state: { documents: n, tokens, counts } };
	const step = map((doc: { tokens: string[] }) => ({ weights: weights(doc.tokens) }), { ...spec, needs: { tokens: 'texts' } });
	return Object.assign(step, { weights, idf: (token: string) => idfs.get(token), documents: n, size: tokens.length });
}

/** The fitted TF-IDF that a spec describes. Throws a TypeError where the state is not one that `fit` wrote. */
export function reviveTfidf(options: Json, state: State): Tfidf {
	const { spec } = tfidf(options as TfidfOptions);
	const { documents: n, tokens, counts } = (state ?? {}) as { [K in keyof Counted]?: unknown };
	const whole = (count: unknown) => Number.isInteger(count) && (count as number) >= 1;
	const valid =
		whole(n) &&
		Array.isArray(tokens) &&
		counts instanceof Int32Array &&
		tokens.length === counts.length &&
		tokens.every((token) => typeof token === 'string') &&
		counts.every((count) => whole(count) && count <= (n as number));
	if (!valid) {
		throw new TypeError(
			`tfidf: expected a state { documents, tokens: […], counts: […] } with a count from 1 to documents for each token, got ${JSON.stringify(state)?.slice(0, 80)}. Save the pipeline again.`,
		);
	}
	return fitted({ documents: n as number, tokens, counts }, spec.options as Required<TfidfOptions>);
}
