// Stochastic gradient descent, with momentum (Polyak 1964) and Nesterov's form of it as Sutskever et al. 2013 write it; equal to torch.optim.SGD.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { ops, scalar } from '../graph/index.js';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer } from './optimizer.js';
import { penalize, penalizeRows } from './penalize.js';
import { rateOf } from './rate.js';
import type { RowClock, RowOperation } from './row-operations.js';

const { add, equal, mul, sub, where } = ops;

/** Options of SGD. */
export interface SgdOptions {
	/** Default 1e-3. */
	readonly rate?: number;
	/** Default 0. */
	readonly momentum?: number;
	/** Default 0. */
	readonly dampening?: number;
	/** Default false. */
	readonly nesterov?: boolean;
	/** This times the parameter is added to the gradient. Default 0. */
	readonly weightDecay?: number;
}

const kinds: Kinds<SgdOptions> = {
	rate: is.number(0),
	momentum: is.number(0),
	dampening: is.number(0),
	nesterov: is.flag,
	weightDecay: is.number(0),
};

/**
 * SGD. The velocity is u ← momentum · u + (1 − dampening) · g, just g at the first step; a step goes along u, with `nesterov` along g + momentum · u.
 * Lazy for tables without momentum; with momentum they stay in the graph.
 */
export function sgd(given: SgdOptions = {}): Optimizer {
	const { rate = 1e-3, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } = optionsOf('sgd', given, kinds);
	if (nesterov && (momentum === 0 || dampening !== 0)) {
		throw new RangeError(
			`sgd: expected momentum above 0 and dampening 0 with nesterov, got ${momentum} and ${dampening}. Set momentum: 0.9 or leave nesterov out.`,
		);
	}
	const updateRows = (clock: RowClock): readonly RowOperation[] => {
		const share = clock.step === 1 ? 1 : 1 - dampening;
		const along = { do: 'momentum', slot: 0, rate: clock.rate, momentum, share, nesterov } as const;
		return [...penalizeRows(clock, { l2: weightDecay }), momentum === 0 ? { do: 'sgd', rate: clock.rate } : along];
	};
	return createOptimizer({
		spec: { optimizer: 'sgd', options: { rate, momentum, dampening, nesterov, weightDecay } },
		rate,
		slots: momentum === 0 ? [] : [{ name: 'momentum_buffer' }],
		update(one) {
			const { parameter, gradient, state, clock } = penalize(one, { l2: weightDecay });
			const { dtype } = parameter;
			if (momentum === 0) return { parameter: sub(parameter, mul(gradient, rateOf(one))), state };
			const share = dampening === 0 ? 1 : where(equal(clock.step, 1), scalar(1, dtype), scalar(1 - dampening, dtype));
			const velocity = add(mul(state[0]!, momentum), mul(gradient, share));
			const along = nesterov ? add(gradient, mul(velocity, momentum)) : velocity;
			return { parameter: sub(parameter, mul(along, rateOf(one))), state: [velocity] };
		},
		updateRows,
		lazy: momentum === 0,
	});
}
