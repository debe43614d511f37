// Random numbers without state: each is a function of a seed, a stream (a step, a layer, a purpose) and an index.

const unit = 2 ** -24;

/**
 * A 32-bit finalizer (xor-shift and multiply, twice): each bit of the input changes each bit of the result half of the time.
 * Constants found by search: github.com/skeeto/hash-prospector (public domain).
 */
export function mix(value: number): number {
	let x = value;
	x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
	x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
	return x ^ (x >>> 15);
}

/**
 * A random integer in 0 … 2³² − 1. The same three integers always give the same number; of each the low 32 bits count.
 * Within one seed and stream no two indices share what is mixed, and two keys are mixed in, so that streams do not collide.
 */
export function randomUint32(seed: number, stream: number, index: number): number {
	const [first, second] = randomKeys(seed, stream);
	return mix(mix(index ^ first) + second) >>> 0;
}

/** The two keys of a seed and a stream, for a kernel that hashes many indices: `mix(mix(index ^ first) + second)`. */
export function randomKeys(seed: number, stream: number): [first: number, second: number] {
	const first = mix(seed + 0x9e3779b9) ^ stream;
	return [mix(first), mix(first + 0x85ebca6b) ^ seed];
}

/** A random number in 0 ≤ x < 1 with 24 random bits, so that it stays below 1 as a 32-bit float, too. Arguments as in `randomUint32`. */
export function randomFloat(seed: number, stream: number, index: number): number {
	return (randomUint32(seed, stream, index) >>> 8) * unit;
}

/** A 32-bit hash of a text (FNV-1a over its UTF-16 units), to choose by what something is and not by its place. */
export function hashText(text: string): number {
	let h = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
	return h;
}

/** A random number in 0 ≤ x < 1 with 53 random bits, for choices among more than 2²⁴. Arguments as in `randomUint32`. */
export function randomDouble(seed: number, stream: number, index: number): number {
	return ((randomUint32(seed, stream, index) >>> 5) * 2 ** 26 + (randomUint32(seed, ~stream, index) >>> 6)) / 2 ** 53;
}

/** The numbers 0 … length − 1 in random order (Fisher–Yates). Same seed and stream, same order. */
export function permutation(length: number, seed: number, stream = 0): Uint32Array {
	const order = Uint32Array.from({ length }, (_, i) => i);
	for (let last = length - 1; last > 0; last--) {
		// Multiplying instead of taking the remainder: the bias is below length / 2³².
		const other = Math.floor((randomUint32(seed, stream, last) / 2 ** 32) * (last + 1));
		const held = order[last]!;
		order[last] = order[other]!;
		order[other] = held;
	}
	return order;
}
