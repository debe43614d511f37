// The words of a document as YAKE weighs them: how often, where, how written, and how many others stand beside them.

/** A word, without a plural `s`. */
export interface Term {
	readonly id: number;
	readonly isStop: boolean;
	count: number;
	/** How often in capitals, and with a capital first. */
	acronyms: number;
	names: number;
	/** The sentences that it is in, rising. */
	readonly sentences: number[];
	/** Distinct neighbours to the left and right, and how often there was one. */
	readonly left: { distinct: number; all: number };
	readonly right: { distinct: number; all: number };
	/** The score S(t); lower is better. */
	score: number;
}

/** A term that was not seen yet. */
export function newTerm(id: number, isStop: boolean): Term {
	return {
		...{ id, isStop, count: 0, acronyms: 0, names: 0, sentences: [] },
		...{ left: { distinct: 0, all: 0 }, right: { distinct: 0, all: 0 }, score: 0 },
	};
}

function median(sorted: readonly number[]): number {
	const half = sorted.length >> 1;
	return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/**
 * Gives each term its score (Campos et al. 2020, section 3.2): S = position · relatedness / (casing + (frequency + spread) / relatedness).
 * Mean and deviation are those of words that are no stop words; where there are none, all scores stay 0.
 */
export function scoreTerms(terms: readonly Term[], sentences: number): void {
	const counts = terms.filter(({ isStop }) => !isStop).map(({ count }) => count);
	if (counts.length === 0) return;
	const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
	const deviation = Math.sqrt(counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length);
	const most = terms.reduce((largest, { count }) => Math.max(largest, count), 0);
	const share = ({ distinct, all }: { distinct: number; all: number }) => (all === 0 ? 0 : distinct / all);
	for (const term of terms) {
		const { count } = term;
		const relatedness = 0.5 + share(term.left) * (count / most) + (0.5 + share(term.right) * (count / most));
		const frequency = count / (mean + deviation);
		const spread = term.sentences.length / sentences;
		const casing = Math.max(term.acronyms, term.names) / (1 + Math.log(count));
		const position = Math.log(Math.log(3 + median(term.sentences)));
		term.score = (position * relatedness) / (casing + frequency / relatedness + spread / relatedness);
	}
}
