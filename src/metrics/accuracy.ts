// Accuracy: the share of classes that are right.
import type { Metric } from './metric.js';
import { type ClassMetricOptions, eachPrediction } from './predicted.js';

/** The share of targets whose class has the largest logit, over all that count; 0 where none does. */
export function accuracy(options: ClassMetricOptions = {}): Metric<{ readonly right: number; readonly of: number }> {
	return {
		start: () => ({ right: 0, of: 0 }),
		add(state, batch) {
			let { right, of } = state;
			eachPrediction('accuracy', batch, options, (prediction, target) => {
				of++;
				if (prediction === target) right++;
			});
			return { right, of };
		},
		result: ({ right, of }) => (of === 0 ? 0 : right / of),
	};
}
