// Cross-entropy of logits, and the negative log-likelihood of log-probabilities: as PyTorch's, but for classes, which are the last axis here.
import { constant, ops, type Shape, ShapeError, scalar, scope, showShape, tensor, type Value } from '../../graph/index.js';
import { countOf, type Loss, lossOf } from './loss.js';

const { add, equal, gather, gatherElements, logSoftmax, mul, neg, not, reduceSum, squeeze, unsqueeze, where } = ops;

/** How class numbers are counted. */
export interface ClassLossOptions {
	/** How much each class counts: the loss's weight is the sum of these over the targets. */
	readonly weights?: readonly number[];
	/** A class number that does not count, such as that of padding. */
	readonly ignore?: number;
}

/** How targets are read. */
export interface CrossEntropyOptions extends ClassLossOptions {
	/** The share of each target that is spread over all classes (Szegedy et al. 2016). Default 0. */
	readonly smoothing?: number;
}

function expectTargets(who: string, predictions: Value, targets: Value, shape: Shape) {
	if (showShape(targets.shape) !== showShape(shape)) {
		throw new ShapeError(
			`${who}: expected targets ${showShape(shape)} for ${showShape(predictions.shape)}, got ${showShape(targets.shape)}. Classes are the last axis: reshape one of them.`,
		);
	}
}

function classWeights(who: string, logs: Value, weights: readonly number[]): Value {
	const classes = logs.shape.at(-1);
	if (weights.length !== classes)
		throw new ShapeError(`${who}: expected a weight for each of ${classes} classes, got ${weights.length}. Pass them in order.`);
	return constant(tensor(logs.dtype, [weights.length], weights));
}

/** The loss of log-probabilities against class numbers. */
function ofClasses(who: string, logs: Value, targets: Value, { weights, ignore, smoothing = 0 }: CrossEntropyOptions): Loss {
	if (targets.dtype !== 'int32' && targets.dtype !== 'int64')
		throw new ShapeError(`${who}: expected class numbers of int32, got ${targets.dtype} ${showShape(targets.shape)}. Cast them.`);
	expectTargets(who, logs, targets, logs.shape.slice(0, -1));
	const counted = ignore === undefined ? undefined : not(equal(targets, ignore));
	const classes = counted ? where(counted, targets, 0) : targets;
	const last = logs.shape.length - 1;
	const of = weights && classWeights(who, logs, weights);
	const own = neg(squeeze(gatherElements(logs, unsqueeze(classes, [last]), last), [last]));
	// A class counts by its weight, an ignored target by nothing.
	const weight = of && gather(of, classes);
	const weighed = weight ? mul(own, weight) : own;
	const losses = smoothing === 0 ? weighed : add(mul(weighed, 1 - smoothing), spread(logs, of, smoothing));
	if (!counted) return lossOf(losses, weight ? reduceSum(weight) : countOf(targets, logs));
	const kept = (value: Value) => where(counted, value, scalar(0, logs.dtype));
	return lossOf(kept(losses), reduceSum(kept(weight ?? scalar(1, logs.dtype))));
}

/** The part of the loss that smoothing spreads evenly over the classes. */
function spread(logs: Value, weights: Value | undefined, smoothing: number): Value {
	const sum = reduceSum(weights ? mul(logs, weights) : logs, { axes: [-1] });
	return mul(sum, -smoothing / (logs.shape.at(-1) as number));
}

/** The loss of log-probabilities against shares of the classes. Each target counts 1, whatever the weights. */
function ofShares(who: string, logs: Value, targets: Value, { weights, ignore, smoothing = 0 }: CrossEntropyOptions): Loss {
	if (ignore !== undefined)
		throw new TypeError(
			`${who}: expected class numbers beside ignore, got shares of classes. Leave ignore out, or give such targets zeros.`,
		);
	expectTargets(who, logs, targets, logs.shape);
	const shares = smoothing === 0 ? targets : add(mul(targets, 1 - smoothing), smoothing / (logs.shape.at(-1) as number));
	const weighed = weights ? mul(shares, classWeights(who, logs, weights)) : shares;
	const losses = neg(reduceSum(mul(weighed, logs), { axes: [-1] }));
	return lossOf(losses, countOf(losses));
}

/**
 * Cross-entropy of logits `[batch, classes]` against class numbers `[batch]` (int32), or of `[batch, time, classes]` against `[batch, time]`;
 * or against shares of the classes, of the logits' shape and type.
 */
export function crossEntropy(logits: Value, targets: Value, options: CrossEntropyOptions = {}): Loss {
	const { smoothing = 0 } = options;
	if (!(smoothing >= 0 && smoothing <= 1))
		throw new RangeError(`crossEntropy: expected smoothing in [0, 1], got ${smoothing}. Pass the share to spread, such as 0.1.`);
	return scope('crossEntropy', () => {
		const ofKind = targets.dtype === logits.dtype ? ofShares : ofClasses;
		return ofKind('crossEntropy', logSoftmax(logits, -1), targets, options);
	});
}

/** −log p of the targets' classes: log-probabilities `[batch, …, classes]` against class numbers `[batch, …]` (int32). */
export function nllLoss(logProbabilities: Value, targets: Value, options: ClassLossOptions = {}): Loss {
	return scope('nllLoss', () => ofClasses('nllLoss', logProbabilities, targets, options));
}
