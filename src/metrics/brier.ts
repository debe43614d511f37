// The Brier score: how far probabilities are from what is true (Brier 1950), equal to scikit-learn's.
import { optionsOf } from '../base/index.js';
import type { ScoreOptions } from './binary.js';
import { eachDistribution } from './distributed.js';
import type { Label } from './labels.js';
import type { Scores } from './matrix.js';
import { type MeanState, meanOf, weighedMean } from './mean.js';
import type { Metric } from './metric.js';
import { distributionsOf } from './probabilities.js';
import { type ScoreMetricOptions, scoreMetricKinds } from './scored.js';

/** The mean over samples of Σ (p − y)² over the classes, y being 1 for the true one; half of it for two classes: (p − y)² of one. 0 where nothing counts. */
export function brier(options: ScoreMetricOptions = {}): Metric<MeanState> {
	const read = optionsOf('brier', options, scoreMetricKinds);
	return meanOf((batch, visit) => {
		eachDistribution('brier', batch, read, (row, target) => visit(distance(row, 0, row.length, target)));
	});
}

/**
 * The same of arrays, equal to scikit-learn's `brier_score_loss`: the probability of one class of two for each sample, or a row with one of each
 * class, in the order of `labels`.
 *
 * @throws {RangeError} where they are not from 0 to 1 or do not sum to 1.
 */
export function brierScore(truth: ArrayLike<Label>, probabilities: Scores, options: ScoreOptions = {}): number {
	const { rows, columns, data, places, weights } = distributionsOf('brierScore', truth, probabilities, options);
	return weighedMean(rows, weights, (row) => distance(data, row * columns, columns, places[row]!));
}

function distance(probabilities: ArrayLike<number>, first: number, columns: number, target: number): number {
	let sum = 0;
	for (let at = 0; at < columns; at++) sum += (probabilities[first + at]! - Number(at === target)) ** 2;
	return columns === 2 ? sum / 2 : sum;
}
