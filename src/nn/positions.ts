// Position encodings: what tells attention the order of its inputs.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { constant, ops, type Parameter, parameter, scope, tensor, type Value } from '../graph/index.js';
import { expectShape } from './check.js';
import { normal } from './initializers.js';
import { of } from './kinds.js';
import type { Layer, Mode } from './layer.js';
import { type Offset, placesFrom } from './offset.js';

/** A layer that adds something for each place; `mode` is not needed. */
export type Positions = Layer<[x: Value, mode?: Mode, given?: PositionInputs]>;

/** Where the steps stand. */
export interface PositionInputs {
	/** The place of the first step. Default 0; when a text goes on, the number of steps before. */
	readonly offset?: Offset;
}

/** Fails unless there is a vector of this width at each place of each text. */
const expectVectors = (who: string, x: Value, width: number) =>
	expectShape(who, x, ['batch', 'time', width], `Set width: ${x.shape.at(-1)}.`);

const { add, cast, concat, cos, gather, mul, reshape, sin, unsqueeze } = ops;

const kindsOfSines: Kinds<{ readonly width: number }> = {
	width: {
		expected: 'an even number from 2',
		fits: (value) => Number.isSafeInteger(value) && (value as number) >= 2 && (value as number) % 2 === 0,
		needed: true,
		next: 'Add 1.',
	},
};

/**
 * Adds sines and cosines of each place to `[batch, time, width]`, of wavelengths from 2π to 20,000π (Vaswani et al. 2017, §3.5): numbers 2i and
 * 2i + 1 are the sine and cosine of place / 10,000^(2i / width). Any length will do.
 */
export function sinusoidalPositions(options: { readonly width: number }): Positions {
	const { width } = optionsOf('sinusoidalPositions', options, kindsOfSines);
	const rates = Array.from({ length: width / 2 }, (_, i) => 1e4 ** ((-2 * i) / width));
	return {
		parameters: {},
		apply: (x, _mode, { offset } = {}) =>
			scope('sinusoidalPositions', () => {
				expectVectors('sinusoidalPositions', x, width);
				// Float16 has no place 2049: angles are computed with at least 32 bits.
				const dtype = x.dtype === 'float64' ? 'float64' : 'float32';
				const places = cast(placesFrom('sinusoidalPositions', x, 1, offset), dtype);
				const angles = mul(unsqueeze(places, [1]), constant(tensor(dtype, [1, width / 2], rates)));
				const pairs = concat(
					[sin(angles), cos(angles)].map((part) => unsqueeze(part, [2])),
					2,
				);
				return add(x, cast(reshape(pairs, [x.shape[1]!, width], [x]), x.dtype));
			}),
	};
}

/** Sizes of learned positions. */
export interface LearnedPositionsOptions {
	/** Places that have a vector: no text may be longer. */
	readonly size: number;
	/** Numbers in a vector. */
	readonly width: number;
	/** Of the first numbers. Default 0.02. */
	readonly deviation?: number;
}

const kindsOfLearned: Kinds<LearnedPositionsOptions> = { size: of.size, width: of.size, deviation: is.number(0) };

/** Adds a learned vector for each place to `[batch, time, width]`; texts may be as long as there are vectors. */
export function learnedPositions(options: LearnedPositionsOptions): Positions & { readonly parameters: { readonly weight: Parameter } } {
	const { size, width, deviation = 0.02 } = optionsOf('learnedPositions', options, kindsOfLearned);
	const weight = parameter([size, width], normal(deviation));
	return {
		parameters: { weight },
		apply: (x, _mode, { offset } = {}) =>
			scope('learnedPositions', () => {
				expectVectors('learnedPositions', x, width);
				return add(x, gather(weight, placesFrom('learnedPositions', x, 1, offset)));
			}),
	};
}
