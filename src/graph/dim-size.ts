// Named sizes as numbers: `time-2` where `time` is known.
import type { Dim } from './dim.js';
import { type Arithmetic, compute } from './size-sum.js';

/** Numbers for the names in shapes, such as `{ batch: 64, time: 100 }`. */
export type Sizes = Readonly<Record<string, number>>;

const numbers: Omit<Arithmetic<number>, 'name'> = {
	number: (value) => value,
	plus: (a, b) => a + b,
	times: (a, b) => a * b,
	windows: (last, stride) => Math.floor(last / stride) + 1,
	least: Math.min,
};

/** The number that a size comes to; undefined where a name in it has none, which is then put into `missing`. */
export function sizeOfDim(dim: Dim, sizes: Sizes, missing: Set<string> = new Set()): number | undefined {
	if (typeof dim === 'number') return dim;
	if (Object.hasOwn(sizes, dim)) return sizes[dim];
	return compute(dim, {
		...numbers,
		name: (name) => {
			if (Object.hasOwn(sizes, name)) return sizes[name];
			missing.add(name);
			return undefined;
		},
	});
}
