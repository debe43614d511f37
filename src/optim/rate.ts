// The learning rate of an update.
import { ops, type Value } from '../graph/index.js';
import type { Optimizer, Update } from './optimizer.js';

/** The step's rate in the parameter's dtype. */
export function rateOf({ parameter: { dtype }, clock: { rate } }: Pick<Update, 'parameter' | 'clock'>): Value {
	return rate.dtype === dtype ? rate : ops.cast(rate, dtype);
}

/** An optimizer at another rate; its schedules multiply that one. */
export function withRate(optimizer: Optimizer, rate: number): Optimizer {
	const { spec } = optimizer;
	if (!(optimizer.rate > 0))
		throw new RangeError(`withRate: expected an optimizer with a rate above 0, got ${optimizer.rate}. Make it with another rate.`);
	const options = typeof spec.options === 'object' && !Array.isArray(spec.options) ? spec.options : { options: spec.options };
	return {
		...optimizer,
		spec: { ...spec, options: { ...options, rate } },
		rate,
		// Divided first: without schedules this is 1 · rate, to the last bit.
		rateAt: (input) => (optimizer.rateAt(input) / optimizer.rate) * rate,
	};
}
