// RMSProp (Hinton 2012, lecture 6e; centered as in Graves 2013), equal to torch.optim.RMSprop.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { ops, type Value } from '../graph/index.js';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer } from './optimizer.js';
import { penalize, penalizeRows } from './penalize.js';
import { rateOf } from './rate.js';

const { add, div, max, mul, sqrt, sub } = ops;

/** Options of RMSProp. */
export interface RmspropOptions {
	/** Default 1e-2. */
	readonly rate?: number;
	/** The share that a step keeps of the running means. Default 0.99. */
	readonly alpha?: number;
	/** Default 1e-8. */
	readonly epsilon?: number;
	/** This times the parameter is added to the gradient. Default 0. */
	readonly weightDecay?: number;
	/** Default 0. */
	readonly momentum?: number;
	/** Whether the square of the gradient's own mean is taken off. Default false. */
	readonly centered?: boolean;
}

const kinds: Kinds<RmspropOptions> = {
	rate: is.number(0),
	alpha: is.number(0, 1),
	epsilon: is.number(0, 1),
	weightDecay: is.number(0),
	momentum: is.number(0),
	centered: is.flag,
};

/**
 * RMSProp: s ← alpha · s + (1 − alpha) · g², and a step along g/(√s + ε), or along a velocity of such steps with `momentum`.
 * `centered` takes √(s − ḡ²) instead of √s. Tables stay in the graph.
 */
export function rmsprop(given: RmspropOptions = {}): Optimizer {
	const options = optionsOf('rmsprop', given, kinds);
	const { rate = 1e-2, alpha = 0.99, epsilon = 1e-8, weightDecay = 0, momentum = 0, centered = false } = options;
	/** A running mean after `next`. */
	const mean = (old: Value, next: Value) => add(mul(old, alpha), mul(next, 1 - alpha));
	const names = ['square_avg', ...(centered ? ['grad_avg'] : []), ...(momentum > 0 ? ['momentum_buffer'] : [])];
	const slots = { square: 0, ...(centered && { mean: 1 }), ...(momentum > 0 && { velocity: names.length - 1 }) };
	return createOptimizer({
		spec: { optimizer: 'rmsprop', options: { rate, alpha, epsilon, weightDecay, momentum, centered } },
		rate,
		slots: names.map((name) => ({ name })),
		update(one) {
			const { parameter, gradient, state } = penalize(one, { l2: weightDecay });
			const square = mean(state[0]!, mul(gradient, gradient));
			const center = centered ? [mean(state[1]!, gradient)] : [];
			// Rounding can make the difference negative where gradients hardly change.
			const spread = center.reduce((square, mean) => max(sub(square, mul(mean, mean)), 0), square);
			const scaled = div(gradient, add(sqrt(spread), epsilon));
			const velocity = momentum > 0 ? [add(mul(state.at(-1)!, momentum), scaled)] : [];
			const along = velocity[0] ?? scaled;
			return { parameter: sub(parameter, mul(along, rateOf(one))), state: [square, ...center, ...velocity] };
		},
		updateRows: (clock) => [
			...penalizeRows(clock, { l2: weightDecay }),
			{ do: 'rmsprop', slots, rate: clock.rate, alpha, epsilon, momentum },
		],
		lazy: false,
	});
}
