// A model with everything that training treats in a way of its own, and samples for it: a table large enough for host memory, lengths, numbers
// beside the words, dropout, batch normalization. And the smallest model, a line.

import { ops, type Tensor, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { randomFloat, randomUint32 } from 'textloom/stream';
import { type Samples, type Trainable, tensorSamples } from 'textloom/train';
import { dataOf } from './steps.js';

const [words, width, numbers, classes, longest] = [700, 80, 4, 3, 7];

/** Ids `[batch, time]` with lengths, numbers `[batch, 4]`, targets `[batch]`. */
export function mixed({
	dropout = 0,
	norm = false,
}: {
	dropout?: number;
	norm?: boolean;
} = {}): Trainable<'ids' | 'lengths' | 'numbers' | 'targets'> {
	const embed = nn.embedding({ size: words, width, padding: 0 });
	const mean = nn.meanOverTime();
	const inner = nn.linear({ in: width + numbers, out: 16 });
	const batchNorm = nn.batchNorm({ channels: 16 });
	const drop = nn.dropout(dropout);
	const out = nn.linear({ in: 16, out: classes });
	return {
		parameters: {
			embed: embed.parameters,
			inner: inner.parameters,
			...(norm && { norm: batchNorm.parameters }),
			out: out.parameters,
		},
		inputs: {
			ids: { dtype: 'int32', shape: ['batch', 'time'] },
			lengths: { dtype: 'int32', shape: ['batch'] },
			numbers: { dtype: 'float32', shape: ['batch', numbers] },
			targets: { dtype: 'int32', shape: ['batch'] },
		},
		apply: ({ ids, lengths, numbers }, mode) => {
			const features = inner.apply(ops.concat([mean.apply(embed.apply(ids), lengths), numbers], 1));
			return { logits: out.apply(drop.apply(ops.relu(norm ? batchNorm.apply(features, mode) : features), mode)) };
		},
		loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets),
	};
}

/** Samples of the model: lengths from 1 to 7, classes that follow from the words and the numbers. */
export function mixedSamples(size: number, seed = 0): Samples {
	const lengthOf = (sample: number) => 1 + (randomUint32(seed, 0, sample) % longest);
	const idOf = (sample: number, place: number) => 1 + (randomUint32(seed, 1, sample * longest + place) % (words - 1));
	const all = Array.from({ length: size }, (_, sample) => sample);
	const numbersOf = (sample: number) => Array.from({ length: numbers }, (_, i) => randomFloat(seed, 2, sample * numbers + i) - 0.5);
	const plain = tensorSamples({
		lengths: tensor('int32', [size], all.map(lengthOf)),
		numbers: tensor('float32', [size, numbers], all.flatMap(numbersOf)),
		targets: tensor(
			'int32',
			[size],
			all.map((sample) => (idOf(sample, 0) + Math.floor(2 * (numbersOf(sample)[0]! + 0.5))) % classes),
		),
	});
	return {
		...plain,
		lengths: { time: all.map(lengthOf) },
		batch: (samples, { time = longest }) => {
			const ids = Array.from(samples, (sample) => Array.from({ length: time }, (_, i) => (i < lengthOf(sample) ? idOf(sample, i) : 0)));
			return { ids: tensor('int32', [samples.length, time], ids.flat()), ...plain.batch(samples, {}) };
		},
	};
}

/** y = w x + b by the mean squared error. */
export function line(): Trainable<'x' | 'y'> {
	const layer = nn.linear({ in: 1, out: 1 });
	return {
		parameters: layer.parameters,
		inputs: { x: { dtype: 'float32', shape: ['batch', 1] }, y: { dtype: 'float32', shape: ['batch', 1] } },
		apply: ({ x }) => ({ guess: layer.apply(x) }),
		loss: ({ guess }, { y }) => nn.mseLoss(guess!, y),
	};
}

/** Points about y = 2x − 1, x from −1 to 1. */
export function points(size: number, noise = 0.1): Samples {
	const xs = Array.from({ length: size }, (_, i) => (2 * i) / (size - 1) - 1);
	const ys = xs.map((x, i) => 2 * x - 1 + noise * (randomFloat(3, 0, i) - 0.5));
	return tensorSamples({ x: tensor('float32', [size, 1], xs), y: tensor('float32', [size, 1], ys) });
}

/** The bits, so that −0 and 0 differ and NaN would be seen. */
export const bits = (state: Readonly<Record<string, Tensor | Float32Array>>) =>
	Object.fromEntries(Object.entries(state).map(([name, value]) => [name, new Int32Array(dataOf(value).slice().buffer)]));

/** The largest distance between two numbers of two states; infinite where their names differ. */
export function largestDifference(
	a: Readonly<Record<string, Tensor | Float32Array>>,
	b: Readonly<Record<string, Tensor | Float32Array>>,
): number {
	if (Object.keys(a).sort().join() !== Object.keys(b).sort().join()) return Number.POSITIVE_INFINITY;
	const distances = Object.entries(a).map(([name, value]) => {
		const other = dataOf(b[name]!);
		return dataOf(value).reduce((most, x, i) => Math.max(most, Math.abs(x - other[i]!)), 0);
	});
	return Math.max(...distances);
}

/** A record without what depends on the clock. */
export const untimed = <R extends { seconds: number; samplesPerSecond: number }>({ seconds: _, samplesPerSecond: __, ...record }: R) =>
	record;
