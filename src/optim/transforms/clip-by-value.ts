// Clipping of each number of the gradients.

import { is, type Kinds, optionsOf } from '../../base/index.js';
import { ops } from '../../graph/index.js';
import { before, type Transform } from '../transform.js';

/** Options of `clipByValue`. */
export interface ClipByValueOptions {
	/** The greatest size of a number that passes. */
	readonly value: number;
}

const kinds: Kinds<ClipByValueOptions> = { value: is.needed(is.number(0)) };

/** Keeps each number of the gradients in [−value, value], as torch.nn.utils.clip_grad_value_. */
export function clipByValue(given: ClipByValueOptions): Transform {
	const { value } = optionsOf('clipByValue', given, kinds);
	return before(
		{ transform: 'clipByValue', options: { value } },
		{
			updates: (updates) => updates.map((update) => ({ ...update, gradient: ops.clip(update.gradient, -value, value) })),
			rows: () => [{ do: 'clipValue', value }],
		},
	);
}
