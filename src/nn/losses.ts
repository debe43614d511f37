// Losses: from predictions and targets to one number.
import { ops, scope, type Value } from '../graph/index.js';

/** Mean cross-entropy of logits `[batch, classes]` against class numbers `[batch]`, int32. */
export function crossEntropy(logits: Value, targets: Value): Value {
	return scope('crossEntropy', () => {
		const logs = ops.logSoftmax(logits, -1);
		const picked = ops.gatherElements(logs, ops.unsqueeze(targets, [1]), 1);
		return ops.neg(ops.reduceMean(picked));
	});
}
