// L1 and L2 penalties: λ₁ Σ|θ| + λ₂/2 Σθ² in the loss is λ₁ sign(θ) + λ₂ θ in the gradient.
import { ops } from '../graph/index.js';
import type { Update } from './optimizer.js';
import type { RowClock, RowOperation } from './row-operations.js';

const { add, mul, sign } = ops;

/** The two factors. */
export interface Penalty {
	readonly l1?: number;
	readonly l2?: number;
}

/** The update with the penalty in its gradient. */
export function penalize(update: Update, { l1 = 0, l2 = 0 }: Penalty): Update {
	const { parameter, exempt } = update;
	let { gradient } = update;
	if (exempt) return update;
	if (l1 > 0) gradient = add(gradient, mul(sign(parameter), l1));
	if (l2 > 0) gradient = add(gradient, mul(parameter, l2));
	return { ...update, gradient };
}

/** The same for touched rows. */
export function penalizeRows({ exempt }: RowClock, { l1 = 0, l2 = 0 }: Penalty): readonly RowOperation[] {
	return exempt || (l1 === 0 && l2 === 0) ? [] : [{ do: 'penalty', l1, l2 }];
}
