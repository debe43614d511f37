// Clipping of each number of the gradients.
import { ops, scope } from '../../graph/index.js';
import { checkRanges } from '../ranges.js';
import { before, type Transform } from '../transform.js';

/** Keeps each number of the gradients in [−value, value], as torch.nn.utils.clip_grad_value_. */
export function clipByValue({ value }: { value: number }): Transform {
	checkRanges('clipByValue', { value: [value, 0, Infinity] });
	return before(
		{ transform: 'clipByValue', options: { value } },
		{
			update: (updates) =>
				scope('clipByValue', () => updates.map((update) => ({ ...update, gradient: ops.clip(update.gradient, -value, value) }))),
			rows: (rows) => {
				const { gradient } = rows;
				for (let i = 0; i < gradient.length; i++) gradient[i] = Math.min(Math.max(gradient[i]!, -value), value);
				return rows;
			},
		},
	);
}
