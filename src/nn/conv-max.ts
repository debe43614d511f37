// Convolution over time and the maximum over it, together: the feature extractor of Kim 2014 ("Convolutional Neural Networks for
// Sentence Classification", section 2). Together because a maximum comes from one window: the weight gradient then needs that one
// of each text and filter, not all.
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
import type { Layer, ParameterTree } from './layer.js';

const { add, argMax, cast, concat, expand, gather, gemm, less, matMul, mul, pad, places, reduceMax } = ops;
const { relu, reshape, scatterElements, sizeAt, slice, squeeze, sub, transpose, unsqueeze, where } = ops;

/** Added to windows that lie beyond a text's end, so that no maximum is there. */
const outside = -3e38;

/** One convolution. */
interface Filters extends ParameterTree {
	/** `[out, in, width]` as PyTorch's Conv1d. */
	readonly weight: Parameter;
	readonly bias: Parameter;
}

/**
 * For each width, `out` filters over windows of that many steps, then ReLU and the maximum over time:
 * `[batch, time, in]` and lengths `[batch]` to `[batch, widths × out]`. Windows that reach past a text's end do not count; a text shorter
 * than a window counts once, filled with zeros. The time axis must be at least as long as the widest window.
 */
export function convMax({
	in: inputs,
	out,
	widths,
}: {
	in: number;
	out: number;
	widths: readonly number[];
}): Layer<[x: Value, lengths: Value]> {
	if (widths.length === 0 || widths.some((width, at) => !Number.isInteger(width) || width < 1 || width <= (widths[at - 1] ?? 0))) {
		throw new RangeError(
			`convMax: expected widths to be whole numbers from 1 in ascending order, got [${widths.join(', ')}]. Pass some, such as [3, 4, 5].`,
		);
	}
	const convolutions = widths.map((width): Filters => {
		const bound = 1 / Math.sqrt(inputs * width);
		return { weight: parameter([out, inputs, width], uniform(bound)), bias: parameter([out], uniform(bound)) };
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

/** The largest product of each filter with a window, for all widths side by side: `[batch, widths × out]`. */
function largestProducts({ x, lengths, weights }: { x: Value; lengths: Value; weights: readonly Parameter[] }): Value {
	const [batch, time] = x.shape;
	const [out] = weights[0]!.shape as [number];
	const rows = flatten(x);
	const widest = Math.max(...weights.map((weight) => weight.shape[2]!));
	const padded = pad(rows, 0, 0, widest - 1);
	/** Row r of the i-th holds row r + i of `rows`, or 0 beyond the last. */
	const shifted = Array.from({ length: widest }, (_, i) => (i === 0 ? rows : slice(padded, 0, i, i - widest + 1 || undefined)));
	const convolutions = weights.map((weight) => {
		const [, , width] = weight.shape as [number, number, number];
		/** The filters' part for the i-th step of a window: `[out, in]`. */
		const taps = Array.from({ length: width }, (_, i) => gather(weight, scalar(i, 'int32'), 2));
		// A window's product is a sum over its steps; rows of the next text that a window would reach into are ruled out.
		const products = taps.reduce<Value>((sum, tap, i) => gemm(shifted[i]!, tap, sum, { transB: true }), beyondEnd(x, lengths, width));
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
		const zeros = expand(scalar(0), [batch!, time!, gradient.shape[1]!], [x]);
		const spread = flatten(scatterElements(zeros, unsqueeze(concat(maxima, 1), [1]), unsqueeze(gradient, [1]), 1));
		// Step r was tap i of the window that began at r − i: dx = Σᵢ shiftⁱ(dy tapᵢ), by Horner's rule. A tap takes the filters that
		// are wide enough to have it: the last columns, widths being in ascending order.
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
 * The gradient of filters `[out, in, width]`: the window at each maximum, times its gradient, summed over the batch.
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
	const [out, inputs, width] = weight.shape as [number, number, number];
	const length = cast(squeeze(sizeAt(x, 1), [0]), 'int32');
	const first = add(place, mul(unsqueeze(places(x, 0), [1]), length));
	const steps = constant(
		tensor(
			'int32',
			[1, 1, width],
			Array.from({ length: width }, (_, i) => i),
		),
	);
	const windows = gather(rows, add(unsqueeze(transpose(first), [2]), steps));
	const flat = reshape(windows, [out, x.shape[0]!, width * inputs], [x]);
	const sum = matMul(unsqueeze(transpose(gradient), [1]), flat);
	return transpose(reshape(sum, [out, width, inputs]), [0, 2, 1]);
}

/** For each row, 0 where a window of this width may begin, and a large negative number beyond: `[batch × time, 1]`. */
function beyondEnd(x: Value, lengths: Value, width: number): Value {
	// A text shorter than the window keeps its first one.
	const last = sub(lengths, width);
	const count = where(less(last, 0), scalar(1, 'int32'), add(last, 1));
	const within = less(unsqueeze(places(x, 1), [0]), unsqueeze(count, [1]));
	return reshape(where(within, scalar(0), outside), [productDims(x.shape.slice(0, 2)), 1]);
}
