// F1 of classes: the harmonic mean of precision and recall (van Rijsbergen 1979), equal to scikit-learn's.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { averages, type ClassCounts, Counting, f1Of, none } from './averages.js';
import type { Metric } from './metric.js';
import { type ClassMetricOptions, classKinds, eachPrediction } from './predicted.js';

/** How the classes' scores become one. */
export interface F1Options extends ClassMetricOptions {
	/**
	 * `macro` is the mean over the classes that were predicted or true (default), `weighted` the mean by how often each was true, `micro` counts all
	 * classes together, `binary` is that of one class alone, `positive`.
	 */
	readonly average?: 'macro' | 'weighted' | 'micro' | 'binary' | undefined;
	/** The class that `binary` is about. Default 1. */
	readonly positive?: number | undefined;
}

const kinds: Kinds<F1Options> = { ...classKinds, average: is.one(...Object.keys(averages), 'binary'), positive: is.whole(0) };

/** F1 = 2 hits / (predicted + actual) for each class, and these averaged. 0 where nothing counts. */
export function f1(options: F1Options = {}): Metric<ClassCounts> {
	const { average = 'macro', positive, ...read } = optionsOf('f1', options, kinds);
	if (positive !== undefined && average !== 'binary')
		throw new TypeError(`f1: expected average: 'binary' beside positive, got '${average}'. Leave positive out, or average.`);
	return {
		start: () => new Map(),
		add(state, batch) {
			const counting = new Counting(state);
			eachPrediction('f1', batch, read, (prediction, target) => {
				counting.add('predicted', prediction);
				counting.add('actual', target);
				if (prediction === target) counting.add('hits', target);
			});
			return counting.classes;
		},
		result: average === 'binary' ? (classes) => f1Of(classes.get(positive ?? 1) ?? none) : averages[average],
	};
}
