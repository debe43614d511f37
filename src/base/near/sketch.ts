// MinHash signatures by fast similarity sketching: rounds that fill bins, instead of one pass over the document for each number.
import { mix, randomKeys } from '../random.js';
import type { Shingles } from './shingles.js';

/** The number of a signature whose document is empty: others are below, so that they are whole numbers of 32 bits with a sign, which V8 compares fastest. */
const nothing = 0x7fffffff;

/** Makes the signature of a document. */
export type Sketch = (shingles: Shingles) => Uint32Array;

/** The stream of random numbers that orders shingles. */
const sketching = 0x10000004;

/** The step of a Weyl sequence: 2³² over the golden ratio. */
const step = 0x9e3779b9;

/**
 * A function that makes signatures of `size` numbers (Dahlgaard, Knudsen & Thorup 2017, "Fast Similarity Sketching", algorithm 1). In round i
 * every shingle falls into a bin by its hash for that round, and a bin takes the smallest value of the first round that reaches it; in round
 * size + b everything falls into bin b. So no bin of a document that has a shingle stays empty, and after about ln(size) · size hashes all are
 * full, where a permutation for each number takes size times the length of the document. The share of equal numbers in two signatures is an
 * unbiased estimate of the Jaccard similarity. Its variance is at most about that of independent permutations, J(1 − J)/size: at J = 2/3 and 128 numbers the
 * root mean square error is 0.028 (5 shingles) to 0.038 (500), theirs 0.042, that of one densified permutation 0.052 to 0.036.
 *
 * A number is its round in the upper bits, the value below: the smaller of two is the one of the union, so that signatures can be merged.
 */
export function createSketch(size: number, seed: number): Sketch {
	const [seeded] = randomKeys(seed, sketching);
	const valueBits = Math.clz32(2 * size - 1) - 1;
	const mask = 2 ** valueBits - 1;
	const bins = new Int32Array(size);
	const signature = new Uint32Array(bins.buffer);

	return ({ hashes, count }) => {
		bins.fill(nothing);
		let empty = count === 0 ? 0 : size;
		for (let round = 0; round < size && empty > 0; round++) {
			const head = round << valueBits;
			const key = Math.imul(round, step);
			for (let i = 0; i < count; i++) {
				const hash = mix(((hashes[i]! ^ seeded) + key) | 0);
				const bin = Math.imul(hash >>> 16, size) >>> 16;
				const held = bins[bin]!;
				// The smaller one: what came in an earlier round is. Without branches, which nothing foretells: a fifth of the time.
				const less = (head | (hash & mask)) - held;
				bins[bin] = held + (less & (less >> 31));
				// 1 where it was nothing.
				empty -= ((held + 1) | 0) >>> 31;
			}
		}
		for (let bin = 0; bin < size && empty > 0; bin++) {
			if (bins[bin] !== nothing) continue;
			const head = (size + bin) << valueBits;
			const key = Math.imul(size + bin, step);
			let least = nothing;
			for (let i = 0; i < count; i++) least = Math.min(least, head | (mix(((hashes[i]! ^ seeded) + key) | 0) & mask));
			bins[bin] = least;
		}
		return signature.slice();
	};
}
