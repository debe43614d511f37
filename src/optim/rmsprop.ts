// RMSProp (Hinton 2012, lecture 6e; centered as in Graves 2013), equal to torch.optim.RMSprop.
import { ops, scope, type Value } from '../graph/index.js';
import type { Optimizer } from './optimizer.js';
import { penalize } from './penalty.js';
import { checkFlags, checkRanges } from './ranges.js';

const { add, div, max, mul, sqrt, sub } = ops;

/**
 * RMSProp: s ← alpha · s + (1 − alpha) · g², and a step along g/(√s + ε), or along a velocity of such steps with `momentum`.
 * `centered` takes the gradient's own mean off: √(s − ḡ²). `weightDecay` adds weightDecay · θ to the gradient.
 * It has no lazy form: tables stay in the graph.
 */
export function rmsprop({ rate = 1e-2, alpha = 0.99, epsilon = 1e-8, weightDecay = 0, momentum = 0, centered = false } = {}): Optimizer {
	checkRanges('rmsprop', {
		rate: [rate, 0, Infinity],
		alpha: [alpha, 0, 1],
		epsilon: [epsilon, 0, 1],
		weightDecay: [weightDecay, 0, Infinity],
		momentum: [momentum, 0, Infinity],
	});
	checkFlags('rmsprop', { centered });
	/** A running mean of `next`. */
	const mean = (old: Value, next: Value) => add(mul(old, alpha), mul(next, 1 - alpha));
	return {
		spec: { optimizer: 'rmsprop', options: { rate, alpha, epsilon, weightDecay, momentum, centered } },
		rate,
		rateAt: () => rate,
		slots: ['square', ...(centered ? ['mean'] : []), ...(momentum > 0 ? ['velocity'] : [])],
		update: (updates) =>
			scope('rmsprop', () =>
				updates.map((update) => {
					const { parameter, gradient, state, clock } = penalize(update, { l2: weightDecay });
					const square = mean(state[0]!, mul(gradient, gradient));
					const center = centered ? [mean(state[1]!, gradient)] : [];
					// Rounding can make the difference negative where gradients hardly change.
					const spread = center.reduce((square, mean) => max(sub(square, mul(mean, mean)), 0), square);
					const scaled = div(gradient, add(sqrt(spread), epsilon));
					const velocity = momentum > 0 ? [add(mul(state.at(-1)!, momentum), scaled)] : [];
					const along = velocity[0] ?? scaled;
					return { parameter: sub(parameter, mul(along, clock.rate)), state: [square, ...center, ...velocity] };
				}),
			),
	};
}
