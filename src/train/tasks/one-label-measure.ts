// What is said of documents of one label, and what an evaluation of that comes to.
import { addTo, calibrationErrorOf, emptyBins, type OpenBins } from '../../metrics/bins.js';
import { rocAucScore } from '../../metrics/index.js';
import { largest } from '../fit/validate.js';
import type { Measure } from '../task/task.js';
import { type ClassReport, classReport, meanF1, square } from './classes.js';

/** What a classifier says of a document. `Label` is `string | null` where it has a threshold. */
export interface Prediction<Label extends string | null = string> {
	/** The label; null where its probability is below the threshold. */
	readonly label: Label;
	/** The probability of the label, whether it is said or not. */
	readonly score: number;
	/** The probability of each label, in the order of the model's `labels`. */
	readonly probabilities: readonly number[];
}

/** What an evaluation comes to. */
export interface ClassificationMeasures {
	/** The share of all documents whose label was said. */
	readonly accuracy: number;
	/** The mean of the classes' F1. */
	readonly macroF1: number;
	/** Mean cross-entropy, in nats. */
	readonly loss: number;
	/** The expected calibration error of the probabilities, in 15 bins (Guo et al. 2017). */
	readonly ece: number;
	/** The area under the ROC curve: of two labels, where documents have both. */
	readonly rocAuc?: number;
	/** `[label][prediction]` counts, in the order of `labels`; empty where there are more than 1,000 labels. */
	readonly confusion: readonly (readonly number[])[];
	readonly labels: readonly string[];
	readonly classes: Readonly<Record<string, ClassReport>>;
}

/** What an evaluation of a classifier with a threshold comes to. What was not answered counts as wrong, but for `answeredAccuracy`. */
export interface ThresholdMeasures extends ClassificationMeasures {
	/** The share of documents that got a label. */
	readonly coverage: number;
	/** The share of these whose label is right; 0 where there are none. */
	readonly answeredAccuracy: number;
}

/** A document with its one label; a number or a truth value stands for its text. */
export interface OneLabel {
	readonly label: string | number | boolean;
}

/** The label of the largest probability, if that is not below the threshold. */
export function predictionOf(
	names: readonly string[],
	probabilities: readonly number[],
	threshold: number | undefined,
	best = largest(probabilities),
): Prediction<string | null> {
	const score = probabilities[best]!;
	return { label: threshold !== undefined && score < threshold ? null : names[best]!, score, probabilities };
}

/** The bins that calibration is measured in, as is usual. */
const binCount = 15;

/** Beyond so many labels the table of confusions would be larger than all the rest together. */
const mostConfused = 1000;

interface State {
	/** Counts of each label. */
	readonly each: { hits: number; said: number; support: number }[];
	readonly confusion: number[][];
	readonly bins: OpenBins;
	/** Of two labels: the probability of the second one of each document, and whether it is right. */
	readonly scores: number[];
	readonly truth: number[];
	loss: number;
	documents: number;
}

/** How an evaluation adds up. `numberOf` is the number of a label, an error where the model does not know it. */
export function measureOneLabel(
	names: readonly string[],
	numberOf: (name: string) => number,
	threshold: number | undefined,
): Measure<OneLabel, Prediction<string | null>, ClassificationMeasures> {
	return {
		start: (): State => ({
			each: names.map(() => ({ hits: 0, said: 0, support: 0 })),
			confusion: names.length > mostConfused ? [] : square(names.length),
			bins: emptyBins(binCount),
			...{ scores: [], truth: [], loss: 0, documents: 0 },
		}),
		add(state: State, { label }, { label: said, probabilities }) {
			const truth = numberOf(String(label));
			state.each[truth]!.support++;
			if (said !== null) {
				const answer = numberOf(said);
				state.each[answer]!.said++;
				if (answer === truth) state.each[truth]!.hits++;
				if (state.confusion.length > 0) state.confusion[truth]![answer]!++;
			}
			addTo(state.bins, probabilities, [0, probabilities.length], truth);
			if (names.length === 2) {
				state.scores.push(probabilities[1]!);
				state.truth.push(truth);
			}
			state.loss -= Math.log(Math.max(probabilities[truth]!, Number.MIN_VALUE));
			state.documents++;
		},
		result({ each, confusion, bins, scores, truth, loss, documents }: State) {
			const total = (key: 'hits' | 'said') => each.reduce((sum, counts) => sum + counts[key], 0);
			const [right, answered] = [total('hits'), total('said')];
			const classes = Object.fromEntries(names.map((name, place) => [name, classReport(each[place]!)]));
			const both = truth.includes(0) && truth.includes(1);
			return {
				accuracy: right / documents,
				...(threshold !== undefined && { coverage: answered / documents, answeredAccuracy: answered === 0 ? 0 : right / answered }),
				...{ macroF1: meanF1(classes), loss: loss / documents, ece: calibrationErrorOf(bins) },
				...(both && { rocAuc: rocAucScore(truth, scores) }),
				...{ confusion, labels: names, classes },
			};
		},
		right: ({ label }, said) => String(label) === said.label,
	};
}
