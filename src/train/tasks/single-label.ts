// One label for each document: the head of most text classifiers.
import { ops, type Value } from '../../graph/index.js';
import { accuracy } from '../../metrics/index.js';
import { binaryCrossEntropyWithLogits, crossEntropy, type Loss } from '../../nn/index.js';
import { largest, softmaxRow } from '../fit/validate.js';
import type { LogitsHead, Task } from '../task/task.js';
import { type Classes, classesIn, labelFacts, learnClasses, numberOf, weightsOf } from './classes.js';
import type { HeadOptions } from './head-options.js';
import { type ClassificationMeasures, measureOneLabel, type OneLabel, type Prediction, predictionOf } from './one-label-measure.js';

const { add, mul, neg, reduceSum, softplus, sub } = ops;

type OneLabelHead = LogitsHead<OneLabel, Prediction<string | null>, ClassificationMeasures>;

/** One label for each document, by softmax over the classes or by one sigmoid unit. */
export function singleLabel(
	options: HeadOptions & { readonly output: 'softmax' | 'sigmoid'; readonly threshold: number | undefined },
): Task<OneLabel, Prediction<string | null>, ClassificationMeasures> {
	const { name, threshold } = options;
	return {
		name,
		options: options.options,
		needs: { label: 'name' },
		learn: learnClasses<OneLabel>(name, ({ label }) => [String(label)], { each: true }),
		head(learned) {
			const classes = classesIn(name, learned);
			const numbers = numberOf(name, classes);
			const measure = measureOneLabel(classes.names, numbers, threshold);
			const head = options.output === 'softmax' ? softmaxHead : sigmoidHead;
			return { ...head(classes, numbers, options), metrics: { accuracy: accuracy() }, monitor: ['accuracy'], measure };
		},
	};
}

type Part = Omit<OneLabelHead, 'metrics' | 'monitor' | 'measure'>;
type Given = HeadOptions & { readonly threshold: number | undefined };

/** Softmax over the classes, cross-entropy. */
function softmaxHead(classes: Classes, numbers: (name: string) => number, { name, weights, smoothing, threshold }: Given): Part {
	const { names } = classes;
	const each = weightsOf(name, classes, weights);
	return {
		outputs: names.length,
		inputs: { targets: { dtype: 'int32', shape: ['batch'] } },
		answer: ({ label }) => ({ targets: { data: [numbers(String(label))], shape: [] } }),
		loss: (logits, { targets }) => crossEntropy(logits, targets!, { smoothing, ...(each && { weights: each }) }),
		classes: { weights: each, smoothing },
		probabilities: 'softmax',
		config: { problem_type: 'single_label_classification', ...labelFacts(classes) },
		say({ data }) {
			const probabilities = Array.from(softmaxRow(data as Float32Array));
			return predictionOf(names, probabilities, threshold, largest(data as Float32Array));
		},
	};
}

/** One unit, whose sigmoid is the probability of the second of two classes; binary cross-entropy. */
function sigmoidHead(classes: Classes, numbers: (name: string) => number, { name, weights, smoothing, threshold }: Given): Part {
	const { names } = classes;
	if (names.length !== 2) {
		throw new RangeError(
			`${name}: expected two classes for output: 'sigmoid', got ${names.length}. Leave output out, or take the other classes out.`,
		);
	}
	const each = weightsOf(name, classes, weights);
	return {
		outputs: 1,
		inputs: { targets: { dtype: 'float32', shape: ['batch', 1] } },
		answer: ({ label }) => ({ targets: { data: [numbers(String(label))], shape: [1] } }),
		loss(logits, { targets }) {
			// (1 − s) t + s / 2, as label smoothing spreads a share s over two classes.
			const aim = smoothing === 0 ? targets! : add(mul(targets!, 1 - smoothing), smoothing / 2);
			return each ? balanced(logits, { targets: targets!, aim, weights: each }) : binaryCrossEntropyWithLogits(logits, aim);
		},
		classes: { weights: each, smoothing },
		probabilities: 'sigmoid',
		config: { problem_type: 'single_label_classification', output: 'sigmoid', ...labelFacts(classes) },
		say({ data }) {
			const logit = (data as Float32Array)[0]!;
			// Both from e^−|x|, so that neither loses its digits.
			const power = Math.exp(-Math.abs(logit));
			const [more, less] = [1 / (1 + power), power / (1 + power)];
			return predictionOf(names, logit > 0 ? [less, more] : [more, less], threshold);
		},
	};
}

/** w₁ a ln(1 + e⁻ˣ) + w₀ (1 − a) ln(1 + eˣ), which counts as much as the weight of its class: as `crossEntropy` of the logits 0 and x. */
function balanced(logits: Value, { targets, aim, weights: [none, one] }: { targets: Value; aim: Value; weights: readonly number[] }): Loss {
	const losses = add(mul(mul(aim, one!), softplus(neg(logits))), mul(mul(sub(1, aim), none!), softplus(logits)));
	return { sum: reduceSum(losses), weight: reduceSum(add(mul(targets, one! - none!), none!)), each: losses };
}
