// How much two words that stand side by side belong together: the measures of collocations, by counts.

/** How often a pair and its words occur. */
export interface PairCounts {
	/** The pair, n₁₂. */
	count: number;
	/** Its first word, n₁. */
	first: number;
	/** Its second word, n₂. */
	second: number;
}

/** What the documents have in all. */
export interface CorpusCounts {
	/** All tokens, N. */
	readonly tokens: number;
	/** Different words and pairs, V, as gensim counts them. */
	readonly size: number;
	/** The least count of a pair. */
	readonly minCount: number;
}

/** The score of a pair; higher is closer. */
export type Score = (pair: Readonly<PairCounts>, corpus: CorpusCounts) => number;

/** 2 Σ O ln(O / E) over the four cells of the table of first and second word (Dunning 1993, "Accurate methods for the statistics of surprise and coincidence"). */
function logLikelihood({ count, first, second }: PairCounts, { tokens }: CorpusCounts): number {
	const [n11, n12, n21] = [count, first - count, second - count];
	const n22 = tokens - first - second + count;
	const cell = (observed: number, row: number, column: number) =>
		observed > 0 ? observed * Math.log((observed * tokens) / (row * column)) : 0;
	const rest = tokens - first;
	const others = tokens - second;
	return 2 * (cell(n11, first, second) + cell(n12, first, others) + cell(n21, rest, second) + cell(n22, rest, others));
}

/** ln(p₁₂ / (p₁ p₂)) / −ln p₁₂ (Bouma 2009), from −1 to 1. */
function npmi({ count, first, second }: PairCounts, { tokens }: CorpusCounts): number {
	const together = count / tokens;
	return Math.log(together / ((first / tokens) * (second / tokens))) / -Math.log(together);
}

/** log₂(n₁₂ N / (n₁ n₂)) (Church & Hanks 1990). */
const pmi: Score = ({ count, first, second }, { tokens }) => Math.log2(count * tokens) - Math.log2(first * second);

/** (n₁₂ − minCount) / (n₁ n₂) · V (Mikolov et al. 2013, section 4, with gensim's factor V). */
const usual: Score = ({ count, first, second }, { size, minCount }) => ((count - minCount) / (first * second)) * size;

/** The measures by name. */
export const scores = { default: usual, npmi, pmi, logLikelihood } as const satisfies Readonly<Record<string, Score>>;

/** The name of a measure. */
export type Scoring = keyof typeof scores;

/** Their names. */
export const scorings = Object.keys(scores) as readonly Scoring[];

/**
 * The score by which a pair becomes a phrase. One that is rarer than `minCount` is none, and neither is one that is rarer than chance makes
 * it: the log-likelihood of that is large, too.
 */
export const phraseScore: Readonly<Record<Scoring, Score>> = {
	default: usual,
	npmi: (pair, corpus) => (pair.count < corpus.minCount ? Number.NEGATIVE_INFINITY : npmi(pair, corpus)),
	pmi: (pair, corpus) => (pair.count < corpus.minCount ? Number.NEGATIVE_INFINITY : pmi(pair, corpus)),
	logLikelihood: (pair, corpus) =>
		pair.count < corpus.minCount || pair.count * corpus.tokens <= pair.first * pair.second
			? Number.NEGATIVE_INFINITY
			: logLikelihood(pair, corpus),
};
