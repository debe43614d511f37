// AdaGrad (Duchi, Hazan and Singer 2011), equal to torch.optim.Adagrad, for rows of a table too.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { ops } from '../graph/index.js';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer } from './optimizer.js';
import { penalize, penalizeRows } from './penalize.js';
import { rateOf } from './rate.js';

const { add, cast, div, mul, sqrt, sub } = ops;

/** Options of AdaGrad. */
export interface AdagradOptions {
	/** Default 1e-2. */
	readonly rate?: number;
	/** Step t takes rate/(1 + (t − 1) · rateDecay). Default 0. */
	readonly rateDecay?: number;
	/** This times the parameter is added to the gradient. Default 0. */
	readonly weightDecay?: number;
	/** What the sum of squares begins with. Default 0. */
	readonly accumulator?: number;
	/** Default 1e-10. */
	readonly epsilon?: number;
}

const kinds: Kinds<AdagradOptions> = {
	rate: is.number(0),
	rateDecay: is.number(0),
	weightDecay: is.number(0),
	accumulator: is.number(0),
	epsilon: is.number(0, 1),
};

/**
 * AdaGrad: θ ← θ − rate/(1 + (t − 1) · rateDecay) · g/(√(accumulator + Σg²) + ε).
 * Rows of a table that a batch does not touch stay as they are: their gradient is 0.
 */
export function adagrad(given: AdagradOptions = {}): Optimizer {
	const { rate = 1e-2, rateDecay = 0, weightDecay = 0, accumulator = 0, epsilon = 1e-10 } = optionsOf('adagrad', given, kinds);
	return createOptimizer({
		spec: { optimizer: 'adagrad', options: { rate, rateDecay, weightDecay, accumulator, epsilon } },
		rate,
		slots: [{ name: 'sum' }],
		update(one) {
			const { parameter, gradient, state, clock } = penalize(one, { l2: weightDecay });
			const sum = add(state[0]!, mul(gradient, gradient));
			const decay = () => add(mul(cast(sub(clock.step, 1), parameter.dtype), rateDecay), 1);
			const rate = rateDecay === 0 ? rateOf(one) : div(rateOf(one), decay());
			const scale = add(sqrt(accumulator === 0 ? sum : add(sum, accumulator)), epsilon);
			return { parameter: sub(parameter, div(mul(gradient, rate), scale)), state: [sum] };
		},
		updateRows: (clock) => [
			...penalizeRows(clock, { l2: weightDecay }),
			{ do: 'adagrad', slot: 0, rate: clock.rate / (1 + (clock.step - 1) * rateDecay), accumulator, epsilon },
		],
	});
}
