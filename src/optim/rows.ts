// Rules for the touched rows of a table: in the kernel where there is one, else in plain loops.
import type { RowRule, Rows, RowUpdate } from './optimizer.js';

/** A rule for rows: `scalars` of a step, then the kernel's rule of this name, or `loops` over the same. */
export function rowRule(
	name: RowRule,
	scalars: (clock: Pick<RowUpdate, 'rate' | 'step'>) => readonly number[],
	loops: (rows: Rows, ...scalars: number[]) => void,
): (rows: RowUpdate) => void {
	return ({ kernel, ...rows }) => {
		const values = scalars(rows);
		if (kernel) kernel(name, rows, values);
		else loops(rows, ...values);
	};
}

/** Calls `visit` with each touched number's place in the table and in the gradient. */
export function eachTouched({ ids, width }: Pick<Rows, 'ids' | 'width'>, visit: (to: number, from: number) => void): void {
	for (let row = 0, from = 0; row < ids.length; row++) {
		for (let to = ids[row]! * width, end = to + width; to < end; to++) visit(to, from++);
	}
}
