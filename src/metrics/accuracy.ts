// Accuracy: the share of classes that are right.
import { optionsOf } from '../base/index.js';
import type { Label } from './labels.js';
import type { Metric } from './metric.js';
import { type ClassMetricOptions, classKinds, eachPrediction } from './predicted.js';
import { type Pair, pairOf, type SampleOptions, sampleKinds } from './samples.js';

/** The share of targets that are predicted, over all that count; 0 where none does. */
export function accuracy(options: ClassMetricOptions = {}): Metric<{ readonly right: number; readonly all: number }> {
	const given = optionsOf('accuracy', options, classKinds);
	return {
		start: () => ({ right: 0, all: 0 }),
		add(state, batch) {
			let { right, all } = state;
			eachPrediction('accuracy', batch, given, (prediction, target) => {
				all++;
				if (prediction === target) right++;
			});
			return { right, all };
		},
		result: ({ right, all }) => (all === 0 ? 0 : right / all),
	};
}

/** The same of labels, the true and the predicted ones of each sample. Throws a RangeError where there are none, or not as many of both. */
export function accuracyScore(
	truth: ArrayLike<Label>,
	predicted: ArrayLike<Label>,
	options: Pick<SampleOptions, 'sampleWeights'> = {},
): number {
	const { sampleWeights } = optionsOf('accuracyScore', options, { sampleWeights: sampleKinds.sampleWeights });
	return rightShare(pairOf('accuracyScore', truth, predicted, { sampleWeights }));
}

/** The share of samples whose two labels are one. */
export function rightShare({ truth, predicted, weights }: Pick<Pair, 'truth' | 'predicted' | 'weights'>): number {
	let right = 0;
	let all = 0;
	for (let at = 0; at < truth.length; at++) {
		const weight = weights ? weights[at]! : 1;
		all += weight;
		if (truth[at] === predicted[at]) right += weight;
	}
	return right / all;
}
