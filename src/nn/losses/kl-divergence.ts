// Kullback–Leibler divergence: how far predicted probabilities are from others.
import { ops, ShapeError, scalar, showShape, type Value } from '../../graph/index.js';
import { elementLoss, type LossOptions } from './reduction.js';

const { cast, div, exp, greater, log, mul, sizeAt, squeeze, sub, where } = ops;

/** How targets are given, and how the losses are reduced. */
export interface KlDivergenceOptions {
	/** `batchmean`, the mathematical one, divides the sum by the size of the batch; `mean` divides by all elements. Default `mean`, as PyTorch. */
	readonly reduction?: NonNullable<LossOptions['reduction']> | 'batchmean';
	/** Whether targets are log-probabilities, too. Default no. */
	readonly logTargets?: boolean;
}

/** q (ln q − ln p), element by element, for log-probabilities ln p and targets q of one shape. Where q is 0 it is 0. */
export function klDivergence(
	logProbabilities: Value,
	targets: Value,
	{ reduction = 'mean', logTargets = false }: KlDivergenceOptions = {},
): Value {
	const byBatch = reduction === 'batchmean';
	const sum = elementLoss('klDivergence', [logProbabilities, targets], { reduction: byBatch ? 'sum' : reduction }, (p, q) => {
		if (logTargets) return mul(exp(q), sub(q, p));
		const some = greater(q, 0);
		return where(some, mul(q, sub(log(where(some, q, 1)), p)), scalar(0, p.dtype));
	});
	if (!byBatch) return sum;
	if (logProbabilities.shape.length === 0)
		throw new ShapeError(`klDivergence: expected a batch for batchmean, got ${showShape(logProbabilities.shape)}. Take sum.`);
	return div(sum, cast(squeeze(sizeAt(logProbabilities, 0), [0]), sum.dtype));
}
