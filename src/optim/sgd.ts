// Stochastic gradient descent, with momentum (Polyak 1964) and Nesterov's form of it as Sutskever et al. 2013 write it; equal to torch.optim.SGD.
import { ops, scalar, scope } from '../graph/index.js';
import type { Optimizer, RowUpdate } from './optimizer.js';
import { penalize, penalizeRows } from './penalty.js';
import { checkFlags, checkRanges } from './ranges.js';
import { eachRow, rowRule } from './rows.js';

const { add, equal, mul, sub, where } = ops;

/**
 * SGD. The velocity is u ← momentum · u + (1 − dampening) · g, just g at the first step; a step goes along u, with `nesterov` along g + momentum · u.
 * `weightDecay` adds weightDecay · θ to the gradient. Lazy for tables without momentum; with momentum they stay in the graph.
 */
export function sgd({ rate = 1e-3, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } = {}): Optimizer {
	checkRanges('sgd', {
		rate: [rate, 0, Infinity],
		momentum: [momentum, 0, Infinity],
		dampening: [dampening, 0, Infinity],
		weightDecay: [weightDecay, 0, Infinity],
	});
	checkFlags('sgd', { nesterov });
	if (nesterov && (momentum === 0 || dampening !== 0)) {
		throw new RangeError(
			`sgd: expected momentum above 0 and dampening 0 with nesterov, got ${momentum} and ${dampening}. Set momentum: 0.9 or leave nesterov out.`,
		);
	}
	const rule = rowRule(
		'sgd',
		({ rate }) => [rate],
		({ table, gradient, ids, width }, rate) =>
			eachRow({ ids, width }, (to, from) => {
				for (let i = 0; i < width; i++) table[to + i]! -= rate! * gradient[from + i]!;
			}),
	);
	return {
		spec: { optimizer: 'sgd', options: { rate, momentum, dampening, nesterov, weightDecay } },
		rate,
		rateAt: () => rate,
		slots: momentum === 0 ? [] : ['velocity'],
		update: (updates) =>
			scope('sgd', () =>
				updates.map((update) => {
					const { parameter, gradient, state, clock } = penalize(update, { l2: weightDecay });
					if (momentum === 0) return { parameter: sub(parameter, mul(gradient, clock.rate)), state };
					const share = dampening === 0 ? 1 : where(equal(clock.step, 1), scalar(1), scalar(1 - dampening));
					const velocity = add(mul(state[0]!, momentum), mul(gradient, share));
					const along = nesterov ? add(gradient, mul(velocity, momentum)) : velocity;
					return { parameter: sub(parameter, mul(along, clock.rate)), state: [velocity] };
				}),
			),
		updateRows: momentum === 0 ? (rows: RowUpdate) => rule(penalizeRows(rows, { l2: weightDecay })) : undefined,
	};
}
