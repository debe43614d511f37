// Transforms: functions from optimizer to optimizer that chain. What they do to gradients, weights and rates comes before the optimizer's own rule.
import type { Json } from '../stream/index.js';
import type { Optimizer, RowUpdate, Update } from './optimizer.js';

/** A transform, described by plain data. */
export interface Transform {
	(optimizer: Optimizer): Optimizer;
	readonly spec: { readonly transform: string; readonly options: Json };
}

/** The order of transforms: groups say what the others leave out, and an average is one of what the others make of a weight. */
export const ranks = { groups: 0, average: 1, change: 2 } as const;

/** A transform that changes some parts of an optimizer. The others stay. One without a rank may stand anywhere. */
export function transform(spec: Transform['spec'], rank: number | undefined, change: (inner: Optimizer) => Partial<Optimizer>): Transform {
	const apply = (inner: Optimizer): Optimizer => {
		const { outermost } = inner;
		if (rank !== undefined && outermost && (rank > outermost.rank || (rank === outermost.rank && rank < ranks.change))) {
			throw new TypeError(
				`transformed: expected groups first, then averaged, each once, got ${spec.transform} before ${outermost.name}. Change the order.`,
			);
		}
		return {
			...inner,
			...change(inner),
			spec: { ...inner.spec, transforms: [spec, ...(inner.spec.transforms ?? [])] },
			...(rank !== undefined && { outermost: { name: spec.transform, rank } }),
		};
	};
	return Object.assign(apply, { spec });
}

/** A transform of each update, and of the touched rows of a table, before the optimizer sees them. */
export function before(
	spec: Transform['spec'],
	{ update, rows }: { update: (updates: readonly Update[]) => readonly Update[]; rows: (rows: RowUpdate) => RowUpdate },
): Transform {
	return transform(spec, ranks.change, ({ update: inner, updateRows }) => ({
		update: (updates) => inner(update(updates)),
		updateRows: updateRows && ((touched) => updateRows(rows(touched))),
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
