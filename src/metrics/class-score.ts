// What precision, recall and F1 share: the counts of each class and how their scores become one, as a fold and over arrays.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { averages, type ClassCounts, type ClassScore, Counting, none } from './averages.js';
import { type Label, labelKind, show } from './labels.js';
import type { MeasuredBatch, Metric } from './metric.js';
import { type ClassMetricOptions, classKinds, eachPrediction } from './predicted.js';
import { countsOf, pairOf, type SampleOptions, sampleKinds } from './samples.js';

/** How the scores of classes become one. */
export type ClassAverage = 'macro' | 'weighted' | 'micro' | 'binary';

/** How the classes' scores become one. */
export interface ClassScoreOptions extends ClassMetricOptions {
	/**
	 * `macro` is the mean over the classes that were predicted or true (default), `weighted` the mean by how often each was true, `micro` counts all
	 * classes together, `binary` is that of one class alone, `positive`.
	 */
	readonly average?: ClassAverage | undefined;
	/** The class that `binary` is about. Default 1. */
	readonly positive?: number | undefined;
}

/** The same for arrays of labels. */
export interface ClassScoreSettings extends SampleOptions {
	/** As that of the fold; the classes are `labels` where these are given. Default `macro`. */
	readonly average?: ClassAverage | undefined;
	/** The class that `binary` is about. Default 1. */
	readonly positive?: Label | undefined;
}

const average = is.one(...Object.keys(averages), 'binary');
const kinds: Kinds<ClassScoreOptions> = { ...classKinds, average, positive: is.whole(0) };
const settingKinds: Kinds<ClassScoreSettings> = { ...sampleKinds, average, positive: labelKind };

/** The fold of such a score. */
export function classScore(who: string, of: ClassScore, options: ClassScoreOptions): Metric<ClassCounts> {
	const { average = 'macro', positive, ...read } = optionsOf(who, options, kinds);
	checkPositive(who, average, positive);
	return {
		start: () => new Map(),
		add: (state, batch) => countPredictions(who, state, batch, read),
		result: average === 'binary' ? (classes) => of(classes.get(positive ?? 1) ?? none) : (classes) => averages[average](classes, of),
	};
}

/** The counts of classes with those of one more batch. */
export function countPredictions(who: string, state: ClassCounts, batch: MeasuredBatch, read: ClassMetricOptions) {
	const counting = new Counting(state);
	eachPrediction(who, batch, read, (prediction, target) => {
		counting.add('predicted', prediction);
		counting.add('actual', target);
		if (prediction === target) counting.add('hits', target);
	});
	return counting.classes;
}

/** Such a score of arrays. */
export function classScoreOf(
	who: string,
	of: ClassScore,
	truth: ArrayLike<Label>,
	predicted: ArrayLike<Label>,
	options: ClassScoreSettings,
): number {
	const { average = 'macro', positive, ...read } = optionsOf(who, options, settingKinds);
	checkPositive(who, average, positive);
	const classes = countsOf(pairOf(who, truth, predicted, read));
	if (average !== 'binary') return averages[average](classes, of);
	const counts = classes.get(positive ?? 1);
	// Samples of one class alone may all be of the other one.
	if (counts || classes.size < 2) return of(counts ?? none);
	throw new RangeError(
		`${who}: expected positive to be one of ${show([...classes.keys()])}, got ${show([positive ?? 1])}. Name the class that binary is about.`,
	);
}

function checkPositive(who: string, average: ClassAverage, positive: Label | undefined): void {
	if (positive === undefined || average === 'binary') return;
	throw new TypeError(`${who}: expected average: 'binary' beside positive, got '${average}'. Leave positive out, or average.`);
}
