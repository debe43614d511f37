// What a loss is: a sum and a weight. Parts of a batch, batches of a step and batches of a validation then add up to the loss of all of them.
import { argumentOf, is } from '../../base/index.js';
import { ops, ShapeError, scalar, scope, showShape, type Value } from '../../graph/index.js';
import { of } from '../kinds.js';

const { cast, div, equal, expandTo, mul, reduceSum, sizeOfAll, where } = ops;

/** A loss: Σ of the elements' losses, and what they count for in all (targets, tokens, class weights). Its mean is sum / weight. */
export interface Loss {
	/** Scalar: Σ wᵢ lᵢ. */
	readonly sum: Value;
	/** Scalar, of the sum's dtype: Σ wᵢ; 0 where nothing counts (no masked token). */
	readonly weight: Value;
	/** The losses of single elements, each times its weight. */
	readonly each: Value;
}

/** sum / weight; 0 where the weight is 0, with a gradient of 0. */
export function meanLoss({ sum, weight }: Pick<Loss, 'sum' | 'weight'>): Value {
	return scope('meanLoss', () => {
		if (weight.constant && Number(weight.constant.data[0]) !== 0) return div(sum, weight);
		// Not only the result is chosen but the divisor, too: the gradient of x / 0 would be no number, and times 0 it still is none.
		const nothing = equal(weight, 0);
		return where(nothing, scalar(0, sum.dtype), div(sum, where(nothing, scalar(1, weight.dtype), weight)));
	});
}

/**
 * A loss times a factor; what it counts for stays. So parts of a total are weighed against each other.
 *
 * @example
 * loss: ({ labels, slots }, targets) => ({
 *   labels: nn.crossEntropy(labels, targets.labels),
 *   slots: nn.weighted(nn.crossEntropy(slots, targets.slots, { ignore: 0 }), 0.5),
 * })
 */
export function weighted({ sum, weight, each }: Loss, factor: number | Value): Loss {
	argumentOf('weighted', 'factor', factor, is.either(of.number, of.value));
	return { sum: mul(sum, factor), weight, each: mul(each, factor) };
}

/**
 * Losses of elements that a model computes itself as a loss; `weights`, of their shape or one that broadcasts to it, say how much each element
 * counts, 1 where there are none.
 *
 * @example
 * nn.loss(ops.abs(ops.sub(guess, y))); // the mean absolute error, when it is divided by its weight
 */
export function loss(each: Value, weights?: Value): Loss {
	return scope('loss', () => {
		if (!weights) return lossOf(each);
		const own = cast(weights, each.dtype);
		const losses = mul(each, own);
		if (showShape(losses.shape) !== showShape(each.shape)) {
			throw new ShapeError(
				`loss: expected weights that broadcast to ${showShape(each.shape)}, got ${showShape(weights.shape)}. Reshape them to one for each element.`,
			);
		}
		return lossOf(losses, expandTo(own, each));
	});
}

/** A loss of elements that are weighed already: `weights` are what is counted, by default 1 for each element. */
export function lossOf(each: Value, weights?: Value): Loss {
	return { sum: reduceSum(each), weight: weights ? reduceSum(weights) : countOf(each), each };
}

/** The number of elements of a value, in its own type: a constant where its sizes are known. */
function countOf(x: Value): Value {
	const size = sizeOfAll(x);
	return size.constant ? scalar(Number(size.constant.data[0]), x.dtype) : cast(size, x.dtype);
}

/** A loss of single elements: both values are of one shape, and each element counts 1. */
export function elementLoss(
	who: string,
	[predictions, targets]: readonly [Value, Value],
	losses: (predictions: Value, targets: Value) => Value,
): Loss {
	return scope(who, () => {
		if (showShape(predictions.shape) !== showShape(targets.shape)) {
			throw new ShapeError(
				`${who}: expected targets ${showShape(predictions.shape)}, got ${showShape(targets.shape)}. Reshape one of them.`,
			);
		}
		return lossOf(losses(predictions, targets));
	});
}
