// Samples: in memory, to be cut into batches, or a stream of batches.
import { createHash } from 'node:crypto';
import { sizeOf, type Tensor, type TensorData } from '../../graph/index.js';
import type { Minibatch } from '../step/model.js';

/** Lengths by their names, such as `{ time: 12 }` or `{ source: 9, target: 11 }`: what the samples of a batch are padded to. */
export type Lengths = Readonly<Record<string, number>>;

/** Which batches a run asks for. */
export interface EpochOptions {
	readonly batchSize: number;
	readonly seed: number;
}

/** What a run trains on or is validated by, in memory. */
export interface Samples {
	readonly size: number;
	/** The lengths of all samples, by name, where those of similar length are to share a batch. */
	readonly lengths?: Readonly<Record<string, ArrayLike<number>>>;
	/** The batch of some samples, padded to the longest of each length. Its arrays are its own: they are sent to a worker. */
	batch(samples: Uint32Array, lengths: Lengths): Minibatch;
	/** A text that differs where the samples do: a checkpoint belongs to its samples. */
	fingerprint(): string;
	/** The batches of an epoch in an order of the samples' own, as numbers of samples: chunks of one text after the other, say. Shuffled by default. */
	order?(epoch: number, options: EpochOptions): readonly Uint32Array[];
	/** Where training sees each epoch's own form of the samples (augmented texts): the samples of an epoch, counted from 0; as many as these, in the same order. */
	inEpoch?(epoch: number): Promise<Samples>;
}

/** Samples that are read as they are needed: more than memory holds. */
export interface SampleStream {
	/** The batches of an epoch, counted from 0. The same at each call, so that a run that was stopped passes over those it has done. */
	batches(epoch: number, options: EpochOptions): AsyncIterable<Minibatch>;
	/** A text that differs where the samples do: a checkpoint belongs to its samples. */
	fingerprint(): string;
}

/** Whether samples are a stream. */
export const isStream = (samples: Samples | SampleStream): samples is SampleStream => 'batches' in samples;

/** The samples as training sees them in an epoch. Throws a RangeError where these are not as many. */
export async function samplesOf(samples: Samples, epoch: number): Promise<Samples> {
	const found = (await samples.inEpoch?.(epoch)) ?? samples;
	if (found.size === samples.size) return found;
	throw new RangeError(
		`fit: expected ${samples.size} samples in every epoch, got ${found.size} in epoch ${epoch + 1}. Change samples there, but neither drop nor add any.`,
	);
}

/** A view of some samples, by number. They are shuffled: an order of all samples is none of a part. */
export function subset(samples: Samples, numbers: Uint32Array): Samples {
	const outside = numbers.find((sample) => sample >= samples.size);
	if (outside !== undefined) {
		throw new RangeError(`subset: expected numbers below ${samples.size}, got ${outside}. Split the size that these samples have.`);
	}
	const lengths =
		samples.lengths &&
		Object.fromEntries(
			Object.entries(samples.lengths).map(([name, lengths]) => [name, Uint32Array.from(numbers, (sample) => lengths[sample]!)]),
		);
	return {
		size: numbers.length,
		...(lengths && { lengths }),
		batch: (chosen, longest) =>
			samples.batch(
				chosen.map((sample) => numbers[sample]!),
				longest,
			),
		fingerprint: () => hashOf(samples.fingerprint(), numbers),
		...(samples.inEpoch && { inEpoch: async (epoch) => subset(await samplesOf(samples, epoch), numbers) }),
	};
}

/**
 * Samples of one size each: the first axis of tensors counts them.
 *
 * @example tensorSamples({ x: tensor('float32', [4, 2], [0, 0, 0, 1, 1, 0, 1, 1]), y: tensor('float32', [4, 1], [0, 1, 1, 0]) })
 */
export function tensorSamples(inputs: Readonly<Record<string, Tensor>>): Samples {
	const entries = Object.entries(inputs).map(([name, { dtype, shape, data }]) => {
		if (shape.length === 0) throw new RangeError(`tensorSamples: expected ${name} to have rows, got a scalar. Give it a first axis.`);
		if (data.length !== sizeOf(shape)) {
			throw new RangeError(`tensorSamples: expected ${sizeOf(shape)} numbers in ${name}, got ${data.length}. Correct its shape.`);
		}
		return { name, dtype, count: shape[0]!, row: shape.slice(1), data };
	});
	const [first, ...others] = entries;
	if (!first || first.count === 0) throw new RangeError('tensorSamples: expected samples, got none. Pass tensors with rows.');
	const other = others.find(({ count }) => count !== first.count);
	if (other) {
		throw new RangeError(
			`tensorSamples: expected as many rows in ${other.name} as in ${first.name} (${first.count}), got ${other.count}. Pair them.`,
		);
	}
	return {
		size: first.count,
		batch: (samples) =>
			Object.fromEntries(
				entries.map(({ name, dtype, row, data }) => {
					return [name, { dtype, shape: [samples.length, ...row], data: rowsOf(data, sizeOf(row), samples) }];
				}),
			),
		fingerprint: () => hashOf(...entries.flatMap(({ name, row, data }) => [`${name} ${row.join(' ')}`, data])),
	};
}

function rowsOf(data: TensorData, width: number, samples: Uint32Array): TensorData {
	const chosen = new (data.constructor as new (length: number) => Float32Array)(samples.length * width);
	for (const [place, sample] of samples.entries())
		chosen.set((data as Float32Array).subarray(sample * width, (sample + 1) * width), place * width);
	return chosen;
}

/** A hash of texts and numbers. */
export function hashOf(...parts: readonly (string | ArrayBufferView)[]): string {
	const hash = createHash('sha256');
	for (const part of parts) {
		hash.update(typeof part === 'string' ? `${part}\n` : new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
	}
	return hash.digest('hex');
}
