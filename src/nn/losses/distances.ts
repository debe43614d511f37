// Distances of numbers from numbers: mean squared error, L1 and smooth L1. All as PyTorch's.

import { is, type Kinds, optionsOf } from '../../base/index.js';
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

/** Where the loss turns from a parabola to a line. */
export interface SmoothL1Options {
	/** The distance from which on the loss is a line. Default 1. */
	readonly beta?: number;
}

const kinds: Kinds<SmoothL1Options> = { beta: { ...is.positive, next: 'Take l1Loss for 0.' } };

/** With d = |x − y|: d²/(2 beta) below `beta`, d − beta/2 from there on (Girshick 2015). */
export function smoothL1Loss(predictions: Value, targets: Value, options: SmoothL1Options = {}): Loss {
	const { beta = 1 } = optionsOf('smoothL1Loss', options, kinds);
	return elementLoss('smoothL1Loss', [predictions, targets], (x, y) => {
		const distance = abs(sub(x, y));
		return where(less(distance, beta), div(mul(distance, distance), 2 * beta), sub(distance, beta / 2));
	});
}
