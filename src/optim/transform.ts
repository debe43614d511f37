// Transforms: functions from optimizer to optimizer that chain. What they do to gradients, weights and rates comes before the optimizer's own rule.

import type { Json } from '../base/index.js';
import { scope } from '../graph/index.js';
import { checkedUpdate } from './checked-update.js';
import type { Optimizer, Update } from './optimizer.js';
import type { RowClock, RowOperation } from './row-operations.js';

/** A transform, described by plain data. */
export interface Transform {
	(optimizer: Optimizer): Optimizer;
	readonly spec: { readonly transform: string; readonly options: Json };
}

/** The order of transforms: groups say what the others leave out, and an average is one of what the others make of a weight. */
export const ranks = { groups: 0, average: 1, change: 2 } as const;

/** An optimizer as the one behind all transforms, and these in the order in which gradients pass them. */
export interface OptimizerParts {
	readonly base: Optimizer;
	readonly transforms: readonly Transform[];
}

/** What was made by a transform, and of what: no part of the optimizer, since a changed copy of it is made of something else. */
const madeOf = new WeakMap<Optimizer, { readonly inner: Optimizer; readonly by: Transform }>();

/**
 * What an optimizer is made of, so that it can be made anew: `transformed(base, ...transforms)` is the same one. A copy that was changed, as
 * `withRate` makes it, is its own base.
 */
export function partsOf(optimizer: Optimizer): OptimizerParts {
	const transforms: Transform[] = [];
	let base = optimizer;
	for (let made = madeOf.get(base); made; made = madeOf.get(base)) {
		transforms.push(made.by);
		base = made.inner;
	}
	return { base, transforms };
}

/** A transform that changes some parts of an optimizer. The others stay. One without a rank may stand anywhere. */
export function transform(spec: Transform['spec'], rank: number | undefined, change: (inner: Optimizer) => Partial<Optimizer>): Transform {
	const apply = (inner: Optimizer): Optimizer => {
		const { outermost } = inner;
		if (rank !== undefined && outermost && (rank > outermost.rank || (rank === outermost.rank && rank < ranks.change))) {
			throw new TypeError(
				`transformed: expected groups first, then averaged, each once, got ${spec.transform} before ${outermost.name}. Change the order.`,
			);
		}
		const made = {
			...inner,
			...change(inner),
			spec: { ...inner.spec, transforms: [spec, ...(inner.spec.transforms ?? [])] },
			...(rank !== undefined && { outermost: { name: spec.transform, rank } }),
		};
		const { update } = made;
		const scoped = (updates: readonly Update[]) => scope(spec.transform, () => update(updates));
		const result: Optimizer = { ...made, update: (updates) => checkedUpdate({ ...made, update: scoped }, updates) };
		madeOf.set(result, { inner, by: found });
		return result;
	};
	const found: Transform = Object.assign(apply, { spec });
	return found;
}

/** A transform of what the optimizer is given: each update, and by instructions of its own the touched rows of a table. */
export function before(
	spec: Transform['spec'],
	change: { updates: (updates: readonly Update[]) => readonly Update[]; rows: (clock: RowClock) => readonly RowOperation[] },
): Transform {
	return transform(spec, ranks.change, ({ update, updateRows }) => ({
		update: (updates) => update(change.updates(updates)),
		updateRows: updateRows && ((clock) => [...change.rows(clock), ...updateRows(clock)]),
	}));
}

/**
 * An optimizer behind transforms: gradients pass them in the order given.
 *
 * @example transformed(adam({ rate: 1e-3 }), clipByNorm({ norm: 1 }), weightDecay({ decay: 0.01 }))
 */
export function transformed(optimizer: Optimizer, ...transforms: readonly Transform[]): Optimizer {
	return transforms.reduceRight((inner, transform) => transform(inner), optimizer);
}
