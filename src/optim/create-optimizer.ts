// Makes an optimizer of the update of one parameter.

import { is, type Kind, type Kinds, optionsOf } from '../base/index.js';
import { scope } from '../graph/index.js';
import { checkedUpdate } from './checked-update.js';
import type { Optimizer, OptimizerSpec, Slot, Update, Updated } from './optimizer.js';

/** What an optimizer is made of. */
export interface OptimizerDefinition {
	/** Its name and options: two optimizers that do not the same thing have different ones. */
	readonly spec: Pick<OptimizerSpec, 'optimizer' | 'options'>;
	readonly rate: number;
	/** Default none. */
	readonly slots?: readonly Slot[];
	/** Builds the nodes of the update of one parameter. */
	readonly update: (update: Update) => Updated;
	/** The same update as instructions. Without them tables and parameters are updated in the graph. */
	readonly updateRows?: Optimizer['updateRows'];
	/** False where also rows whose gradient is 0 move, as by momentum: tables then stay in the graph. Default true. */
	readonly lazy?: boolean;
}

const slot: Kind = {
	expected: '{ name, fileScale? }',
	fits: (value) =>
		is.object.fits(value) &&
		is.name.fits((value as Slot).name) &&
		((value as Slot).fileScale === undefined || is.positive.fits((value as Slot).fileScale)),
};
const kinds: Kinds<OptimizerDefinition> = {
	spec: {
		...is.needed({ expected: '{ optimizer, options }', fits: (value) => is.name.fits((value as OptimizerSpec | null)?.optimizer) }),
		next: "Pass one such as { optimizer: 'lion', options: { rate } }.",
	},
	rate: is.needed(is.number(0)),
	slots: is.list(slot),
	update: is.needed(is.function),
	updateRows: is.function,
	lazy: is.flag,
};

/**
 * An optimizer of one's own. Its state is 0 at first; what it computes follows the parameter's dtype where it is made of values and plain numbers.
 *
 * @example
 * const signs = (rate: number) =>
 * 	createOptimizer({
 * 		spec: { optimizer: 'signs', options: { rate } },
 * 		rate,
 * 		update: ({ parameter, gradient, clock }) => ({ parameter: ops.sub(parameter, ops.mul(ops.sign(gradient), clock.rate)), state: [] }),
 * 	});
 */
export function createOptimizer(definition: OptimizerDefinition): Optimizer {
	const { spec, rate, slots = [], update, updateRows, lazy = true } = optionsOf('createOptimizer', definition, kinds);
	const twice = slots.find(({ name }, place) => slots.findIndex((other) => other.name === name) < place);
	if (twice)
		throw new TypeError(`createOptimizer: expected slots of different names, got ${twice.name} twice in ${spec.optimizer}. Rename one.`);
	const all = (updates: readonly Update[]) => scope(spec.optimizer, () => updates.map(update));
	return {
		spec,
		rate,
		rateAt: () => rate,
		slots,
		update: (updates) => checkedUpdate({ spec, slots, update: all }, updates),
		updateRows,
		lazy,
	};
}
