// Log loss: the mean of −ln of the probability that was given to the true class, in nats; equal to scikit-learn's.
import { optionsOf } from '../base/index.js';
import type { ScoreOptions } from './binary.js';
import { eachDistribution } from './distributed.js';
import type { Label } from './labels.js';
import type { Scores } from './matrix.js';
import { type MeanState, meanOf, weighedMean } from './mean.js';
import type { Metric } from './metric.js';
import { distributionsOf } from './probabilities.js';
import { batchScores, eachRow, type ScoreMetricOptions, scoreMetricKinds } from './scored.js';

/**
 * The mean log loss of all samples in nats: of logits ln Σ eᶻ − z of the true class, or ln(1 + e^∓z) of one logit for each target; of probabilities
 * −ln p, p being ε at least and 1 − ε at most, the ε of the output's type. 0 where nothing counts.
 */
export function logLoss(options: ScoreMetricOptions = {}): Metric<MeanState> {
	const read = optionsOf('logLoss', options, scoreMetricKinds);
	if (read.holds === 'probabilities') {
		return meanOf((batch, visit) => {
			const epsilon = batchScores('logLoss', batch, read).data instanceof Float32Array ? 2 ** -23 : Number.EPSILON;
			eachDistribution('logLoss', batch, read, (row, target) => visit(surprise(row[target]!, epsilon)));
		});
	}
	return meanOf((batch, visit) => {
		const scores = batchScores('logLoss', batch, read);
		const { data, columns } = scores;
		eachRow('logLoss', scores, read, (first, target) => {
			if (columns === 1) visit(softplus(target === 1 ? -data[first]! : data[first]!));
			else visit(logSumExp(data, first, columns) - data[first + target]!);
		});
	});
}

/**
 * The same of arrays, equal to scikit-learn's `log_loss`: the probability of one class of two for each sample, or a row with one of each class, in
 * the order of `labels`. Probabilities of 0 and 1 count as 2⁻⁵² and 1 − 2⁻⁵².
 *
 * @throws {RangeError} where they are not from 0 to 1 or do not sum to 1.
 */
export function logLossScore(truth: ArrayLike<Label>, probabilities: Scores, options: ScoreOptions = {}): number {
	const { rows, columns, data, places, weights } = distributionsOf('logLossScore', truth, probabilities, options);
	return weighedMean(rows, weights, (row) => surprise(data[row * columns + places[row]!]!, Number.EPSILON));
}

const surprise = (probability: number, epsilon: number) => -Math.log(Math.min(Math.max(probability, epsilon), 1 - epsilon));

/** ln(1 + eˣ), exact where eˣ is large or small. */
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

function logSumExp(logits: ArrayLike<number>, first: number, count: number): number {
	let top = logits[first]!;
	for (let at = first + 1; at < first + count; at++) if (logits[at]! > top) top = logits[at]!;
	let sum = 0;
	for (let at = first; at < first + count; at++) sum += Math.exp(logits[at]! - top);
	return top + Math.log(sum);
}
