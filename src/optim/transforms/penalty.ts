// L1 and L2 penalties as transforms.
import { scope } from '../../graph/index.js';
import { biasesAndNorms, matcher } from '../names.js';
import { type Penalty, penalize, penalizeRows } from '../penalty.js';
import { checkRanges } from '../ranges.js';
import { before, type Transform } from '../transform.js';

/** Options of a penalty or decay. */
export interface PenaltyOptions {
	/** λ. */
	readonly penalty: number;
	/** Names left out, as a regular expression; default biases and norms, null for none. */
	readonly except?: string | null;
}

/** Adds λ Σ|θ| to the loss, that is, λ sign(θ) to the gradient: many weights end near 0. Rows of a table outside the graph: the touched ones. */
export function l1({ penalty, except = biasesAndNorms }: PenaltyOptions): Transform {
	return penaltyOf('l1', { l1: penalty }, { penalty, except });
}

/** Adds λ/2 Σθ² to the loss, that is, λ θ to the gradient: PyTorch's `weight_decay` of SGD and Adam. Rows of a table outside the graph: the touched ones. */
export function l2({ penalty, except = biasesAndNorms }: PenaltyOptions): Transform {
	return penaltyOf('l2', { l2: penalty }, { penalty, except });
}

function penaltyOf(name: 'l1' | 'l2', factors: Penalty, { penalty, except }: Required<PenaltyOptions>): Transform {
	checkRanges(name, { penalty: [penalty, 0, Infinity] });
	const isExcept = matcher(name, except);
	return before(
		{ transform: name, options: { penalty, except } },
		{
			update: (updates) => scope(name, () => updates.map((update) => (isExcept(update.name) ? update : penalize(update, factors)))),
			rows: (rows) => (isExcept(rows.name) ? rows : penalizeRows(rows, factors)),
		},
	);
}
