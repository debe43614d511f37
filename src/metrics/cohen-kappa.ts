// Cohen's kappa: how much two agree beyond what chance would give (Cohen 1960; with weights 1968), equal to scikit-learn's.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { allOf, type ClassCount, type ClassCounts } from './averages.js';
import { countPredictions } from './class-score.js';
import type { Label } from './labels.js';
import type { Metric } from './metric.js';
import { type ClassMetricOptions, classKinds, eachPrediction } from './predicted.js';
import { countsOf, pairOf, type SampleOptions, sampleKinds } from './samples.js';

/** How grave it is to take one class for another. */
export interface KappaWeights {
	/**
	 * By the distance of the two in the order of classes, or by its square. Default: all mistakes are equal. The order of the fold is that of class
	 * numbers, that of arrays `labels`.
	 */
	readonly weights?: 'linear' | 'quadratic' | undefined;
}

/** Which outputs are read, and how mistakes are weighed. */
export interface CohenKappaOptions extends ClassMetricOptions, KappaWeights {}

/** Classes, samples, and how mistakes are weighed. */
export interface CohenKappaScoreOptions extends SampleOptions, KappaWeights {}

/** The counts of classes, and the sum over samples of how grave their mistakes are. */
export interface KappaState {
	readonly classes: ClassCounts;
	readonly mistakes: number;
}

const weighing: Kinds<KappaWeights> = { weights: is.one('linear', 'quadratic') };

/** κ = 1 − Σ w · count / Σ w · count expected by chance. 1 is full agreement, 0 that of chance; 0, too, where chance leaves no mistakes: one class. */
export function cohenKappa(options: CohenKappaOptions = {}): Metric<KappaState> {
	const { weights, ...read } = optionsOf('cohenKappa', options, { ...classKinds, ...weighing });
	const grave = graveness(weights);
	return {
		start: () => ({ classes: new Map(), mistakes: 0 }),
		add(state, batch) {
			let { mistakes } = state;
			eachPrediction('cohenKappa', batch, read, (prediction, target) => {
				mistakes += grave(prediction, target);
			});
			return { classes: countPredictions('cohenKappa', state.classes, batch, read), mistakes };
		},
		result: ({ classes, mistakes }) => kappaOf([...classes] as [number, ClassCount][], mistakes, weights),
	};
}

/** The same of labels by two, such as the truth and predictions, or two people; equal to scikit-learn's `cohen_kappa_score`, but 0 where that is NaN. */
export function cohenKappaScore(first: ArrayLike<Label>, second: ArrayLike<Label>, options: CohenKappaScoreOptions = {}): number {
	const { weights, ...read } = optionsOf('cohenKappaScore', options, { ...sampleKinds, ...weighing });
	const pair = pairOf('cohenKappaScore', first, second, read, ['first', 'second']);
	const grave = graveness(weights);
	const kept = (at: number) => pair.truth[at]! >= 0 && pair.predicted[at]! >= 0;
	let mistakes = 0;
	for (let at = 0; at < pair.truth.length; at++)
		if (kept(at)) mistakes += (pair.weights ? pair.weights[at]! : 1) * grave(pair.truth[at]!, pair.predicted[at]!);
	// Of labels that were left out neither row nor column counts.
	const among = { ...pair, truth: pair.truth.map((place, at) => (kept(at) ? place : -1)) };
	const counts = countsOf({ ...among, predicted: pair.predicted.map((place, at) => (kept(at) ? place : -1)) });
	return kappaOf([...[...counts.values()].entries()], mistakes, weights);
}

function graveness(weights: KappaWeights['weights']): (a: number, b: number) => number {
	if (weights === undefined) return (a, b) => Number(a !== b);
	return weights === 'linear' ? (a, b) => Math.abs(a - b) : (a, b) => (a - b) ** 2;
}

function kappaOf(classes: readonly (readonly [number, ClassCount])[], mistakes: number, weights: KappaWeights['weights']): number {
	const { predicted: all } = allOf(new Map(classes));
	let expected = 0;
	if (weights === undefined) {
		let agreed = 0;
		for (const [, { predicted, actual }] of classes) agreed += predicted * actual;
		expected = all - agreed / all;
	} else {
		const grave = graveness(weights);
		for (const [a, { predicted }] of classes) for (const [b, { actual }] of classes) expected += (grave(a, b) * predicted * actual) / all;
	}
	return expected > 0 ? 1 - mistakes / expected : 0;
}
