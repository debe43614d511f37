// What a loss is: a sum and a weight, so that losses add up over batches, and over the parts of a step, by what counts in them.
import { ops, ShapeError, scalar, scope, showShape, type Value } from '../../graph/index.js';

/** A loss: Σ of the elements' losses, and what they count for in all (targets, tokens, class weights). Its mean is sum / weight. */
export interface Loss {
	/** Scalar: Σ wᵢ lᵢ. */
	readonly sum: Value;
	/** Scalar of the sum's type: Σ wᵢ; 0 where nothing counts, as where no token is masked. */
	readonly weight: Value;
	/** The losses of single elements, each times its weight. */
	readonly each: Value;
}

/** sum / weight, as PyTorch's mean; 0 where the weight is 0, and so is its gradient then. */
export function meanLoss({ sum, weight }: Pick<Loss, 'sum' | 'weight'>): Value {
	return scope('mean', () => {
		const none = ops.equal(weight, 0);
		const zero = scalar(0, sum.dtype);
		return ops.where(none, zero, ops.div(ops.where(none, zero, sum), ops.where(none, scalar(1, weight.dtype), weight)));
	});
}

/**
 * A loss times a factor: how much a part counts in a total of several losses.
 *
 * @example loss: ({ words, order }, { masked, next }) => ({ words: nn.crossEntropy(words, masked), order: nn.weighted(nn.crossEntropy(order, next), 0.5) })
 */
export function weighted({ sum, weight, each }: Loss, factor: number | Value): Loss {
	return { sum: ops.mul(sum, factor), weight, each: ops.mul(each, factor) };
}

/**
 * A loss of one's own: `each` holds the losses of elements, which count by `weights` (of the same shape, or what broadcasts to it), or by 1 each.
 *
 * @example loss: ({ guess }, { y }) => nn.loss(ops.abs(ops.sub(guess, y)))
 */
export function loss(each: Value, weights?: Value): Loss {
	if (!weights) return lossOf(each, countOf(each));
	const weighed = ops.mul(each, weights);
	if (showShape(weighed.shape) !== showShape(each.shape))
		throw new ShapeError(`loss: expected weights that fit ${showShape(each.shape)}, got ${showShape(weights.shape)}. Reshape them.`);
	return lossOf(weighed, ops.reduceSum(ops.expandTo(weights, each)));
}

/** The loss of weighed elements. */
export const lossOf = (each: Value, weight: Value): Loss => ({ sum: ops.reduceSum(each), weight, each });

/** How many elements a value has, in the type of `like`. */
export const countOf = (x: Value, like: Value = x): Value => ops.cast(ops.sizeOfAll(x), like.dtype);

/** A loss of single elements that count 1 each: both values are of one shape. */
export function elementLoss(
	who: string,
	[predictions, targets]: readonly [Value, Value],
	each: (predictions: Value, targets: Value) => Value,
): Loss {
	return scope(who, () => {
		if (showShape(predictions.shape) !== showShape(targets.shape)) {
			throw new ShapeError(
				`${who}: expected targets ${showShape(predictions.shape)}, got ${showShape(targets.shape)}. Reshape one of them.`,
			);
		}
		return lossOf(each(predictions, targets), countOf(predictions));
	});
}
