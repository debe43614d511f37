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

/** Calls `visit` with the place of each touched row's first number, in the table and in the gradient. */
export function eachRow({ ids, width }: Pick<Rows, 'ids' | 'width'>, visit: (to: number, from: number) => void): void {
	for (let row = 0; row < ids.length; row++) visit(ids[row]! * width, row * width);
}
