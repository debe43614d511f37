// The exponential moving average of the weights (Polyak and Juditsky 1992), beside them.

import { is, type Kinds, optionsOf } from '../../base/index.js';
import { ops, scalar, type Tensor } from '../../graph/index.js';
import type { Update } from '../optimizer.js';
import { ranks, type Transform, transform } from '../transform.js';

const { add, equal, mul, sub, where } = ops;

/** Options of `averaged`. */
export interface AveragedOptions {
	/** The share of the average that a step keeps. Default 0.999. */
	readonly decay?: number;
}

const kinds: Kinds<AveragedOptions> = { decay: is.number(0, 1) };

/**
 * The name of the slot, which holds average − weight: a weight of 2 whose average is 1.5 has −0.5.
 * A weight that has never moved is its own average, and its slot is 0, as all slots are at first.
 */
export const averageSlot = 'average_lag';

/**
 * Keeps average ← decay · average + (1 − decay) · weight, the weights after the first step to begin with, as torch.optim.swa_utils.AveragedModel.
 * Training goes on with the weights themselves; validation and the trained model take the average. Of a row of a table outside the graph the average goes on in steps that do not touch the row, too.
 */
export function averaged(given: AveragedOptions = {}): Transform {
	const { decay = 0.999 } = optionsOf('averaged', given, kinds);
	return transform({ transform: 'averaged', options: { decay } }, ranks.average, ({ slots, update, updateRows }) => ({
		slots: [...slots, { name: averageSlot, idleDecay: decay }],
		update(updates) {
			const results = update(updates.map((one) => ({ ...one, state: one.state.slice(0, -1) })));
			return results.map(({ parameter, state }, place) => ({ parameter, state: [...state, lagAfter(updates[place]!, parameter)] }));
		},
		updateRows:
			updateRows &&
			((clock) => [
				{ do: 'averageBefore', slot: slots.length },
				...updateRows(clock),
				{ do: 'averageAfter', slot: slots.length, share: clock.step === 1 ? 0 : decay },
			]),
	}));

	/** With lag = average − weight: decay · average + (1 − decay) · next − next = decay · (lag + weight − next). */
	function lagAfter({ parameter: weight, state, clock }: Update, next: Update['parameter']) {
		const { dtype } = weight;
		const share = where(equal(clock.step, 1), scalar(0, dtype), scalar(decay, dtype));
		return mul(add(state.at(-1)!, sub(weight, next)), share);
	}
}

/** What averages are made of: weights by name, and the optimizer's slots by their own names and then the weights'. */
export interface AverageState {
	readonly weights: Readonly<Record<string, Tensor>>;
	readonly slots: Readonly<Record<string, Readonly<Record<string, Tensor>>>>;
}

/** The averages of a training state by name; the weight itself where it has none. */
export function averagedWeights({ weights, slots }: AverageState): Record<string, Tensor> {
	const lags = slots[averageSlot] ?? {};
	return Object.fromEntries(
		Object.entries(weights).map(([name, weight]) => [name, Object.hasOwn(lags, name) ? sumOf(weight, lags[name]!) : weight]),
	);
}

function sumOf(weight: Tensor, lag: Tensor): Tensor {
	const data = (weight.data as Float32Array).slice();
	for (let i = 0; i < data.length; i++) data[i]! += (lag.data as Float32Array)[i]!;
	return { ...weight, data };
}
