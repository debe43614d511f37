// Accuracy: the share of classes that are right.
import { optionsOf } from '../base/index.js';
import type { Metric } from './metric.js';
import { type ClassMetricOptions, classKinds, eachPrediction } from './predicted.js';

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
