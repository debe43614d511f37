// Calibration: whether what is said with a probability of 80% is right in 80 of 100 cases (Guo et al. 2017).
import { is, type Kinds, optionsOf } from '../base/index.js';
import { type ScoreOptions, scoreKinds } from './binary.js';
import { addTo, type Bins, calibrationErrorOf, emptyBins } from './bins.js';
import { eachDistribution } from './distributed.js';
import type { Label } from './labels.js';
import type { Scores } from './matrix.js';
import type { Metric } from './metric.js';
import { distributionsOf } from './probabilities.js';
import { type ScoreMetricOptions, scoreMetricKinds } from './scored.js';

/** Which outputs are read, and how many bins there are. */
export interface CalibrationErrorOptions extends ScoreMetricOptions {
	/** Bins of equal width from 0 to 1. Default 15. */
	readonly bins?: number | undefined;
}

/** Classes, samples, and how many bins there are. */
export interface ReliabilityOptions extends ScoreOptions {
	/** Bins of equal width from 0 to 1. Default 15. */
	readonly bins?: number | undefined;
}

/** Predictions with a confidence above `from`, up to `to`. */
export interface ReliabilityBin {
	readonly from: number;
	readonly to: number;
	/** How many there are, or their weights. */
	readonly count: number;
	/** Their mean confidence: the probability of the class that was predicted. 0 of none. */
	readonly confidence: number;
	/** The share of them that is right. 0 of none. */
	readonly accuracy: number;
}

/** How confident predictions are, and how often right. */
export interface Reliability {
	readonly bins: readonly ReliabilityBin[];
	/** The expected calibration error. */
	readonly ece: number;
}

/**
 * The expected calibration error: Σ nₘ |accuracyₘ − confidenceₘ| / n over bins of equal width by the confidence of the predicted class, the bins
 * (from, to]. 0 where nothing counts.
 */
export function calibrationError(options: CalibrationErrorOptions = {}): Metric<Bins> {
	const { bins = 15, ...read } = optionsOf('calibrationError', options, { ...scoreMetricKinds, bins: is.whole(1) });
	return {
		start: () => emptyBins(bins),
		add(state, batch) {
			const next = { count: [...state.count], confidence: [...state.confidence], right: [...state.right] };
			eachDistribution('calibrationError', batch, read, (row, target) => addTo(next, row, [0, row.length], target));
			return next;
		},
		result: calibrationErrorOf,
	};
}

const kinds: Kinds<ReliabilityOptions> = { ...scoreKinds, bins: is.whole(1) };

/**
 * The table of a reliability diagram and the expected calibration error of arrays: the probability of one class of two for each sample, or a row with
 * one of each class, in the order of `labels`.
 *
 * @example
 * const { bins, ece } = reliability(['ham', 'spam'], [0.2, 0.9], { bins: 10 });
 *
 * @throws {RangeError} where probabilities are not from 0 to 1 or do not sum to 1.
 */
export function reliability(truth: ArrayLike<Label>, probabilities: Scores, options: ReliabilityOptions = {}): Reliability {
	const { bins = 15, ...read } = optionsOf('reliability', options, kinds);
	const { rows, columns, data, places, weights } = distributionsOf('reliability', truth, probabilities, read);
	const filled = emptyBins(bins);
	for (let row = 0; row < rows; row++) addTo(filled, data, [row * columns, columns], places[row]!, weights?.[row]);
	const table = filled.count.map((count, at) => ({
		...{ from: at / bins, to: (at + 1) / bins, count },
		confidence: count === 0 ? 0 : filled.confidence[at]! / count,
		accuracy: count === 0 ? 0 : filled.right[at]! / count,
	}));
	return { bins: table, ece: calibrationErrorOf(filled) };
}
