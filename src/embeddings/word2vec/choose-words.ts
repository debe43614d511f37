// Which words of a text get vectors, and in what order.
import type { Corpus } from './corpus.js';
import type { Settings, TrimRule } from './options.js';

/** Words with their counts, and the row of each number of the text, −1 for none. */
export interface ChosenWords {
	readonly words: readonly string[];
	readonly counts: Float64Array;
	readonly rows: Int32Array;
}

/** How words are chosen. */
export interface Choice extends Pick<Settings, 'minCount' | 'maxFinalVocab' | 'sortedVocab'> {
	readonly trimRule?: TrimRule | undefined;
	/** Rows of words that are there already: these stay, others come behind them. */
	readonly present?: ReadonlyMap<string, number> | undefined;
}

/**
 * Chooses words as gensim's `build_vocab` does: those of at least `minCount`, or more where they would be too many; equal counts in the order of first places.
 *
 * @throws {RangeError} for a text without words, and for one of which none is left or known.
 */
export function chooseWords(who: string, corpus: Corpus, { minCount, maxFinalVocab, sortedVocab, trimRule, present }: Choice): ChosenWords {
	if (corpus.total === 0) {
		throw new RangeError(`${who}: expected words, got none in all documents. Look at what the stages before make of them.`);
	}
	const places = Array.from(corpus.words, (_, place) => place).sort((a, b) => corpus.numbers[a]! - corpus.numbers[b]!);
	const known = present ?? new Map<string, number>();
	let kept = places.filter((place) => {
		const [word, count] = [corpus.words[place]!, corpus.counts[place]!];
		if (known.has(word)) return false;
		const rule = trimRule?.(word, count, minCount) ?? 'default';
		return rule === 'default' ? count >= minCount : rule === 'keep';
	});
	if (known.size + kept.length === 0) {
		const most = corpus.counts.reduce((a, b) => Math.max(a, b), 0);
		const next = most < minCount ? `Lower minCount (${minCount}) to at most ${most}, or pass more text.` : 'Look at your trimRule.';
		throw new RangeError(
			`${who}: expected words that occur at least ${minCount} times, got ${corpus.words.length} of which none is left. ${next}`,
		);
	}
	if (kept.length > maxFinalVocab) {
		// gensim's: a least count by which there are at most so many, not just the first so many.
		const least = sortedBy(kept, corpus.counts).map((place) => corpus.counts[place]!)[maxFinalVocab]! + 1;
		kept = kept.filter((place) => corpus.counts[place]! >= least);
		if (known.size + kept.length === 0) {
			throw new RangeError(
				`${who}: expected at most ${maxFinalVocab} words, got more that share the highest count, ${least - 1}. Raise maxFinalVocab.`,
			);
		}
	}
	const order = sortedVocab ? sortedBy(kept, corpus.counts) : kept;
	const rows = new Int32Array(corpus.limit).fill(-1);
	const counts = new Float64Array(known.size + order.length);
	for (const place of places) {
		const row = known.get(corpus.words[place]!);
		if (row !== undefined) {
			rows[corpus.numbers[place]!] = row;
			counts[row] = corpus.counts[place]!;
		}
	}
	for (const [i, place] of order.entries()) {
		rows[corpus.numbers[place]!] = known.size + i;
		counts[known.size + i] = corpus.counts[place]!;
	}
	if (!rows.some((row) => row >= 0)) {
		throw new RangeError(
			`${who}: expected words that the model has, got none among ${corpus.words.length}. Pass other text, or addWords: true and a minCount that they reach.`,
		);
	}
	return { words: order.map((place) => corpus.words[place]!), counts, rows };
}

const sortedBy = (places: readonly number[], counts: Float64Array) => [...places].sort((a, b) => counts[b]! - counts[a]!);
