// Dense rows of numbers, one after the other in one array: what is refused of them.

/** Rows one after the other. */
export type DenseRows = Float32Array | Float64Array;

/** How many rows there are. Refuses what makes no whole rows, fewer than two, and numbers that are not finite. */
export function countRows(who: string, rows: DenseRows, width: number): number {
	if (!(rows instanceof Float32Array || rows instanceof Float64Array)) {
		throw new TypeError(
			`${who}: expected rows in a Float32Array or Float64Array, got ${typeof rows}. Make one, such as Float64Array.from(rows.flat()).`,
		);
	}
	if (!Number.isSafeInteger(width) || width < 1) {
		throw new RangeError(`${who}: expected a width of at least 1, the numbers of a row, got ${width}. Pass that of the rows.`);
	}
	const count = rows.length / width;
	if (!Number.isInteger(count) || count < 2) {
		throw new RangeError(`${who}: expected at least two whole rows of ${width} numbers, got ${rows.length} numbers. Check width.`);
	}
	const odd = rows.findIndex((value) => !Number.isFinite(value));
	if (odd >= 0) {
		const place = `row ${Math.floor(odd / width)}, column ${odd % width}`;
		throw new RangeError(`${who}: expected finite numbers, got ${rows[odd]} in ${place}. Leave that row out.`);
	}
	return count;
}

/** Columns less their means, and the means. */
export function centred(rows: DenseRows, width: number): { data: Float64Array; mean: Float64Array } {
	const count = rows.length / width;
	const mean = new Float64Array(width);
	for (let at = 0; at < rows.length; ) for (let i = 0; i < width; i++, at++) mean[i]! += rows[at]! / count;
	const data = new Float64Array(rows.length);
	for (let at = 0; at < rows.length; ) for (let i = 0; i < width; i++, at++) data[at] = rows[at]! - mean[i]!;
	return { data, mean };
}
