// Texts drawn anew from those that there are, and the scores of what was drawn (Efron 1979; Koehn 2004 for translations).
import { is, type Kind, type Kinds, randomUint32 } from '../../base/index.js';
import type { TextScorer } from './scorer.js';

/** How texts are drawn. */
export interface ResampleOptions {
	/** How often as many texts as there are are drawn, each of them again and again. Default 1000. */
	readonly samples?: number | undefined;
	/** The share of the drawn scores between `low` and `high`. Default 0.95. */
	readonly confidence?: number | undefined;
	/** What the random numbers are made of: the same seed draws the same texts. Default 0. */
	readonly seed?: number | undefined;
}

/** Where a score may lie. */
export interface Interval {
	/** The mean of the drawn scores. */
	readonly mean: number;
	/** The drawn scores that as many are below, or above, as the confidence leaves out. */
	readonly low: number;
	readonly high: number;
}

/** A kind of option: what scores texts. */
export const scorerKind: Kind = {
	expected: 'what scores texts',
	fits: (value) => typeof (value as TextScorer | null | undefined)?.against === 'function',
	next: 'Pass bleuScorer(), chrfScorer() or terScorer().',
};

/** The kinds of these options. */
export const resampleKinds: Kinds<ResampleOptions> = { samples: is.whole(1), confidence: is.share, seed: is.whole() };

/** The counts of texts, one row for each, of several systems over the same references. */
export function countRows(
	{ width, against }: TextScorer,
	systems: readonly (readonly string[])[],
	references: readonly (readonly string[])[],
): Float64Array[] {
	const rows = systems.map((texts) => new Float64Array(texts.length * width));
	for (const [at, own] of references.entries()) {
		const count = against(own);
		for (const [system, texts] of systems.entries()) count(texts[at]!, rows[system]!, at * width);
	}
	return rows;
}

/** The score of all rows. */
export const scoreOfRows = (scorer: TextScorer, rows: Float64Array): number =>
	weighedScore(scorer, rows, new Uint32Array(rows.length / scorer.width).fill(1));

/** The scores of drawn texts, the same for all systems: one array for each. */
export function drawnScores(scorer: TextScorer, systems: readonly Float64Array[], samples: number, seed: number): Float64Array[] {
	const scores = systems.map(() => new Float64Array(samples));
	const texts = systems[0]!.length / scorer.width;
	const times = new Uint32Array(texts);
	for (let sample = 0; sample < samples; sample++) {
		times.fill(0);
		// Multiplying instead of taking the remainder: the bias is below texts / 2³².
		for (let draw = 0; draw < texts; draw++) times[Math.floor((randomUint32(seed, sample, draw) / 2 ** 32) * texts)]!++;
		for (const [system, rows] of systems.entries()) scores[system]![sample] = weighedScore(scorer, rows, times);
	}
	return scores;
}

/** The score of rows, each counting so many times. */
function weighedScore({ width, scoreOf }: TextScorer, rows: Float64Array, times: Uint32Array): number {
	const sums = new Float64Array(width);
	for (let text = 0; text < times.length; text++) {
		const weight = times[text]!;
		if (weight === 0) continue;
		for (let n = 0, at = text * width; n < width; n++, at++) sums[n]! += weight * rows[at]!;
	}
	return scoreOf(sums).score;
}

/** Mean and percentiles of drawn scores: of 1,000 and 0.95 the 26th from either end, as sacreBLEU takes them. */
export function intervalOf(scores: Float64Array, confidence: number): Interval {
	const sorted = scores.toSorted();
	// Half of what is left out; 0.05 · 1000 / 2 should be 25, however it is rounded.
	const outside = Math.min(Math.floor(((1 - confidence) / 2) * sorted.length + 1e-9), (sorted.length - 1) >> 1);
	return { mean: meanOf(scores), low: sorted[outside]!, high: sorted[sorted.length - outside - 1]! };
}

/** The mean of numbers. */
export const meanOf = (numbers: Float64Array): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
