// How parameters begin. Each element is a function of its place, so that a seed and a name fix every weight.
import type { Initializer } from '../graph/index.js';

/** Uniform between −bound and bound. */
export function uniform(bound: number): Initializer {
	return (shape, draw) => fill(shape, (i) => (2 * draw(i) - 1) * bound);
}

/** Normal with mean 0, by Box and Muller. `zeroRow` is left at 0, as the padding row of an embedding. */
export function normal(deviation: number, { zeroRow }: { zeroRow?: number } = {}): Initializer {
	return (shape, draw) => {
		const width = shape.slice(1).reduce((a, b) => a * b, 1);
		return fill(shape, (i) => {
			if (zeroRow !== undefined && Math.floor(i / width) === zeroRow) return 0;
			return deviation * Math.sqrt(-2 * Math.log(1 - draw(2 * i))) * Math.cos(2 * Math.PI * draw(2 * i + 1));
		});
	};
}

function fill(shape: readonly number[], value: (index: number) => number): Float32Array {
	const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
	for (let i = 0; i < data.length; i++) data[i] = value(i);
	return data;
}
