// Any number of labels for each document: each is decided by itself.

import type { Metric } from '../../metrics/index.js';
import { binaryCrossEntropyWithLogits } from '../../nn/index.js';
import type { Task } from '../task/task.js';
import { type ClassReport, classesIn, classReport, labelFacts, learnClasses, numberOf } from './classes.js';
import type { HeadOptions } from './head-options.js';

/** What is said of a document. */
export interface SeveralLabels {
	/** The labels whose probability is a half or more, in the order of the model's `labels`. */
	readonly label: readonly string[];
	/** The probability of each label, in that order; they do not sum to 1. */
	readonly probabilities: readonly number[];
}

/** What an evaluation comes to. */
export interface SeveralLabelsMeasures {
	/** The share of documents of which all labels are right. */
	readonly accuracy: number;
	/** F1 of all decisions together (micro average). */
	readonly f1: number;
	readonly labels: readonly string[];
	readonly classes: Readonly<Record<string, ClassReport>>;
}

/** A document with its labels. */
export interface LabelSet {
	readonly label: readonly string[];
}

interface Counts {
	hits: number;
	said: number;
	true: number;
	right: number;
	documents: number;
}

/** Counts of each label. */
interface Each {
	readonly each: { hits: number; said: number; support: number }[];
}

const start = (): Counts => ({ hits: 0, said: 0, true: 0, right: 0, documents: 0 });
const f1Of = ({ hits, said, true: truth }: Counts) => (said + truth === 0 ? 0 : (2 * hits) / (said + truth));

/** F1 of all decisions of a batch, by the sign of the logits. */
const microF1: Metric<Counts> = {
	start,
	add(state, { outputs, inputs }) {
		const logits = outputs.logits!.data as Float32Array;
		const targets = inputs.targets!.data as Float32Array;
		const counts = { ...state };
		for (let i = 0; i < logits.length; i++) {
			const [said, truth] = [logits[i]! >= 0, targets[i]! > 0];
			counts.said += Number(said);
			counts.true += Number(truth);
			counts.hits += Number(said && truth);
		}
		return counts;
	},
	result: f1Of,
};

/** A sigmoid for each class, binary cross-entropy. */
export function severalLabels({ name, options }: HeadOptions): Task<LabelSet, SeveralLabels, SeveralLabelsMeasures> {
	return {
		name,
		options,
		needs: { label: 'texts' },
		learn: learnClasses<LabelSet>(name, ({ label }) => label, { least: 1 }),
		head(learned) {
			const classes = classesIn(name, learned);
			const { names } = classes;
			const numbers = numberOf(name, classes);
			return {
				outputs: names.length,
				inputs: { targets: { dtype: 'float32', shape: ['batch', names.length] } },
				answer({ label }) {
					const targets = new Float32Array(names.length);
					for (const one of label) targets[numbers(one)] = 1;
					return { targets: { data: targets, shape: [names.length] } };
				},
				loss: (logits, { targets }) => binaryCrossEntropyWithLogits(logits, targets!),
				metrics: { f1: microF1 },
				monitor: ['f1'],
				probabilities: 'sigmoid',
				config: { problem_type: 'multi_label_classification', ...labelFacts(classes) },
				say({ data }) {
					const probabilities = Array.from(data as Float32Array, (logit) => 1 / (1 + Math.exp(-logit)));
					return { label: names.filter((_, place) => probabilities[place]! >= 0.5), probabilities };
				},
				measure: {
					start: () => ({ ...start(), each: names.map(() => ({ hits: 0, said: 0, support: 0 })) }),
					add(counts: Counts & Each, { label }, said) {
						for (const [place, name] of names.entries()) {
							const [isSaid, isTrue] = [said.label.includes(name), label.includes(name)];
							const own = counts.each[place]!;
							own.said += Number(isSaid);
							own.support += Number(isTrue);
							own.hits += Number(isSaid && isTrue);
						}
						counts.said += said.label.length;
						counts.true += new Set(label).size;
						counts.hits += said.label.filter((one) => label.includes(one)).length;
						counts.right += Number(same(label, said.label));
						counts.documents++;
					},
					result: (counts: Counts & Each) => ({
						...{ accuracy: counts.right / counts.documents, f1: f1Of(counts), labels: names },
						classes: Object.fromEntries(names.map((name, place) => [name, classReport(counts.each[place]!)])),
					}),
					right: ({ label }, said) => same(label, said.label),
				},
			};
		},
	};
}

const same = (a: readonly string[], b: readonly string[]) => new Set(a).size === b.length && b.every((one) => a.includes(one));
