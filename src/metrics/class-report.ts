// What classes were told how well: precision, recall and F1 of each, and their averages.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { rightShare } from './accuracy.js';
import { averages, type ClassCount, type ClassCounts, f1Of, precisionOf, recallOf } from './averages.js';
import { type Label, labelsIn } from './labels.js';
import { countsOf, pairOf, type SampleOptions, sampleKinds } from './samples.js';

/** Precision, recall and F1. */
export interface ClassScores {
	readonly precision: number;
	readonly recall: number;
	readonly f1: number;
}

/** How well one class was told. */
export interface ClassRow extends ClassScores {
	readonly label: Label;
	/** What the class is called. */
	readonly name: string;
	/** Samples of this class, or their weights. */
	readonly support: number;
}

/** How well classes were told. */
export interface ClassesReport {
	/** One row for each class, in their order. */
	readonly classes: readonly ClassRow[];
	/** The share of all samples that is right. */
	readonly accuracy: number;
	/** All classes counted together: where the report is of all classes, each of the three is the accuracy. */
	readonly micro: ClassScores;
	/** The mean over the classes. */
	readonly macro: ClassScores;
	/** The mean over the classes by their support. */
	readonly weighted: ClassScores;
	/** Samples of these classes, or their weights. */
	readonly support: number;
	/** Whether all labels of the samples are among the classes. */
	readonly complete: boolean;
}

/** Which classes a report is of, and their names. */
export interface ClassReportOptions extends SampleOptions {
	/** What the classes are called, in their order. Default: their labels. */
	readonly names?: readonly string[] | undefined;
}

const kinds: Kinds<ClassReportOptions> = { ...sampleKinds, names: is.texts };

/**
 * Precision, recall, F1 and support of each class and their averages, equal to scikit-learn's `classification_report`; 0 where nothing is to be
 * divided. `labels` may be some of the classes only, such as all but the one of no interest.
 *
 * @example
 * console.log(reportTable(classReport(['spam', 'ham', 'ham'], ['spam', 'ham', 'spam'])));
 *
 * @throws {RangeError} where there are no samples or not as many of both, and where there is not one name for each class.
 */
export function classReport(truth: ArrayLike<Label>, predicted: ArrayLike<Label>, options: ClassReportOptions = {}): ClassesReport {
	const { names, ...read } = optionsOf('classReport', options, kinds);
	const pair = pairOf('classReport', truth, predicted, read);
	const { labels } = pair;
	if (names && names.length !== labels.length) {
		throw new RangeError(
			`classReport: expected names of the ${labels.length} classes, got ${names.length}. Pass one for each; labels names classes that no sample has.`,
		);
	}
	const counts = countsOf(pair);
	const rows = [...counts].map(([label, count], at): ClassRow => {
		return { label, name: names?.[at] ?? String(label), ...scoresOf(count), support: count.actual };
	});
	const known = new Set(labels);
	return {
		classes: rows,
		accuracy: rightShare(read.labels ? pairOf('classReport', truth, predicted, { ...read, labels: undefined }) : pair),
		...{ micro: averaged(counts, 'micro'), macro: averaged(counts, 'macro'), weighted: averaged(counts, 'weighted') },
		support: rows.reduce((sum, { support }) => sum + support, 0),
		complete: labelsIn('classReport', { truth, predicted }).every((label) => known.has(label)),
	};
}

const scoresOf = (count: ClassCount): ClassScores => ({ precision: precisionOf(count), recall: recallOf(count), f1: f1Of(count) });

const averaged = (counts: ClassCounts, by: keyof typeof averages): ClassScores => ({
	precision: averages[by](counts, precisionOf),
	recall: averages[by](counts, recallOf),
	f1: averages[by](counts, f1Of),
});
