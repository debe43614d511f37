// L1 and L2 penalties as transforms.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { biasesAndNorms, matcher, namePattern } from '../names.js';
import { type Penalty, penalize, penalizeRows } from '../penalize.js';
import { before, type Transform } from '../transform.js';

/** Options of a penalty. */
export interface PenaltyOptions {
	/** λ. */
	readonly penalty: number;
	/** Names left out, as a regular expression; default biases and norms, null for none. */
	readonly except?: string | null;
}

const kinds: Kinds<PenaltyOptions> = { penalty: is.needed(is.number(0)), except: is.either(namePattern, is.one(null)) };

/** Adds λ Σ|θ| to the loss, that is, λ sign(θ) to the gradient: many weights end near 0. Rows of a table outside the graph: the touched ones. */
export function l1(given: PenaltyOptions): Transform {
	return penaltyOf('l1', given, (penalty) => ({ l1: penalty }));
}

/** Adds λ/2 Σθ² to the loss, that is, λ θ to the gradient: PyTorch's `weight_decay` of SGD and Adam. Rows of a table outside the graph: the touched ones. */
export function l2(given: PenaltyOptions): Transform {
	return penaltyOf('l2', given, (penalty) => ({ l2: penalty }));
}

function penaltyOf(name: 'l1' | 'l2', given: PenaltyOptions, factorsOf: (penalty: number) => Penalty): Transform {
	const { penalty, except = biasesAndNorms } = optionsOf(name, given, kinds);
	const isExcept = matcher(except);
	const factors = factorsOf(penalty);
	return before(
		{ transform: name, options: { penalty, except } },
		{
			updates: (updates) => updates.map((update) => (isExcept(update.names) ? update : penalize(update, factors))),
			rows: (clock) => (isExcept(clock.names) ? [] : penalizeRows(clock, factors)),
		},
	);
}
