// Average precision: the area under the curve of precision and recall, without interpolation; equal to scikit-learn's.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { type ScoreOptions, scoreKinds } from './binary.js';
import { cutsOf, type Scored } from './cuts.js';
import { foldRanked, type RankedMetricOptions, type RankedState, rankedKinds } from './fold-ranked.js';
import type { Scores } from './matrix.js';
import type { Metric } from './metric.js';
import { type ColumnAverage, columnsMean, rankedOf, type Truth } from './ranked.js';

/** How the scores of several classes become one. */
interface Averages {
	/** The mean over the classes or labels (default), or that by how many samples each has. */
	readonly average?: ColumnAverage | undefined;
}

/** Which outputs are read, and how the scores of several classes become one. */
export interface AveragePrecisionOptions extends RankedMetricOptions, Averages {}

/** Classes, samples, and how the scores of several classes become one. */
export interface AveragePrecisionScoreOptions extends ScoreOptions, Averages {}

const averageKinds: Kinds<Averages> = { average: is.one('macro', 'weighted') };

/**
 * Σ (Rₖ − Rₖ₋₁) Pₖ over the different scores from the largest, P and R being the precision and the recall of what has that score or a larger one; of
 * all samples exactly: their scores are kept, 8 bytes for each class. 0 for a class that no sample has, and where nothing counts.
 */
export function averagePrecision(options: AveragePrecisionOptions = {}): Metric<RankedState> {
	const { average = 'macro', ...read } = optionsOf('averagePrecision', options, { ...rankedKinds, ...averageKinds });
	return foldRanked('averagePrecision', read, (ranked) => columnsMean(ranked, average, precisionUnder)!);
}

/**
 * The same of arrays, equal to scikit-learn's `average_precision_score`: one score for each sample of two classes, rows of probabilities of several,
 * or rows of scores beside rows of 0 and 1 where a sample may have several labels.
 */
export function averagePrecisionScore(truth: Truth, scores: Scores, options: AveragePrecisionScoreOptions = {}): number {
	const { average = 'macro', ...read } = optionsOf('averagePrecisionScore', options, { ...scoreKinds, ...averageKinds });
	return columnsMean(rankedOf('averagePrecisionScore', truth, scores, read), average, precisionUnder)!;
}

function precisionUnder(scored: Scored): number {
	const { hits, misses } = cutsOf(scored);
	let sum = 0;
	for (let at = 0; at < hits.length; at++) sum += ((hits[at]! - (hits[at - 1] ?? 0)) * hits[at]!) / (hits[at]! + misses[at]!);
	return sum / (hits.at(-1) || 1);
}
