// Samples in memory, to be cut into batches.
import { createHash } from 'node:crypto';
import { sizeOf, type Tensor } from '../../graph/index.js';
import type { Minibatch } from '../step/trainable.js';

/** What a run trains on or is validated by. */
export interface Samples {
	readonly size: number;
	/** The length of a sample, where those of similar length are to share a batch. */
	lengthOf?(sample: number): number;
	/** The batch of some samples, padded to `length` where they have lengths. Its arrays are its own: they are sent to a worker. */
	batch(samples: Uint32Array, length: number): Minibatch;
	/** A text that differs where the samples do: a checkpoint belongs to its samples. */
	fingerprint(): string;
	/** Where training sees each epoch's own form of the samples (augmented texts): the samples of an epoch, counted from 0; as many as these, in the same order. */
	inEpoch?(epoch: number): Promise<Samples>;
}

/** The samples as training sees them in an epoch. Throws a RangeError where these are not as many. */
export async function samplesOf(samples: Samples, epoch: number): Promise<Samples> {
	const found = (await samples.inEpoch?.(epoch)) ?? samples;
	if (found.size === samples.size) return found;
	throw new RangeError(
		`fit: expected ${samples.size} samples in every epoch, got ${found.size} in epoch ${epoch + 1}. Change samples there, but neither drop nor add any.`,
	);
}

/** A view of some samples, by number. */
export function subset(samples: Samples, numbers: Uint32Array): Samples {
	const outside = numbers.find((sample) => sample >= samples.size);
	if (outside !== undefined) {
		throw new RangeError(`subset: expected numbers below ${samples.size}, got ${outside}. Split the size that these samples have.`);
	}
	return {
		size: numbers.length,
		...(samples.lengthOf && { lengthOf: (sample) => samples.lengthOf!(numbers[sample]!) }),
		batch: (chosen, length) =>
			samples.batch(
				chosen.map((sample) => numbers[sample]!),
				length,
			),
		fingerprint: () => hashOf(samples.fingerprint(), numbers),
		...(samples.inEpoch && { inEpoch: async (epoch) => subset(await samplesOf(samples, epoch), numbers) }),
	};
}

/**
 * Samples of one size each: the rows of tensors, whose first axis counts them.
 *
 * @example rows({ x: tensor('float32', [4, 2], [0, 0, 0, 1, 1, 0, 1, 1]), y: tensor('float32', [4, 1], [0, 1, 1, 0]) })
 */
export function rows(inputs: Readonly<Record<string, Tensor>>): Samples {
	const entries = Object.entries(inputs).map(([name, { dtype, shape, data }]) => {
		if (dtype !== 'float32' && dtype !== 'int32') {
			throw new TypeError(`rows: expected ${name} to be float32 or int32, got ${dtype}. Convert it.`);
		}
		if (shape.length === 0) throw new RangeError(`rows: expected ${name} to have rows, got a scalar. Give it a first axis.`);
		if (data.length !== sizeOf(shape)) {
			throw new RangeError(`rows: expected ${sizeOf(shape)} numbers in ${name}, got ${data.length}. Correct its shape.`);
		}
		return { name, dtype, count: shape[0]!, row: shape.slice(1), data: data as Float32Array | Int32Array };
	});
	const [first, ...others] = entries;
	if (!first || first.count === 0) throw new RangeError('rows: expected samples, got none. Pass tensors with rows.');
	const other = others.find(({ count }) => count !== first.count);
	if (other) {
		throw new RangeError(
			`rows: expected as many rows in ${other.name} as in ${first.name} (${first.count}), got ${other.count}. Pair them.`,
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

function rowsOf<A extends Float32Array | Int32Array>(data: A, width: number, samples: Uint32Array): A {
	const chosen = new (data.constructor as new (length: number) => A)(samples.length * width);
	for (const [place, sample] of samples.entries()) chosen.set(data.subarray(sample * width, (sample + 1) * width), place * width);
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
