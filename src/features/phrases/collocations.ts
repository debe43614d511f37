// Collocations: the pairs of words of some documents, ranked by how much they belong together.
import { byCodePoint, is, type Kinds, optionsOf } from '../../base/index.js';
import { checkOf, documents, each, type Source } from '../../stream/index.js';
import { count, nothing } from './counted.js';
import { type PairCounts, type Scoring, scores, scorings } from './scores.js';

/** How pairs are ranked. */
export interface CollocationsOptions {
	/** The measure, as those of `phrases`. Default 'logLikelihood': `pmi` and `npmi` put the rarest pairs first, so they want a `minCount`. */
	by?: Scoring;
	/** Pairs that occur fewer times are left out. Default 1. */
	minCount?: number;
	/** The most pairs. Default no limit. */
	top?: number;
}

/** A pair of words with its score and counts. */
export interface Collocation extends Readonly<PairCounts> {
	readonly words: readonly [first: string, second: string];
	readonly score: number;
}

const kinds: Kinds<CollocationsOptions> = { by: is.one(...scorings), minCount: is.whole(1), top: is.limit(1) };
const check = checkOf('collocations', { tokens: 'texts' });

/**
 * The pairs of `tokens` that stand side by side in a document, by falling score, equal scores by code point: those of NLTK's
 * `BigramCollocationFinder.from_documents` with its `pmi` and `likelihood_ratio`.
 *
 * @example
 * for (const { words, score } of await collocations(pipe(docs, clean(), words()), { by: 'npmi', minCount: 5, top: 20 })) …
 */
export async function collocations(docs: Source<{ tokens: string[] }>, options: CollocationsOptions = {}): Promise<Collocation[]> {
	const { by = 'logLikelihood', minCount = 1, top = Number.POSITIVE_INFINITY } = optionsOf('collocations', options, kinds);
	const part = nothing([]);
	let first = 0;
	for await (const chunk of documents(docs, 'collocations').chunks()) {
		each('collocations', chunk, first, check);
		first += chunk.length;
		count(part, chunk, 0, Number.POSITIVE_INFINITY);
	}
	const { words, counts, tokens, pairs } = part;
	const corpus = { tokens, size: words.length + pairs.size, minCount };
	const found: Collocation[] = [];
	for (let pair = 0; pair < pairs.size; pair++) {
		if (pairs.counts[pair]! < minCount) continue;
		const [a, b] = [pairs.first[pair]!, pairs.second[pair]!];
		const all = { count: pairs.counts[pair]!, first: counts[a]!, second: counts[b]! };
		found.push({ words: [words[a]!, words[b]!], score: scores[by](all, corpus), ...all });
	}
	found.sort((x, y) => y.score - x.score || byCodePoint(x.words[0], y.words[0]) || byCodePoint(x.words[1], y.words[1]));
	return found.slice(0, top);
}
