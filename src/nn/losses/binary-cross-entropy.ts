// Binary cross-entropy, on probabilities and on logits: as PyTorch's.

import { type Kinds, optionsOf } from '../../base/index.js';
import { ops, scalar, type Value } from '../../graph/index.js';
import { of } from '../kinds.js';
import { elementLoss, type Loss } from './loss.js';

const { add, greater, log, max, mul, neg, softplus, sub, where } = ops;

/** How elements count. */
export interface BinaryLossOptions {
	/** By what each element's loss is multiplied; broadcasts. The loss's own weight is the number of elements all the same. */
	readonly weight?: Value;
}

/** How elements and targets count. */
export interface LogitsLossOptions extends BinaryLossOptions {
	/** How many times as much a target of 1 counts; broadcasts. */
	readonly positive?: Value;
}

const kinds: Kinds<BinaryLossOptions> = { weight: of.value };
const kindsWithLogits: Kinds<LogitsLossOptions> = { ...kinds, positive: of.value };

const times = (losses: Value, weight: Value | undefined) => (weight ? mul(losses, weight) : losses);

/** ln x, but −100 where it is less, and at 0. */
function boundedLog(x: Value): Value {
	const some = greater(x, 0);
	return where(some, max(log(where(some, x, 1)), -100), scalar(-100, x.dtype));
}

/**
 * −(t ln p + (1 − t) ln(1 − p)) for probabilities p and targets t of one shape. At p of exactly 0 or 1 there is no gradient: prefer logits.
 */
export function binaryCrossEntropy(probabilities: Value, targets: Value, options: BinaryLossOptions = {}): Loss {
	const { weight } = optionsOf('binaryCrossEntropy', options, kinds);
	return elementLoss('binaryCrossEntropy', [probabilities, targets], (p, t) =>
		times(neg(add(mul(t, boundedLog(p)), mul(sub(1, t), boundedLog(sub(1, p))))), weight),
	);
}

/**
 * The same of p = σ(x), computed without overflow: (1 − t) x + (1 + (w − 1) t) ln(1 + e⁻ˣ), w being `positive`.
 */
export function binaryCrossEntropyWithLogits(logits: Value, targets: Value, options: LogitsLossOptions = {}): Loss {
	const { weight, positive } = optionsOf('binaryCrossEntropyWithLogits', options, kindsWithLogits);
	return elementLoss('binaryCrossEntropyWithLogits', [logits, targets], (x, t) => {
		const rest = softplus(neg(x));
		return times(add(mul(sub(1, t), x), positive ? mul(add(mul(sub(positive, 1), t), 1), rest) : rest), weight);
	});
}
