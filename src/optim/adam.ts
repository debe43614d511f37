// Adam (Kingma and Ba 2015, algorithm 1), equal to torch.optim.Adam; for tables its lazy form: touched rows only, as torch.optim.SparseAdam,
// which adds epsilon before the correction of the second moment and so differs in the last digits where gradients are tiny.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { ops, scalar, type Value } from '../graph/index.js';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer, Update } from './optimizer.js';
import type { RowClock, RowOperation } from './row-operations.js';

const { add, cast, div, mul, pow, sqrt, sub } = ops;

/** Options of Adam. */
export interface AdamOptions {
	/** Default 1e-3. */
	readonly rate?: number;
	/** The share that a step keeps of the running mean of gradients, and of their squares. Defaults 0.9 and 0.999. */
	readonly beta1?: number;
	readonly beta2?: number;
	/** Default 1e-8. */
	readonly epsilon?: number;
}

/** The kinds of these options, for optimizers that have them, too. */
export const adamKinds: Kinds<AdamOptions> = {
	rate: is.number(0),
	beta1: is.number(0, 1),
	beta2: is.number(0, 1),
	epsilon: is.number(0, 1),
};

/** Adam. Rows of a table that a batch does not touch keep their weights and moments (lazy, as SparseAdam). */
export function adam(given: AdamOptions = {}): Optimizer {
	const { rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = optionsOf('adam', given, adamKinds);

	/**
	 * The state is M = m/(1−β₁) and V = v/(1−β₂). With these the update rate · m̂/(√v̂ + ε) is a M/(√V + e): two nodes less for each
	 * parameter, and two scalars a and e for all. They are computed in float64, because 1 − β₂ᵗ cancels.
	 */
	function scalars({ parameter: { dtype }, clock: { rate, step } }: Update): { a: Value; e: Value } {
		const t = cast(step, 'float64');
		const oneMinusPower = (beta: number) => sub(scalar(1, 'float64'), pow(scalar(beta, 'float64'), t));
		const spread = sqrt(div(oneMinusPower(beta2), 1 - beta2));
		const a = mul(div(mul(cast(rate, 'float64'), 1 - beta1), oneMinusPower(beta1)), spread);
		return { a: cast(a, dtype), e: cast(mul(spread, epsilon), dtype) };
	}

	/** The same two as numbers. */
	function updateRows({ rate, step }: RowClock): readonly RowOperation[] {
		const spread = Math.sqrt((1 - beta2 ** step) / (1 - beta2));
		const a = ((rate * (1 - beta1)) / (1 - beta1 ** step)) * spread;
		return [{ do: 'adam', slots: [0, 1], a, e: epsilon * spread, beta1, beta2 }];
	}

	return createOptimizer({
		spec: { optimizer: 'adam', options: { rate, beta1, beta2, epsilon } },
		rate,
		slots: [
			{ name: 'exp_avg', fileScale: 1 - beta1 },
			{ name: 'exp_avg_sq', fileScale: 1 - beta2 },
		],
		update(one) {
			const { parameter, gradient, state } = one;
			const { a, e } = scalars(one);
			const m = add(mul(state[0]!, beta1), gradient);
			const v = add(mul(state[1]!, beta2), mul(gradient, gradient));
			return { parameter: sub(parameter, div(mul(m, a), add(sqrt(v), e))), state: [m, v] };
		},
		updateRows,
	});
}
