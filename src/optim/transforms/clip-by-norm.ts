// Clipping of the gradients by their norm (Pascanu, Mikolov and Bengio 2013).
import { ops, scope } from '../../graph/index.js';
import type { RowUpdate, Update } from '../optimizer.js';
import { checkRanges } from '../ranges.js';
import { before, type Transform } from '../transform.js';

const { add, div, min, mul, reduceSumSquare, sqrt, sum } = ops;

/** Keeps a norm of 0 from dividing, as PyTorch does. */
const tiny = 1e-6;

/**
 * Scales all gradients by norm/‖g‖ where the norm of all of them together is greater, as torch.nn.utils.clip_grad_norm_.
 * A table outside the graph is clipped by its own norm: keep it inside (`tables: 'dense'`) where that matters.
 */
export function clipByNorm({ norm }: { norm: number }): Transform {
	checkRanges('clipByNorm', { norm: [norm, 0, Infinity] });
	return before({ transform: 'clipByNorm', options: { norm } }, { update: clipped, rows: clippedRows });

	function clipped(updates: readonly Update[]): readonly Update[] {
		if (updates.length === 0) return updates;
		return scope('clipByNorm', () => {
			const total = sqrt(sum(updates.map(({ gradient }) => reduceSumSquare(gradient))));
			const share = min(div(norm, add(total, tiny)), 1);
			return updates.map((update) => ({ ...update, gradient: mul(update.gradient, share) }));
		});
	}

	function clippedRows(rows: RowUpdate): RowUpdate {
		const { gradient } = rows;
		let squares = 0;
		for (let i = 0; i < gradient.length; i++) squares += gradient[i]! * gradient[i]!;
		const share = norm / (Math.sqrt(squares) + tiny);
		if (share < 1) for (let i = 0; i < gradient.length; i++) gradient[i]! *= share;
		return rows;
	}
}
