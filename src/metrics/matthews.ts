// The Matthews correlation coefficient: the correlation of truth and prediction (Matthews 1975; for several classes Gorodkin 2004), equal to scikit-learn's.
import { optionsOf } from '../base/index.js';
import { allOf, type ClassCounts } from './averages.js';
import { countPredictions } from './class-score.js';
import type { Label } from './labels.js';
import type { Metric } from './metric.js';
import { type ClassMetricOptions, classKinds } from './predicted.js';
import { countsOf, pairOf, type SampleOptions, sampleKinds } from './samples.js';

/** (n Σ hits − Σ tₖ pₖ) / √((n² − Σ pₖ²)(n² − Σ tₖ²)), class k being true tₖ and predicted pₖ times of n; 0 where one class is all of either. */
export function matthews(options: ClassMetricOptions = {}): Metric<ClassCounts> {
	const read = optionsOf('matthews', options, classKinds);
	return { start: () => new Map(), add: (state, batch) => countPredictions('matthews', state, batch, read), result: correlation };
}

/** The same of labels, the true and the predicted ones of each sample; equal to scikit-learn's `matthews_corrcoef`. */
export function matthewsScore(
	truth: ArrayLike<Label>,
	predicted: ArrayLike<Label>,
	options: Pick<SampleOptions, 'sampleWeights'> = {},
): number {
	const read = optionsOf('matthewsScore', options, { sampleWeights: sampleKinds.sampleWeights });
	return correlation(countsOf(pairOf('matthewsScore', truth, predicted, read)));
}

function correlation(classes: ClassCounts): number {
	const { hits, actual: all } = allOf(classes);
	let [both, predictions, truths] = [hits * all, all * all, all * all];
	for (const { predicted, actual } of classes.values()) {
		both -= predicted * actual;
		predictions -= predicted * predicted;
		truths -= actual * actual;
	}
	const scale = predictions * truths;
	return scale > 0 ? both / Math.sqrt(scale) : 0;
}
