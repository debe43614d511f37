// Classes that a batch's outputs say, beside the true ones.

import { is, type Kinds } from '../base/index.js';
import type { Tensor } from '../graph/index.js';
import { isFloat, isHalf } from '../tensors/tensor.js';
import type { MeasuredBatch } from './metric.js';

/** Which outputs and inputs a metric of classes reads. */
export interface ClassMetricOptions {
	/**
	 * The output that says classes. Default `logits`: `[…, classes]`, of which the largest counts, the first of equal ones; or, for targets 0 and 1, one
	 * logit for each target, which says 1 above 0; or class numbers as they are, of an integer type.
	 */
	readonly logits?: string | undefined;
	/** The input with the true classes `[…]`. Default `targets`. */
	readonly targets?: string | undefined;
	/** A target that does not count, such as that of padding. */
	readonly ignore?: number | undefined;
}

/** The kinds of these options. */
export const classKinds: Kinds<ClassMetricOptions> = { logits: is.name, targets: is.name, ignore: is.whole() };

/** Calls `visit` with each prediction that counts, its target, and the target's place among all. */
export function eachPrediction(
	who: string,
	{ outputs, inputs }: MeasuredBatch,
	{ logits = 'logits', targets = 'targets', ignore }: ClassMetricOptions,
	visit: (prediction: number, target: number, place: number) => void,
): void {
	const said = named(who, 'an output', logits, outputs);
	const truth = named(who, 'an input', targets, inputs);
	if (isHalf(said.dtype))
		throw new RangeError(`${who}: expected ${logits} to be numbers that can be compared, got ${said.dtype}. Cast the output to float32.`);
	const predicted = predictions(said, truth);
	if (!predicted) {
		const both = `${show(said)} and ${show(truth)}`;
		throw new RangeError(
			`${who}: expected ${logits} to have the shape of ${targets}, or one axis more, got ${both}. Name an output and an input that belong together.`,
		);
	}
	for (let place = 0; place < truth.data.length; place++) {
		const target = Number(truth.data[place]);
		if (target !== ignore) visit(predicted(place), target, place);
	}
}

/** The tensor of this name. Throws a RangeError where there is none. */
export function named(who: string, what: string, name: string, all: Readonly<Record<string, Tensor>>): Tensor {
	if (Object.hasOwn(all, name)) return all[name]!;
	throw new RangeError(`${who}: expected ${what} called ${name}, got ${Object.keys(all).join(', ') || 'none'}. Name one of these.`);
}

/** What is said at a place; nothing where the shapes do not belong together. */
function predictions({ dtype, shape, data }: Tensor, truth: Tensor): ((place: number) => number) | undefined {
	const begins = truth.shape.every((size, axis) => size === shape[axis]);
	if (begins && shape.length === truth.shape.length + 1) {
		const classes = shape.at(-1)!;
		return (place) => largestOf(data as ArrayLike<number>, place * classes, classes);
	}
	if (!begins || shape.length !== truth.shape.length) return undefined;
	return (place) => (isFloat(dtype) ? Number((data[place] as number) > 0) : Number(data[place]));
}

/** The place of the largest of `count` numbers from `first` on. */
function largestOf(numbers: ArrayLike<number>, first: number, count: number): number {
	let best = first;
	for (let at = first + 1; at < first + count; at++) if (numbers[at]! > numbers[best]!) best = at;
	return best - first;
}

const show = ({ shape }: Tensor) => shape.join('×') || 'scalar';
