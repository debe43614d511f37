// Text classification: one class for each document.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { accuracy } from '../../metrics/index.js';
import { crossEntropy } from '../../nn/index.js';
import { largest, softmaxRow } from '../fit/validate.js';
import type { Task } from '../task/task.js';
import {
	type Classes,
	type ClassReport,
	type ClassWeights,
	classesIn,
	labelFacts,
	learnClasses,
	numberOf,
	reportOf,
	square,
	weightsOf,
} from './classes.js';

/** How classes are learned. */
export interface TextClassificationOptions {
	/** How much the documents of each class count. Default: 1 each. */
	readonly weights?: ClassWeights;
	/** The share of each answer that is spread over all classes (Szegedy et al. 2016). Default 0. */
	readonly smoothing?: number;
}

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
	/** Mean cross-entropy, in nats. */
	readonly loss: number;
	/** `[label][prediction]` counts, in the order of `labels`. */
	readonly confusion: readonly (readonly number[])[];
	readonly labels: readonly string[];
	readonly classes: Readonly<Record<string, ClassReport>>;
}

type Doc = { readonly label: string };

const name = 'text-classification';
const kinds: Kinds<TextClassificationOptions> = { weights: is.either(is.one('balanced'), is.object), smoothing: is.share };

/** The task that `textClassification` makes. */
export type TextClassification = ReturnType<typeof textClassification>;

/** The task of telling classes apart: documents have one `label` each. */
export function textClassification(given: TextClassificationOptions = {}): Task<Doc, Prediction, ClassificationMeasures> {
	const { weights, smoothing = 0 } = optionsOf('textClassification', given, kinds);
	return {
		name,
		options: { smoothing, ...(weights !== undefined && { weights }) },
		needs: { label: 'text' },
		learn: learnClasses<Doc>(name, ({ label }) => [label]),
		head(learned) {
			const classes: Classes = classesIn(name, learned);
			const { names } = classes;
			const numbers = numberOf(name, classes);
			const each = weightsOf('textClassification', classes, weights);
			return {
				outputs: names.length,
				inputs: { targets: { dtype: 'int32', shape: ['batch'] } },
				answer: ({ label }) => ({ targets: { data: [numbers(label)], shape: [] } }),
				loss: (logits, { targets }) => crossEntropy(logits, targets!, { smoothing, ...(each && { weights: each }) }),
				metrics: { accuracy: accuracy() },
				monitor: ['accuracy'],
				config: labelFacts(classes),
				say({ data }) {
					const probabilities = Array.from(softmaxRow(data as Float32Array));
					const best = largest(data as Float32Array);
					return { label: names[best]!, score: probabilities[best]!, probabilities };
				},
				measure: {
					start: () => ({ confusion: square(names.length), loss: 0, documents: 0 }),
					add(state: { confusion: number[][]; loss: number; documents: number }, { label }, said) {
						const truth = numbers(label);
						state.confusion[truth]![numbers(said.label)]!++;
						state.loss -= Math.log(Math.max(said.probabilities[truth]!, Number.MIN_VALUE));
						state.documents++;
					},
					result({ confusion, loss, documents }: { confusion: number[][]; loss: number; documents: number }) {
						const right = confusion.reduce((sum, row, place) => sum + row[place]!, 0);
						return { accuracy: right / documents, loss: loss / documents, confusion, labels: names, classes: reportOf(names, confusion) };
					},
					right: ({ label }, said) => label === said.label,
				},
			};
		},
	};
}
