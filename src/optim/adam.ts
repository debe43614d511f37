// Adam (Kingma and Ba 2015, algorithm 1), equal to torch.optim.Adam; for tables its lazy form: touched rows only, as torch.optim.SparseAdam,
// which adds epsilon before the correction of the second moment and so differs in the last digits where gradients are tiny.
import { ops, scalar, scope, type Value } from '../graph/index.js';
import type { Clock, Optimizer, RowUpdate } from './optimizer.js';
import { checkRanges } from './ranges.js';
import { eachRow, rowRule } from './rows.js';

const { add, cast, div, mul, pow, sqrt, sub } = ops;

/** Adam. Rows of a table that a batch does not touch keep their weights and moments (lazy, as SparseAdam). */
export function adam({ rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = {}): Optimizer {
	checkRanges('adam', { rate: [rate, 0, Infinity], beta1: [beta1, 0, 1], beta2: [beta2, 0, 1], epsilon: [epsilon, 0, 1] });

	/**
	 * With M = m/(1−β₁) and V = v/(1−β₂) as state, the update rate · m̂/(√v̂ + ε) is a M/(√V + e):
	 * two nodes less for each parameter, and two scalars a and e for all. Computed in float64: 1 − β₂ᵗ cancels.
	 */
	function scalars({ rate, step }: Clock): { a: Value; e: Value } {
		const t = cast(step, 'float64');
		const oneMinusPower = (beta: number) => sub(scalar(1, 'float64'), pow(scalar(beta, 'float64'), t));
		const spread = sqrt(div(oneMinusPower(beta2), 1 - beta2));
		const a = mul(div(mul(cast(rate, 'float64'), 1 - beta1), oneMinusPower(beta1)), spread);
		return { a: cast(a, 'float32'), e: cast(mul(spread, epsilon), 'float32') };
	}

	/** The same two, as numbers. */
	function rowScalars({ rate, step }: Pick<RowUpdate, 'rate' | 'step'>): [a: number, e: number, beta1: number, beta2: number] {
		const spread = Math.sqrt((1 - beta2 ** step) / (1 - beta2));
		return [((rate * (1 - beta1)) / (1 - beta1 ** step)) * spread, epsilon * spread, beta1, beta2];
	}

	return {
		spec: { optimizer: 'adam', options: { rate, beta1, beta2, epsilon } },
		rate,
		rateAt: () => rate,
		slots: ['m', 'v'],
		update: (updates) =>
			scope('adam', () =>
				updates.map(({ parameter, gradient, state: [m, v], clock }) => {
					const { a, e } = scalars(clock);
					const nextM = add(mul(m!, beta1), gradient);
					const nextV = add(mul(v!, beta2), mul(gradient, gradient));
					return { parameter: sub(parameter, div(mul(nextM, a), add(sqrt(nextV), e))), state: [nextM, nextV] };
				}),
			),
		updateRows: rowRule('adam', rowScalars, ({ table, state: [m, v], gradient, ids, width }, a, e, beta1, beta2) =>
			eachRow({ ids, width }, (to, from) => {
				for (let i = 0; i < width; i++) {
					const g = gradient[from + i]!;
					const nextM = beta1! * m![to + i]! + g;
					const nextV = beta2! * v![to + i]! + g * g;
					m![to + i] = nextM;
					v![to + i] = nextV;
					table[to + i]! -= (a! * nextM) / (Math.sqrt(nextV) + e!);
				}
			}),
		),
	};
}
