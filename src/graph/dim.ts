// Sizes: a dimension is a number or a name. Equal names mean equal sizes; different names never broadcast.

/** A size, or the name of a size that is known when the graph runs (`'batch'`, `'time-2'`). */
export type Dim = number | string;

/** The sizes of a value, outermost first. The rank is always known. */
export type Shape = readonly Dim[];

const offset = /^(.+?)([+-]\d+)$/;

/** The size `dim + by`: names keep one offset, so `time-2` plus 2 is `time` again. */
export function addDim(dim: Dim, by: number): Dim {
	if (typeof dim === 'number') return dim + by;
	const [, base = dim, old = '0'] = offset.exec(dim) ?? [];
	const sum = Number(old) + by;
	return sum === 0 ? base : `${base}${sum > 0 ? '+' : ''}${sum}`;
}

/** The size `a + b`. */
export function sumDims(a: Dim, b: Dim): Dim {
	if (typeof b === 'number') return addDim(a, b);
	return typeof a === 'number' ? addDim(b, a) : `(${a}+${b})`;
}

/** The product of sizes. */
export function productDims(dims: Shape): Dim {
	const known = knownProduct(dims);
	const names = dims.filter((dim) => typeof dim === 'string');
	if (names.length === 0 || known === 0) return known;
	const product = names.map((name) => (offset.test(name) ? `(${name})` : name)).join('*');
	return known === 1 ? product : `${product}*${known}`;
}

/** The product of the sizes that are numbers. */
export function knownProduct(dims: Shape): number {
	return dims.reduce<number>((product, dim) => (typeof dim === 'number' ? product * dim : product), 1);
}

/** `batch×time×100`, for messages. */
export function showShape(shape: Shape): string {
	return shape.length === 0 ? 'scalar' : shape.join('×');
}

/** Whether two shapes are the same, name for name. */
export function sameShape(a: Shape, b: Shape): boolean {
	return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

/** The shape of two shapes broadcast as NumPy does, or undefined where they clash. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
	const rank = Math.max(a.length, b.length);
	const result: Dim[] = [];
	for (let axis = 0; axis < rank; axis++) {
		const left = a[axis - (rank - a.length)] ?? 1;
		const right = b[axis - (rank - b.length)] ?? 1;
		if (left !== right && left !== 1 && right !== 1) return undefined;
		result.push(left === 1 ? right : left);
	}
	return result;
}
