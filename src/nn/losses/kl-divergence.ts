// Kullback–Leibler divergence: how far predicted probabilities are from others.

import { is, type Kinds, optionsOf } from '../../base/index.js';
import { ops, ShapeError, scalar, showShape, type Value } from '../../graph/index.js';
import { elementLoss, type Loss } from './loss.js';

const { cast, exp, greater, log, mul, sizeAt, squeeze, sub, where } = ops;

/** How targets are given, and what counts. */
export interface KlDivergenceOptions {
	/** What counts 1: each element, as PyTorch's mean has it, or each sample of the batch: the mathematical mean, PyTorch's `batchmean`. Default `element`. */
	readonly per?: 'element' | 'sample';
	/** Whether targets are log-probabilities, too. Default no. */
	readonly logTargets?: boolean;
}

const kinds: Kinds<KlDivergenceOptions> = { per: is.one('element', 'sample'), logTargets: is.flag };

/** q (ln q − ln p), element by element, for log-probabilities ln p and targets q of one shape. Where q is 0 it is 0. */
export function klDivergence(logProbabilities: Value, targets: Value, options: KlDivergenceOptions = {}): Loss {
	const { per = 'element', logTargets = false } = optionsOf('klDivergence', options, kinds);
	if (per === 'sample' && logProbabilities.shape.length === 0)
		throw new ShapeError(
			`klDivergence: expected a batch of samples to count, got ${showShape(logProbabilities.shape)}. Leave per out to count elements.`,
		);
	const loss = elementLoss('klDivergence', [logProbabilities, targets], (p, q) => {
		if (logTargets) return mul(exp(q), sub(q, p));
		const some = greater(q, 0);
		return where(some, mul(q, sub(log(where(some, q, 1)), p)), scalar(0, p.dtype));
	});
	return per === 'element' ? loss : { ...loss, weight: cast(squeeze(sizeAt(logProbabilities, 0), [0]), loss.sum.dtype) };
}
