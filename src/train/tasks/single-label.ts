// One label for each document: the head of most text classifiers.
import { accuracy } from '../../metrics/index.js';
import { crossEntropy } from '../../nn/index.js';
import { largest, softmaxRow } from '../fit/validate.js';
import type { Task } from '../task/task.js';
import { type ClassReport, classesIn, labelFacts, learnClasses, meanF1, numberOf, reportOf, square, weightsOf } from './classes.js';
import type { HeadOptions } from './head-options.js';

/** What a classifier says of a document. */
export interface Prediction {
	readonly label: string;
	/** The probability of the label. */
	readonly score: number;
	/** The probability of each label, in the order of the model's `labels`. */
	readonly probabilities: readonly number[];
}

/** What an evaluation comes to. */
export interface ClassificationMeasures {
	readonly accuracy: number;
	/** The mean of the classes' F1. */
	readonly macroF1: number;
	/** Mean cross-entropy, in nats. */
	readonly loss: number;
	/** `[label][prediction]` counts, in the order of `labels`. */
	readonly confusion: readonly (readonly number[])[];
	readonly labels: readonly string[];
	readonly classes: Readonly<Record<string, ClassReport>>;
}

/** A document with its one label; a number or a truth value stands for its text. */
export interface OneLabel {
	readonly label: string | number | boolean;
}

interface State {
	readonly confusion: number[][];
	loss: number;
	documents: number;
}

/** Softmax over the classes, cross-entropy. */
export function singleLabel({ name, options, weights, smoothing }: HeadOptions): Task<OneLabel, Prediction, ClassificationMeasures> {
	return {
		name,
		options,
		needs: { label: 'name' },
		learn: learnClasses<OneLabel>(name, ({ label }) => [String(label)], { each: true }),
		head(learned) {
			const classes = classesIn(name, learned);
			const { names } = classes;
			const numbers = numberOf(name, classes);
			const each = weightsOf(name, classes, weights);
			return {
				outputs: names.length,
				inputs: { targets: { dtype: 'int32', shape: ['batch'] } },
				answer: ({ label }) => ({ targets: { data: [numbers(String(label))], shape: [] } }),
				loss: (logits, { targets }) => crossEntropy(logits, targets!, { smoothing, ...(each && { weights: each }) }),
				classes: { weights: each, smoothing },
				metrics: { accuracy: accuracy() },
				monitor: ['accuracy'],
				config: { problem_type: 'single_label_classification', ...labelFacts(classes) },
				say({ data }) {
					const probabilities = Array.from(softmaxRow(data as Float32Array));
					const best = largest(data as Float32Array);
					return { label: names[best]!, score: probabilities[best]!, probabilities };
				},
				measure: {
					start: (): State => ({ confusion: square(names.length), loss: 0, documents: 0 }),
					add(state: State, { label }, said) {
						const truth = numbers(String(label));
						state.confusion[truth]![numbers(said.label)]!++;
						state.loss -= Math.log(Math.max(said.probabilities[truth]!, Number.MIN_VALUE));
						state.documents++;
					},
					result({ confusion, loss, documents }: State) {
						const right = confusion.reduce((sum, row, place) => sum + row[place]!, 0);
						const report = reportOf(names, confusion);
						const figures = { accuracy: right / documents, macroF1: meanF1(report), loss: loss / documents };
						return { ...figures, confusion, labels: names, classes: report };
					},
					right: ({ label }, said) => String(label) === said.label,
				},
			};
		},
	};
}
