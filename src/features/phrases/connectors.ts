// Connector words: those that a phrase may have inside and that it neither begins nor ends with. Each row of them has a number.

/** gensim's list of English ones, for `phrases({ connectors: englishConnectors })`: bank of america, state of the art. */
export const englishConnectors: readonly string[] = 'a an the for of with without at from to in on by and or'.split(' ');

/** Rows of connectors as a tree: 0 is the empty row, any other its parent and one connector more. */
export interface Rows {
	/** The row that one connector more makes, by `parent · connectors + connector`. */
	readonly children: Map<number, number>;
	readonly parents: number[];
	readonly last: number[];
}

/** The empty row alone. */
export const emptyRows = (): Rows => ({ children: new Map(), parents: [0], last: [-1] });

/** The row with one connector of `all` more, −1 where there is none. */
export function rowAfter({ children }: Rows, parent: number, connector: number, all: number): number {
	return children.get(parent * all + connector) ?? -1;
}

/** The same, made where there is none. */
export function rowWith(rows: Rows, parent: number, connector: number, all: number): number {
	const found = rowAfter(rows, parent, connector, all);
	if (found >= 0) return found;
	const row = rows.parents.push(parent) - 1;
	rows.last.push(connector);
	rows.children.set(parent * all + connector, row);
	return row;
}

/** The connectors of a row, in order. */
export function connectorsIn({ parents, last }: Rows, row: number): number[] {
	const found: number[] = [];
	for (let at = row; at !== 0; at = parents[at]!) found.push(last[at]!);
	return found.reverse();
}
