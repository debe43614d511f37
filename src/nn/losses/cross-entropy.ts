// Cross-entropy of logits, and the negative log-likelihood of log-probabilities: as PyTorch's, but for classes, which are the last axis here.

import { is, type Kinds, optionsOf } from '../../base/index.js';
import { constant, ops, type Shape, ShapeError, scalar, scope, showShape, tensor, type Value } from '../../graph/index.js';
import { of } from '../kinds.js';
import { type Loss, lossOf } from './loss.js';

const { add, equal, gather, gatherElements, logSoftmax, mul, neg, not, reduceSum, squeeze, unsqueeze, where } = ops;

/** How class numbers are counted. */
export interface ClassLossOptions {
	/** How much each class counts: a target's weight is that of its class. Default 1 each. */
	readonly weights?: readonly number[];
	/** A class number that does not count, such as that of padding. */
	readonly ignore?: number;
}

/** How targets are read. */
export interface CrossEntropyOptions extends ClassLossOptions {
	/** The share of each target that is spread over all classes (Szegedy et al. 2016). Default 0. */
	readonly smoothing?: number;
}

const kindsOfClasses: Kinds<ClassLossOptions> = { weights: of.numbers, ignore: is.whole() };
const kinds: Kinds<CrossEntropyOptions> = { ...kindsOfClasses, smoothing: is.share };

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

/** The loss of log-probabilities against class numbers: a target's weight is that of its class, 0 where it is ignored. */
function ofClasses(who: string, logs: Value, targets: Value, { weights, ignore, smoothing = 0 }: CrossEntropyOptions): Loss {
	if (targets.dtype !== 'int32' && targets.dtype !== 'int64')
		throw new ShapeError(`${who}: expected class numbers of int32, got ${targets.dtype} ${showShape(targets.shape)}. Cast them.`);
	expectTargets(who, logs, targets, logs.shape.slice(0, -1));
	const counted = ignore === undefined ? undefined : not(equal(targets, ignore));
	const classes = counted ? where(counted, targets, 0) : targets;
	const last = logs.shape.length - 1;
	const all = weights && classWeights(who, logs, weights);
	const own = neg(squeeze(gatherElements(logs, unsqueeze(classes, [last]), last), [last]));
	const weight = all && gather(all, classes);
	const weighed = weight ? mul(own, weight) : own;
	const losses = smoothing === 0 ? weighed : add(mul(weighed, 1 - smoothing), spread(logs, all, smoothing));
	if (!counted) return lossOf(losses, weight);
	const kept = (value: Value) => where(counted, value, scalar(0, logs.dtype));
	return lossOf(kept(losses), kept(weight ?? scalar(1, logs.dtype)));
}

/** The part of the loss that smoothing spreads evenly over the classes. */
function spread(logs: Value, weights: Value | undefined, smoothing: number): Value {
	const sum = reduceSum(weights ? mul(logs, weights) : logs, { axes: [-1] });
	return mul(sum, -smoothing / (logs.shape.at(-1) as number));
}

/** The loss of log-probabilities against shares of the classes: each target counts 1, whatever the weights of its classes. */
function ofShares(who: string, logs: Value, targets: Value, { weights, ignore, smoothing = 0 }: CrossEntropyOptions): Loss {
	if (ignore !== undefined)
		throw new TypeError(
			`${who}: expected class numbers beside ignore, got shares of classes. Leave ignore out, or give such targets zeros.`,
		);
	expectTargets(who, logs, targets, logs.shape);
	const shares = smoothing === 0 ? targets : add(mul(targets, 1 - smoothing), smoothing / (logs.shape.at(-1) as number));
	const weighed = weights ? mul(shares, classWeights(who, logs, weights)) : shares;
	return lossOf(neg(reduceSum(mul(weighed, logs), { axes: [-1] })));
}

/**
 * Cross-entropy of logits `[batch, classes]` against class numbers `[batch]` (int32), or of `[batch, time, classes]` against `[batch, time]`;
 * or against shares of the classes, of the logits' shape and type.
 */
export function crossEntropy(logits: Value, targets: Value, options: CrossEntropyOptions = {}): Loss {
	const given = optionsOf('crossEntropy', options, kinds);
	return scope('crossEntropy', () => {
		const ofKind = targets.dtype === logits.dtype ? ofShares : ofClasses;
		return ofKind('crossEntropy', logSoftmax(logits, -1), targets, given);
	});
}

/** −log p of the targets' classes: log-probabilities `[batch, …, classes]` against class numbers `[batch, …]` (int32). */
export function nllLoss(logProbabilities: Value, targets: Value, options: ClassLossOptions = {}): Loss {
	const given = optionsOf('nllLoss', options, kindsOfClasses);
	return scope('nllLoss', () => ofClasses('nllLoss', logProbabilities, targets, given));
}
