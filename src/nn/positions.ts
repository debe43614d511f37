// Position encodings: what tells attention the order of its inputs.
import { constant, ops, type Parameter, parameter, scope, tensor, type Value } from '../graph/index.js';
import { expectShape } from './check.js';
import { normal } from './initializers.js';
import type { Layer } from './layer.js';

/** Fails unless there is a vector of this width at each place of each text. */
const expectVectors = (who: string, x: Value, width: number) =>
	expectShape(who, x, ['batch', 'time', width], `Set width: ${x.shape.at(-1)}.`);

const { add, cast, concat, cos, gather, mul, places, reshape, sin, unsqueeze } = ops;

/**
 * Adds sines and cosines of each place to `[batch, time, width]`, of wavelengths from 2π to 20,000π (Vaswani et al. 2017, §3.5): numbers 2i and
 * 2i + 1 are the sine and cosine of place / 10,000^(2i / width). Any length will do.
 */
export function sinusoidalPositions({ width }: { width: number }): Layer<[x: Value]> {
	if (!Number.isInteger(width / 2)) throw new RangeError(`sinusoidalPositions: expected an even width, got ${width}. Add 1.`);
	const rates = Array.from({ length: width / 2 }, (_, i) => 1e4 ** ((-2 * i) / width));
	return {
		parameters: {},
		apply: (x) =>
			scope('sinusoidalPositions', () => {
				expectVectors('sinusoidalPositions', x, width);
				const angles = mul(unsqueeze(cast(places(x, 1), x.dtype), [1]), constant(tensor(x.dtype, [1, width / 2], rates)));
				const pairs = concat(
					[sin(angles), cos(angles)].map((part) => unsqueeze(part, [2])),
					2,
				);
				return add(x, reshape(pairs, [x.shape[1]!, width], [x]));
			}),
	};
}

/** Adds a learned vector for each place to `[batch, time, width]`; texts may be as long as there are vectors. */
export function learnedPositions({ size, width, deviation = 0.02 }: { size: number; width: number; deviation?: number }): Layer<
	[x: Value]
> & {
	parameters: { weight: Parameter };
} {
	const weight = parameter([size, width], normal(deviation));
	return {
		parameters: { weight },
		apply: (x) =>
			scope('learnedPositions', () => {
				expectVectors('learnedPositions', x, width);
				return add(x, gather(weight, places(x, 1)));
			}),
	};
}
