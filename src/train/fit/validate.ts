// Loss and metrics over samples that were held out.
import { accuracy } from '../../metrics/index.js';
import type { Minibatch } from '../step/trainable.js';
import { byLength } from './batches.js';
import type { Samples } from './samples.js';

/** What a validation comes to: the mean loss, and metrics by name. */
export type Validation = Readonly<Record<string, number>> & { readonly loss: number };

/** Means over the samples of one batch, from the model's outputs as at prediction. */
export type Metrics = (outputs: Readonly<Record<string, Float32Array>>, batch: Minibatch) => Readonly<Record<string, number>>;

/** Something that evaluates batches. */
export interface Evaluator {
	call(name: 'evaluate', request: { batch: Minibatch; outputs: readonly string[] }): Promise<Record<string, Float32Array>>;
}

/** The loss and the metrics of all samples: means over batches, by their number of samples. */
export async function validate(
	evaluator: Evaluator,
	samples: Samples,
	{ batchSize, outputs, metrics }: { batchSize: number; outputs: readonly string[]; metrics?: Metrics | undefined },
): Promise<Validation> {
	const sums: Record<string, number> = { loss: 0 };
	for (const { samples: numbers, length } of byLength(samples, { batchSize })) {
		const batch = samples.batch(numbers, length);
		const { loss, ...results } = await evaluator.call('evaluate', { batch, outputs: metrics ? outputs : [] });
		const means = { ...metrics?.(results, batch), loss: loss![0]! };
		for (const [name, mean] of Object.entries(means)) sums[name] = (sums[name] ?? 0) + mean * numbers.length;
	}
	return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / Math.max(samples.size, 1)])) as unknown as Validation;
}

/** The share of samples whose largest logit is that of their target. */
export const classificationMetrics: Metrics = ({ logits }, { targets }) => {
	const truths = Array.from(targets!.data as Int32Array);
	const classes = logits!.length / truths.length;
	const predictions = truths.map((_, row) => largest(logits!.subarray(row * classes, (row + 1) * classes)));
	return { accuracy: accuracy(predictions, truths) };
};

/** Probabilities of one row of logits. */
export function softmaxRow(logits: Float32Array): Float64Array {
	const top = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
	const powers = Float64Array.from(logits, (logit) => Math.exp(logit - top));
	const sum = powers.reduce((a, b) => a + b, 0);
	return powers.map((power) => power / sum);
}

/** The place of the largest number, the first of equals. */
export function largest(numbers: ArrayLike<number>): number {
	let place = 0;
	for (let i = 1; i < numbers.length; i++) if (numbers[i]! > numbers[place]!) place = i;
	return place;
}
