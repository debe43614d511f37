// Decoupled weight decay (Loshchilov and Hutter 2019).
import { ops, scope } from '../../graph/index.js';
import { biasesAndNorms, matcher } from '../names.js';
import { checkRanges } from '../ranges.js';
import { eachRow } from '../rows.js';
import { before, type Transform } from '../transform.js';

const { mul, sub } = ops;

/**
 * θ ← (1 − rate · decay) θ before the optimizer's step, apart from the gradient. `except` names those left out, as a regular expression:
 * biases and norms by default, null for none. Rows of a table outside the graph decay in the steps that touch them.
 */
export function weightDecay({ decay, except = biasesAndNorms }: { decay: number; except?: string | null }): Transform {
	checkRanges('weightDecay', { decay: [decay, 0, Infinity] });
	const isExcept = matcher('weightDecay', except);
	const stays = ({ name, exempt }: { name: string; exempt?: boolean }) => exempt || isExcept(name) || decay === 0;
	return before(
		{ transform: 'weightDecay', options: { decay, except } },
		{
			update: (updates) =>
				scope('weightDecay', () =>
					updates.map((update) => {
						const { parameter, clock } = update;
						return stays(update) ? update : { ...update, parameter: mul(parameter, sub(1, mul(clock.rate, decay))) };
					}),
				),
			rows: (rows) => {
				const { table, width, rate } = rows;
				const share = 1 - rate * decay;
				if (!stays(rows)) {
					eachRow(rows, (to) => {
						for (let i = 0; i < width; i++) table[to + i]! *= share;
					});
				}
				return rows;
			},
		},
	);
}
