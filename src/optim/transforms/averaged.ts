// The exponential moving average of the weights (Polyak and Juditsky 1992), beside them.
import { ops, scalar, scope } from '../../graph/index.js';
import type { RowUpdate } from '../optimizer.js';
import { checkRanges } from '../ranges.js';
import { eachRow } from '../rows.js';
import { ranks, type Transform, transform } from '../transform.js';

const { add, equal, mul, sub, where } = ops;

/** The name of the slot: what the average is more than the weight. So 0 is right for a weight that has never moved. */
export const averageSlot = 'lag';

/**
 * Keeps average ← decay · average + (1 − decay) · weight, the weights after the first step to begin with, as torch.optim.swa_utils.AveragedModel.
 * Training goes on with the weights themselves; validation and the trained model take the average. Rows of a table outside the graph: averaged in the steps that touch them.
 */
export function averaged({ decay = 0.999 } = {}): Transform {
	checkRanges('averaged', { decay: [decay, 0, 1] });
	return transform({ transform: 'averaged', options: { decay } }, ranks.average, (inner) => ({
		slots: [...inner.slots, averageSlot],
		update: (updates) => {
			const results = inner.update(updates.map((update) => ({ ...update, state: update.state.slice(0, -1) })));
			return scope('averaged', () =>
				updates.map(({ parameter: before, state, clock }, place) => {
					const { parameter, state: inside } = results[place]!;
					const share = where(equal(clock.step, 1), scalar(0), scalar(decay));
					return { parameter, state: [...inside, mul(add(state.at(-1)!, sub(before, parameter)), share)] };
				}),
			);
		},
		updateRows:
			inner.updateRows &&
			((rows: RowUpdate) => {
				const { table, state, width, step } = rows;
				const lags = state.at(-1)!;
				const share = step === 1 ? 0 : decay;
				eachRow(rows, (to) => {
					for (let i = 0; i < width; i++) lags[to + i]! += table[to + i]!;
				});
				inner.updateRows!({ ...rows, state: state.slice(0, -1) });
				eachRow(rows, (to) => {
					for (let i = 0; i < width; i++) lags[to + i] = share * (lags[to + i]! - table[to + i]!);
				});
			}),
	}));
}

/** The averages that a training state holds, by the weights' names; the weights themselves where there are none. */
export function averagedWeights(state: Readonly<Record<string, Float32Array>>): Record<string, Float32Array> {
	const weights = Object.entries(state).filter(([name]) => !name.includes(':'));
	return Object.fromEntries(
		weights.map(([name, values]) => {
			const lags = state[`${name}:${averageSlot}`];
			return [name, lags ? values.map((value, place) => value + lags[place]!) : values];
		}),
	);
}
