// Rows that go on from one source share what is of it: a step has it once for each of these units.

/** The units of a step, each as many rows as any other, one after another. */
export interface Units {
	/** The input that each is of. */
	readonly owners: Int32Array;
	/** Rows in each. */
	readonly size: number;
}

/** The units of rows, which say whose they are: those of each input, where all have as many; else each row by itself. */
export function unitsOf(owners: Int32Array): Units {
	const starts = [...owners.keys()].filter((row) => row === 0 || owners[row] !== owners[row - 1]);
	const size = owners.length / starts.length;
	const even = starts.every((start, unit) => start === unit * size) && new Set(owners).size === starts.length;
	return even ? { owners: Int32Array.from(starts, (row) => owners[row]!), size } : alone(owners);
}

/** Each row by itself. */
export const alone = (owners: Int32Array): Units => ({ owners, size: 1 });
