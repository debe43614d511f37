// Distances of numbers from numbers: mean squared error, L1 and smooth L1. All as PyTorch's.
import { ops, type Value } from '../../graph/index.js';
import { elementLoss, type Loss } from './loss.js';

const { abs, div, less, mul, sub, where } = ops;

/** (x − y)². */
export function mseLoss(predictions: Value, targets: Value): Loss {
	return elementLoss('mseLoss', [predictions, targets], (x, y) => {
		const distance = sub(x, y);
		return mul(distance, distance);
	});
}

/** |x − y|. */
export function l1Loss(predictions: Value, targets: Value): Loss {
	return elementLoss('l1Loss', [predictions, targets], (x, y) => abs(sub(x, y)));
}

/** With d = |x − y|: d²/(2 beta) below `beta`, d − beta/2 from there on (Girshick 2015). */
export function smoothL1Loss(predictions: Value, targets: Value, { beta = 1 }: { readonly beta?: number } = {}): Loss {
	if (!(beta > 0)) throw new RangeError(`smoothL1Loss: expected beta above 0, got ${beta}. Take l1Loss for 0.`);
	return elementLoss('smoothL1Loss', [predictions, targets], (x, y) => {
		const distance = abs(sub(x, y));
		return where(less(distance, beta), div(mul(distance, distance), 2 * beta), sub(distance, beta / 2));
	});
}
