// Decoupled weight decay (Loshchilov and Hutter 2019).

import { is, type Kinds, optionsOf } from '../../base/index.js';
import { ops } from '../../graph/index.js';
import { biasesAndNorms, matcher, namePattern } from '../names.js';
import type { Update } from '../optimizer.js';
import { rateOf } from '../rate.js';
import { before, type Transform } from '../transform.js';

const { mul, sub } = ops;

/** Options of `weightDecay`. */
export interface WeightDecayOptions {
	readonly decay: number;
	/** Names left out, as a regular expression; default biases and norms, null for none. */
	readonly except?: string | null;
}

const kinds: Kinds<WeightDecayOptions> = { decay: is.needed(is.number(0)), except: is.either(namePattern, is.one(null)) };

/**
 * θ ← (1 − rate · decay) θ before the optimizer's step, apart from the gradient.
 * Rows of a table outside the graph decay in the steps that touch them.
 */
export function weightDecay(given: WeightDecayOptions): Transform {
	const { decay, except = biasesAndNorms } = optionsOf('weightDecay', given, kinds);
	const isExcept = matcher(except);
	const stays = ({ names, exempt = false }: Pick<Update, 'names' | 'exempt'>) => exempt || decay === 0 || isExcept(names);
	const decayed = (update: Update) => ({ ...update, parameter: mul(update.parameter, sub(1, mul(rateOf(update), decay))) });
	return before(
		{ transform: 'weightDecay', options: { decay, except } },
		{
			updates: (updates) => updates.map((update) => (stays(update) ? update : decayed(update))),
			// In float32, as the graph computes it.
			rows: (clock) => (stays(clock) ? [] : [{ do: 'decay', share: Math.fround(1 - Math.fround(clock.rate * Math.fround(decay))) }]),
		},
	);
}
