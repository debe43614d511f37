// Clipping of the gradients by their norm (Pascanu, Mikolov and Bengio 2013).

import { is, type Kinds, optionsOf } from '../../base/index.js';
import { ops } from '../../graph/index.js';
import type { Update } from '../optimizer.js';
import { before, type Transform } from '../transform.js';

const { add, div, min, mul, reduceSumSquare, sqrt, sum } = ops;

/** Options of `clipByNorm`. */
export interface ClipByNormOptions {
	/** The greatest norm that passes. */
	readonly norm: number;
}

const kinds: Kinds<ClipByNormOptions> = { norm: is.needed(is.number(0)) };

/** Keeps a norm of 0 from dividing, as PyTorch does. */
const tiny = 1e-6;

/**
 * Scales all gradients by norm/‖g‖ where the norm of all of them together is greater, as torch.nn.utils.clip_grad_norm_.
 * A table outside the graph is clipped by its own norm: keep it inside (`tables: 'graph'`) where that matters.
 */
export function clipByNorm(given: ClipByNormOptions): Transform {
	const { norm } = optionsOf('clipByNorm', given, kinds);
	return before({ transform: 'clipByNorm', options: { norm } }, { updates: clipped, rows: () => [{ do: 'clipNorm', norm }] });

	function clipped(updates: readonly Update[]): readonly Update[] {
		if (updates.length === 0) return updates;
		const total = sqrt(sum(updates.map(({ gradient }) => reduceSumSquare(gradient))));
		const share = min(div(norm, add(total, tiny)), 1);
		return updates.map((update) => ({ ...update, gradient: mul(update.gradient, share) }));
	}
}
