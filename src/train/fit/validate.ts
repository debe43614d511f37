// Losses and metrics over samples that were held out.
import type { Metric } from '../../metrics/index.js';
import { added, type LossParts, meanOf, meansOf } from '../step/loss-parts.js';
import type { Minibatch } from '../step/model.js';
import type { Evaluated } from '../step/stepper.js';
import { validationBatches } from './batches.js';
import { isStream, type SampleStream, type Samples } from './samples.js';

/** What a validation comes to: the loss, each loss where there are several, and metrics by name. */
export type Validation = Readonly<Record<string, number>> & { readonly loss: number };

/** Metrics by name. */
// biome-ignore lint/suspicious/noExplicitAny: the state of a metric is its own affair; here any will do.
export type Metrics = Readonly<Record<string, Metric<any>>>;

/** Something that evaluates batches. */
export interface Evaluator {
	call(name: 'begin', pass: 'evaluation'): Promise<void>;
	call(name: 'evaluate', request: { batch: Minibatch; outputs: readonly string[] }): Promise<Evaluated>;
}

/** How an evaluation goes. */
export interface ValidateOptions {
	readonly batchSize: number;
	readonly seed: number;
	/** The outputs that metrics may ask for. */
	readonly outputs: readonly string[];
	readonly metrics?: Metrics | undefined;
}

/** The losses and the metrics of all samples. Losses add up by their weights, metrics as they do themselves: none is a mean of means. */
export async function validate(evaluator: Evaluator, samples: Samples | SampleStream, options: ValidateOptions): Promise<Validation> {
	const { outputs, metrics = {} } = options;
	const folds = Object.entries(metrics).map(([name, metric]) => ({ name, metric, state: metric.start() as unknown }));
	let losses: LossParts = {};
	await evaluator.call('begin', 'evaluation');
	for await (const batch of batchesOf(samples, options)) {
		const found = await evaluator.call('evaluate', { batch, outputs: folds.length > 0 ? outputs : [] });
		losses = added(losses, found.losses);
		for (const fold of folds) fold.state = fold.metric.add(fold.state, { outputs: found.outputs, inputs: batch, losses: found.losses });
	}
	const measured = folds.map(({ name, metric, state }) => [name, metric.result(state)] as const);
	return { ...meansOf(losses), ...Object.fromEntries(measured), loss: meanOf(losses) };
}

async function* batchesOf(samples: Samples | SampleStream, { batchSize, seed }: ValidateOptions): AsyncGenerator<Minibatch> {
	if (isStream(samples)) yield* samples.batches(0, { batchSize, seed });
	else for (const { samples: numbers, lengths } of validationBatches(samples, { batchSize, seed })) yield samples.batch(numbers, lengths);
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
