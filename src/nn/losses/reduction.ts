// How the losses of single elements become the loss: as in PyTorch.
import { ops, ShapeError, scope, showShape, type Value } from '../../graph/index.js';

/** `mean` and `sum` give one number; `none` gives every element's own loss. */
export interface LossOptions {
	/** Default `mean`. */
	readonly reduction?: 'none' | 'mean' | 'sum';
}

const reductions = {
	none: (losses: Value) => losses,
	mean: (losses: Value) => ops.reduceMean(losses),
	sum: (losses: Value) => ops.reduceSum(losses),
} satisfies Record<NonNullable<LossOptions['reduction']>, (losses: Value) => Value>;

/** The losses reduced as asked for. */
export function reduced(losses: Value, { reduction = 'mean' }: LossOptions): Value {
	return reductions[reduction](losses);
}

/** The losses reduced, where elements count by weights: a mean is divided by the sum of those. */
export function reducedBy(weights: Value | undefined, losses: Value, { reduction = 'mean' }: LossOptions): Value {
	if (!weights || reduction !== 'mean') return reduced(losses, { reduction });
	return ops.div(ops.reduceSum(losses), ops.reduceSum(weights));
}

/** A loss of single elements: both values are of one shape. */
export function elementLoss(
	who: string,
	[predictions, targets]: readonly [Value, Value],
	options: LossOptions,
	loss: (predictions: Value, targets: Value) => Value,
): Value {
	return scope(who, () => {
		if (showShape(predictions.shape) !== showShape(targets.shape)) {
			throw new ShapeError(
				`${who}: expected targets ${showShape(predictions.shape)}, got ${showShape(targets.shape)}. Reshape one of them.`,
			);
		}
		return reduced(loss(predictions, targets), options);
	});
}
