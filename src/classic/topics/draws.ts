// Random numbers of other distributions, each a function of a seed, a stream and an index.
import { randomDouble } from '../../base/index.js';

/** Numbers of the standard normal distribution, two of each pair of draws (Box & Muller 1958). Streams 2s and 2s + 1 are used. */
export function randomNormals(count: number, seed: number, stream: number): Float64Array {
	const numbers = new Float64Array(count);
	for (let at = 0, pair = 0; at < count; at += 2, pair++) {
		const radius = Math.sqrt(-2 * Math.log(1 - randomDouble(seed, 2 * stream, pair)));
		const angle = 2 * Math.PI * randomDouble(seed, 2 * stream + 1, pair);
		numbers[at] = radius * Math.cos(angle);
		if (at + 1 < count) numbers[at + 1] = radius * Math.sin(angle);
	}
	return numbers;
}

/** One number of it. Arguments as in `randomDouble`; streams 2s and 2s + 1 are used. */
function randomNormal(seed: number, stream: number, index: number): number {
	const radius = Math.sqrt(-2 * Math.log(1 - randomDouble(seed, 2 * stream, index)));
	return radius * Math.cos(2 * Math.PI * randomDouble(seed, 2 * stream + 1, index));
}

/** A number of the gamma distribution of a shape of at least 1 and scale 1 (Marsaglia & Tsang 2000, section 3). */
export function randomGamma(shape: number, seed: number, stream: number, index: number): number {
	const d = shape - 1 / 3;
	const c = 1 / Math.sqrt(9 * d);
	for (let attempt = 0; ; attempt++) {
		const own = (stream << 8) + 3 * attempt;
		const x = randomNormal(seed, own, index);
		const v = (1 + c * x) ** 3;
		if (v <= 0) continue;
		const u = 1 - randomDouble(seed, 2 * own + 4, index);
		if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
	}
}
