// Convolution over time and the maximum over it, together: the feature extractor of Kim 2014 ("Convolutional Neural Networks for
// Sentence Classification", section 2). Taken together because the maximum has one source per filter: its weight gradient
// needs one window of each text, not all.
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

const { add, argMax, cast, concat, equal, gather, gemm, less, matMul, mul, pad, places, reduceMax } = ops;
const { relu, reshape, sizeAt, slice, squeeze, sub, transpose, unsqueeze, where } = ops;

/** Added to windows that lie beyond a text's end, so that no maximum is there. */
const outside = -1e30;

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
				const rows = flatten(x);
				const shifted = shifts(rows, Math.max(...widths));
				const features = convolutions.map(({ weight, bias }) => {
					const largest = maxOfWindows({ x, rows, shifted, lengths, weight });
					// The bias is the same for all windows, and ReLU keeps their order: both can wait until after the maximum.
					return relu(add(largest, bias));
				});
				return concat(features, 1);
			}),
	};
}

/** `[batch, time, n]` as a matrix of batch × time rows. */
function flatten(x: Value): Value {
	return reshape(x, [productDims(x.shape.slice(0, 2)), x.shape[2]!]);
}

/** The matrix moved up by 0, 1, … rows, zeros following: row r of the i-th holds step r + i. */
function shifts(rows: Value, count: number): Value[] {
	const padded = pad(rows, 0, 0, count - 1);
	return Array.from({ length: count }, (_, i) => (i === 0 ? rows : slice(padded, 0, i, i - count + 1 || undefined)));
}

interface Windows {
	readonly x: Value;
	readonly rows: Value;
	readonly shifted: readonly Value[];
	readonly lengths: Value;
	readonly weight: Parameter;
}

/** The largest product of each filter with a window: `[batch, out]`. */
function maxOfWindows({ x, rows, shifted, lengths, weight }: Windows): Value {
	const [out, inputs, width] = weight.shape as [number, number, number];
	const [batch, time] = x.shape;
	const perStep = transpose(weight, [2, 1, 0]);
	const taps = Array.from({ length: width }, (_, i) => squeeze(slice(perStep, 0, i, i + 1), [0]));
	// A window is a sum over its steps of step times tap; rows of the next text that a window reaches into are ruled out.
	const products = taps.reduce<Value>((sum, tap, i) => gemm(shifted[i]!, tap, sum), beyondEnd(x, lengths, width));
	const windows = reshape(products, [batch!, time!, out], [x]);
	const largest = reduceMax(windows, { axes: [1] });

	return withGradient([x, weight], largest, (gradient) => {
		const place = cast(argMax(windows, 1), 'int32');
		const hit = equal(unsqueeze(places(x, 1), [0, 2]), unsqueeze(place, [1]));
		const spread = flatten(where(hit, unsqueeze(gradient, [1]), 0));
		// dx: step r was tap i of the window that began at r − i.
		const padded = pad(spread, 0, width - 1, 0);
		const dx = taps.reduce<Value | undefined>((sum, tap, i) => {
			const moved = i === 0 ? spread : slice(padded, 0, width - 1 - i, -i);
			return gemm(moved, tap, sum, { transB: true });
		}, undefined)!;
		// dW: the window at the maximum, times the gradient, summed over the batch.
		const length = cast(squeeze(sizeAt(x, 1), [0]), 'int32');
		const first = add(place, mul(unsqueeze(places(x, 0), [1]), length));
		const steps = constant(
			tensor(
				'int32',
				[1, 1, width],
				Array.from({ length: width }, (_, i) => i),
			),
		);
		const window = gather(rows, add(unsqueeze(transpose(first), [2]), steps));
		const flat = reshape(window, [out, batch!, width * inputs], [x]);
		const dw = matMul(unsqueeze(transpose(gradient), [1]), flat);
		return [reshape(dx, x.shape, [x]), transpose(reshape(dw, [out, width, inputs]), [0, 2, 1])];
	});
}

/** For each row, 0 where a window of this width may begin, and a large negative number beyond: `[batch × time, 1]`. */
function beyondEnd(x: Value, lengths: Value, width: number): Value {
	// A text shorter than the window keeps its first one.
	const last = sub(lengths, width);
	const count = where(less(last, 0), scalar(1, 'int32'), add(last, 1));
	const within = less(unsqueeze(places(x, 1), [0]), unsqueeze(count, [1]));
	return reshape(where(within, scalar(0), outside), [productDims(x.shape.slice(0, 2)), 1]);
}
