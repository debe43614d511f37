// Convolution over time and the maximum over it, together: the feature extractor of Kim 2014 ("Convolutional Neural Networks for
// Sentence Classification", section 2). Each maximum comes from one window of a text, so that the gradient of a filter is a sum over the texts, of that
// one window each. With 50 windows in a text, a convolution by itself would sum 50 times as many.

import { type Kinds, optionsOf } from '../base/index.js';
import {
	constant,
	ops,
	type Parameter,
	parameter,
	productDims,
	ShapeError,
	scalar,
	scope,
	showShape,
	tensor,
	type Value,
	withGradient,
} from '../graph/index.js';
import { uniform } from './initializers.js';
import { of } from './kinds.js';
import type { Layer, ParameterTree } from './layer.js';
import { farBelow } from './lowest.js';

const { add, argMax, cast, concat, expand, gather, gemm, less, matMul, mul, pad, places, reduceMax } = ops;
const { relu, reshape, scatterElements, sizeAt, slice, squeeze, sub, transpose, unsqueeze, where } = ops;

/** One convolution. */
interface Filters extends ParameterTree {
	/** `[out, in, kernel]` as PyTorch's Conv1d. */
	readonly weight: Parameter;
	readonly bias: Parameter;
}

/** Sizes of convolutions over time. */
export interface ConvMaxOptions {
	readonly in: number;
	/** Filters of each kernel size. */
	readonly out: number;
	/** Kernel sizes: steps in a window, in ascending order. */
	readonly kernels: readonly number[];
}

const kinds: Kinds<ConvMaxOptions> = {
	in: of.size,
	out: of.size,
	kernels: {
		expected: 'whole numbers from 1 in ascending order',
		fits: (value) => of.counts.fits(value) && (value as number[]).every((size, at, all) => at === 0 || size > all[at - 1]!),
		needed: true,
		next: 'Pass some, such as [3, 4, 5].',
	},
};

/**
 * For each kernel size, `out` filters over windows of that many steps, then ReLU and the maximum over time:
 * `[batch, time, in]` and lengths `[batch]` to `[batch, kernels × out]`. Windows that reach past a text's end do not count; a text shorter
 * than a window counts once, filled with zeros. The time axis must be at least as long as the widest window.
 */
export function convMax(options: ConvMaxOptions): Layer<[x: Value, lengths: Value]> {
	const { in: inputs, out, kernels } = optionsOf('convMax', options, kinds);
	const convolutions = kernels.map((kernel): Filters => {
		const bound = 1 / Math.sqrt(inputs * kernel);
		return { weight: parameter([out, inputs, kernel], uniform(bound)), bias: parameter([out], uniform(bound)) };
	});
	return {
		parameters: Object.fromEntries(convolutions.entries()),
		apply: (x, lengths) =>
			scope('convMax', () => {
				if (x.shape.length !== 3 || x.shape[2] !== inputs) {
					throw new ShapeError(`convMax: expected batch×time×${inputs}, got ${showShape(x.shape)}. Set in: ${x.shape.at(-1)}.`);
				}
				const largest = largestProducts({ x, lengths, weights: convolutions.map(({ weight }) => weight) });
				// A filter's bias is the same for all windows, and ReLU keeps their order: both can wait until after the maximum.
				const bias = concat(
					convolutions.map(({ bias }) => bias),
					0,
				);
				return relu(add(largest, bias));
			}),
	};
}

/** `[batch, time, n]` as a matrix of batch × time rows. */
function flatten(x: Value): Value {
	return reshape(x, [productDims(x.shape.slice(0, 2)), x.shape[2]!]);
}

/** The largest product of each filter with a window, for all kernel sizes side by side: `[batch, kernels × out]`. */
function largestProducts({ x, lengths, weights }: { x: Value; lengths: Value; weights: readonly Parameter[] }): Value {
	const [batch, time] = x.shape;
	const [out] = weights[0]!.shape as [number];
	const rows = flatten(x);
	const widest = Math.max(...weights.map((weight) => weight.shape[2]!));
	const padded = pad(rows, 0, 0, widest - 1);
	/** Row r of the i-th holds row r + i of `rows`, or 0 beyond the last. */
	const shifted = Array.from({ length: widest }, (_, i) => (i === 0 ? rows : slice(padded, 0, i, i - widest + 1 || undefined)));
	const convolutions = weights.map((weight) => {
		const [, , kernel] = weight.shape as [number, number, number];
		/** What the filters hold for the i-th step of a window, their i-th tap: `[out, in]`. */
		const taps = Array.from({ length: kernel }, (_, i) => gather(weight, scalar(i, 'int32'), 2));
		// The product of a window is a sum over its steps: tap 0 times row r, tap 1 times row r + 1 … Near the end of a text row r + 1 belongs to the next
		// one: `beyondEnd` rules these windows out.
		const products = taps.reduce<Value>((sum, tap, i) => gemm(shifted[i]!, tap, sum, { transB: true }), beyondEnd(x, lengths, kernel));
		const windows = reshape(products, [batch!, time!, out], [x]);
		return { weight, taps, windows, largest: reduceMax(windows, { axes: [1] }) };
	});
	const largest = concat(
		convolutions.map(({ largest }) => largest),
		1,
	);

	return withGradient([x, ...weights], largest, (gradient) => {
		const maxima = convolutions.map(({ windows }) => cast(argMax(windows, 1), 'int32'));
		// The gradient of all products, side by side: each filter's at the place of its maximum, 0 elsewhere.
		const zeros = expand(scalar(0, gradient.dtype), [batch!, time!, gradient.shape[1]!], [x]);
		const spread = flatten(scatterElements(zeros, unsqueeze(concat(maxima, 1), [1]), unsqueeze(gradient, [1]), 1));
		// Step r stood at tap i of the window that began at r − i, so that dxᵣ = Σᵢ dyᵣ₋ᵢ tapᵢ. With three taps the sum is built from the last one on, by
		// Horner's rule: dx = dy tap₂; dx = dy tap₁ + dx moved by a step; dx = dy tap₀ + dx moved by a step. A kernel of 3 has no tap 3: that takes the
		// larger kernels only, which are the last columns, as sizes ascend.
		let dx: Value | undefined;
		for (let i = widest - 1; i >= 0; i--) {
			const wider = convolutions.filter(({ taps }) => i < taps.length);
			const columns = wider.length === convolutions.length ? spread : slice(spread, 1, -wider.length * out);
			const taps = concat(
				wider.map(({ taps }) => taps[i]!),
				0,
			);
			dx = gemm(columns, taps, dx && pad(dx, 0, 1, -1));
		}
		const own = weights.map((weight, at) => {
			const columns = slice(gradient, 1, at * out, (at + 1) * out);
			return weightGradient({ x, rows, weight, place: maxima[at]!, gradient: columns });
		});
		return [reshape(dx!, x.shape, [x]), ...own];
	});
}

/**
 * The gradient of filters `[out, in, kernel]`: the window at each maximum, times its gradient, summed over the batch.
 * `place` and `gradient` are `[batch, out]`: where the maximum is in time, and its gradient.
 */
function weightGradient({
	x,
	rows,
	weight,
	place,
	gradient,
}: {
	x: Value;
	rows: Value;
	weight: Parameter;
	place: Value;
	gradient: Value;
}): Value {
	const [out, inputs, kernel] = weight.shape as [number, number, number];
	const length = cast(squeeze(sizeAt(x, 1), [0]), 'int32');
	const first = add(place, mul(unsqueeze(places(x, 0), [1]), length));
	const steps = constant(
		tensor(
			'int32',
			[1, 1, kernel],
			Array.from({ length: kernel }, (_, i) => i),
		),
	);
	const windows = gather(rows, add(unsqueeze(transpose(first), [2]), steps));
	const flat = reshape(windows, [out, x.shape[0]!, kernel * inputs], [x]);
	const sum = matMul(unsqueeze(transpose(gradient), [1]), flat);
	return transpose(reshape(sum, [out, kernel, inputs]), [0, 2, 1]);
}

/** For each row, 0 where a window of this size may begin, and a large negative number beyond: `[batch × time, 1]`. */
function beyondEnd(x: Value, lengths: Value, kernel: number): Value {
	// A text shorter than the window keeps its first one.
	const last = sub(lengths, kernel);
	const count = where(less(last, 0), scalar(1, 'int32'), add(last, 1));
	const within = less(unsqueeze(places(x, 1), [0]), unsqueeze(count, [1]));
	return reshape(where(within, scalar(0, x.dtype), farBelow(x.dtype)), [productDims(x.shape.slice(0, 2)), 1]);
}
