// Loss and accuracy over batches of a data set.
import { accuracy } from '../metrics/index.js';
import { byLength, collate, type EpochOptions } from './batches.js';
import type { Dataset } from './dataset.js';
import type { PredictBatch } from './stepper.js';

/** Something that gives logits for a batch. */
export interface Predictor {
	call(name: 'predict', batch: PredictBatch): Promise<Float32Array>;
}

/** Mean cross-entropy (nats) and accuracy over documents of a data set. */
export async function evaluateBatches(
	predictor: Predictor,
	dataset: Dataset,
	docs: Uint32Array,
	options: EpochOptions,
): Promise<{ loss: number; accuracy: number }> {
	const predictions: number[] = [];
	const targets: number[] = [];
	let loss = 0;
	for (const plan of byLength(dataset, docs, options)) {
		const batch = collate(dataset, [plan]);
		const logits = await predictor.call('predict', batch);
		const classes = logits.length / batch.size;
		for (let row = 0; row < batch.size; row++) {
			const scores = logits.subarray(row * classes, (row + 1) * classes);
			const probabilities = softmaxRow(scores);
			const target = batch.targets[row]!;
			predictions.push(largest(scores));
			targets.push(target);
			loss -= Math.log(Math.max(probabilities[target]!, Number.MIN_VALUE));
		}
	}
	const size = Math.max(targets.length, 1);
	return { loss: loss / size, accuracy: accuracy(predictions, targets) };
}

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
