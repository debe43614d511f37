// How parameters begin. Each element is a function of its place, so that a seed and a name fix every weight.

import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
import type { Initializer } from '../graph/index.js';
import { of } from './kinds.js';
import { orthonormalRows } from './orthonormal.js';

/** Around which number the others are. */
export interface MeanOptions {
	/** Default 0. */
	readonly mean?: number;
}

/** By how much weights begin larger, see `gains`. */
export interface GainOptions {
	/** Default 1. */
	readonly gain?: number;
}

const meanKinds: Kinds<MeanOptions> = { mean: of.number };
const gainKinds: Kinds<GainOptions> = { gain: of.number };

/** The same number everywhere. */
export function constantly(value: number): Initializer {
	argumentOf('constantly', 'value', value, of.number);
	return (shape) => fill(shape, () => value);
}

/** 0 everywhere. */
export const zeros: Initializer = constantly(0);

/** 1 everywhere. */
export const ones: Initializer = constantly(1);

/** Uniform between mean − bound and mean + bound. */
export function uniform(bound: number, options: MeanOptions = {}): Initializer {
	argumentOf('uniform', 'bound', bound, is.number(0));
	const { mean = 0 } = optionsOf('uniform', options, meanKinds);
	return (shape, draw) => fill(shape, (i) => mean + (2 * draw(i) - 1) * bound);
}

/** Normal, by Box and Muller. */
export function normal(deviation: number, options: MeanOptions = {}): Initializer {
	argumentOf('normal', 'deviation', deviation, is.number(0));
	const { mean = 0 } = optionsOf('normal', options, meanKinds);
	return (shape, draw) => fill(shape, (i) => mean + deviation * standardNormal(draw, i));
}

/** What is drawn again. */
export interface TruncatedNormalOptions extends MeanOptions {
	/** How many deviations from the mean numbers may be. Default 2. */
	readonly within?: number;
}

const truncatedKinds: Kinds<TruncatedNormalOptions> = {
	...meanKinds,
	within: { ...is.number(0.1), expected: 'a number of deviations from 0.1', next: 'For less take uniform.' },
};

/** Normal, but for numbers further than `within` deviations from the mean: these are drawn again. */
export function truncatedNormal(deviation: number, options: TruncatedNormalOptions = {}): Initializer {
	argumentOf('truncatedNormal', 'deviation', deviation, is.number(0));
	const { mean = 0, within = 2 } = optionsOf('truncatedNormal', options, truncatedKinds);
	return (shape, draw) => {
		const size = sizeOfShape(shape);
		return fill(shape, (i) => {
			// A number for each element and try: of 10 elements, the third draws number 2, then 12, then 22, so that no two share one.
			for (let at = i; ; at += size) {
				const number = standardNormal(draw, at);
				if (Math.abs(number) <= within) return mean + deviation * number;
			}
		});
	};
}

/** Uniform with the deviation gain √(2 / (in + out)), which keeps the variance of signals both ways (Glorot and Bengio 2010). */
export function xavierUniform(options: GainOptions = {}): Initializer {
	const { gain = 1 } = optionsOf('xavierUniform', options, gainKinds);
	return (shape, draw) => uniform(Math.sqrt(3) * xavierDeviation(shape, gain))(shape, draw);
}

/** Normal with the deviation gain √(2 / (in + out)) (Glorot and Bengio 2010). */
export function xavierNormal(options: GainOptions = {}): Initializer {
	const { gain = 1 } = optionsOf('xavierNormal', options, gainKinds);
	return (shape, draw) => normal(xavierDeviation(shape, gain))(shape, draw);
}

/** By which numbers Kaiming divides: those of a filter's inputs (`in`) keep the variance forward, `out` backward. */
export interface KaimingOptions {
	readonly fan?: 'in' | 'out';
	/** What the activation after it asks for, see `gains`. Default that of ReLU. */
	readonly gain?: number;
}

const kaimingKinds: Kinds<KaimingOptions> = { fan: is.one('in', 'out'), gain: of.number };

/** Uniform with the deviation gain / √fan (He et al. 2015). */
export function kaimingUniform(options: KaimingOptions = {}): Initializer {
	optionsOf('kaimingUniform', options, kaimingKinds);
	return (shape, draw) => uniform(Math.sqrt(3) * kaimingDeviation(shape, options))(shape, draw);
}

/** Normal with the deviation gain / √fan (He et al. 2015). */
export function kaimingNormal(options: KaimingOptions = {}): Initializer {
	optionsOf('kaimingNormal', options, kaimingKinds);
	return (shape, draw) => normal(kaimingDeviation(shape, options))(shape, draw);
}

/** Rows at right angles and of length `gain`, or columns where there are more rows (Saxe et al. 2013); axes from the second on count as one. */
export function orthogonal(options: GainOptions = {}): Initializer {
	const { gain = 1 } = optionsOf('orthogonal', options, gainKinds);
	return (shape, draw) => {
		const [rows, columns] = [shape[0]!, sizeOfShape(shape.slice(1))];
		if (shape.length < 2) throw new RangeError(`orthogonal: expected at least two axes, got ${shape.length}. Take normal for vectors.`);
		const [few, many] = [Math.min(rows, columns), Math.max(rows, columns)];
		const base = orthonormalRows(few, many, (i) => standardNormal(draw, i));
		return fill(shape, (i) => {
			const [row, column] = [Math.floor(i / columns), i % columns];
			return gain * base[rows <= columns ? row * many + column : column * many + row]!;
		});
	};
}

/** An initializer with one row left at 0, as the padding row of an embedding. */
export function zeroRow(initial: Initializer, row: number): Initializer {
	argumentOf('zeroRow', 'initial', initial, is.function);
	argumentOf('zeroRow', 'row', row, is.whole(0));
	return (shape, draw) => {
		const width = sizeOfShape(shape.slice(1));
		return initial(shape, draw).fill(0, row * width, (row + 1) * width);
	};
}

/** By how much weights begin larger, for the activation that follows them; as torch.nn.init.calculate_gain. */
export const gains = {
	linear: 1,
	sigmoid: 1,
	tanh: 5 / 3,
	relu: Math.SQRT2,
	selu: 3 / 4,
	leakyRelu: (slope = 0.01) => Math.sqrt(2 / (1 + slope ** 2)),
} as const;

const sizeOfShape = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

const standardNormal = (draw: (index: number) => number, i: number) =>
	Math.sqrt(-2 * Math.log(1 - draw(2 * i))) * Math.cos(2 * Math.PI * draw(2 * i + 1));

/** The inputs of one output, and the outputs of one input, of weights `[out, in, …window]`. */
function fans(shape: readonly number[]): { in: number; out: number } {
	if (shape.length < 2)
		throw new RangeError(`initializer: expected weights of at least two axes, got ${shape.length}. Take uniform or normal for vectors.`);
	const window = sizeOfShape(shape.slice(2));
	return { in: shape[1]! * window, out: shape[0]! * window };
}

function xavierDeviation(shape: readonly number[], gain: number): number {
	const fan = fans(shape);
	return gain * Math.sqrt(2 / (fan.in + fan.out));
}

const kaimingDeviation = (shape: readonly number[], { fan = 'in', gain = Math.SQRT2 }: KaimingOptions) =>
	gain / Math.sqrt(fans(shape)[fan]);

function fill(shape: readonly number[], value: (index: number) => number): Float32Array {
	const data = new Float32Array(sizeOfShape(shape));
	for (let i = 0; i < data.length; i++) data[i] = value(i);
	return data;
}
