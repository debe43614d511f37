// L1 and L2 penalties: λ₁ Σ|θ| + λ₂/2 Σθ² in the loss is λ₁ sign(θ) + λ₂ θ in the gradient.
import { ops } from '../graph/index.js';
import type { RowUpdate, Update } from './optimizer.js';
import { eachRow } from './rows.js';

const { add, mul, sign } = ops;

/** The two factors. */
export interface Penalty {
	readonly l1?: number;
	readonly l2?: number;
}

/** The update with the penalty in its gradient. */
export function penalize<U extends Update>(update: U, { l1 = 0, l2 = 0 }: Penalty): U {
	const { parameter, exempt } = update;
	let { gradient } = update;
	if (exempt) return update;
	if (l1 > 0) gradient = add(gradient, mul(sign(parameter), l1));
	if (l2 > 0) gradient = add(gradient, mul(parameter, l2));
	return { ...update, gradient };
}

/** The same for touched rows, in place. */
export function penalizeRows(rows: RowUpdate, { l1 = 0, l2 = 0 }: Penalty): RowUpdate {
	const { table, gradient, width, exempt } = rows;
	if (!exempt && (l1 > 0 || l2 > 0)) {
		eachRow(rows, (to, from) => {
			for (let i = 0; i < width; i++) gradient[from + i]! += l1 * Math.sign(table[to + i]!) + l2 * table[to + i]!;
		});
	}
	return rows;
}
