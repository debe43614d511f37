// Kullback–Leibler divergence: how far predicted probabilities are from others.
import { ops, ShapeError, scalar, showShape, type Value } from '../../graph/index.js';
import { elementLoss, type Loss } from './loss.js';

const { cast, exp, greater, log, mul, sizeAt, squeeze, sub, where } = ops;

/** How targets are given, and what counts. */
export interface KlDivergenceOptions {
	/** What a mean is over: all elements (default, as PyTorch's `mean`), or the samples of the batch, which is the mathematical one (`batchmean`). */
	readonly per?: 'element' | 'sample';
	/** Whether targets are log-probabilities, too. Default no. */
	readonly logTargets?: boolean;
}

/** q (ln q − ln p), element by element, for log-probabilities ln p and targets q of one shape. Where q is 0 it is 0. */
export function klDivergence(
	logProbabilities: Value,
	targets: Value,
	{ per = 'element', logTargets = false }: KlDivergenceOptions = {},
): Loss {
	const divergence = elementLoss('klDivergence', [logProbabilities, targets], (p, q) => {
		if (logTargets) return mul(exp(q), sub(q, p));
		const some = greater(q, 0);
		return where(some, mul(q, sub(log(where(some, q, 1)), p)), scalar(0, p.dtype));
	});
	if (per === 'element') return divergence;
	if (logProbabilities.shape.length === 0)
		throw new ShapeError(`klDivergence: expected a batch per sample, got ${showShape(logProbabilities.shape)}. Leave per out.`);
	return { ...divergence, weight: cast(squeeze(sizeAt(logProbabilities, 0), [0]), divergence.sum.dtype) };
}
