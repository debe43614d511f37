// MurmurHash3 of 32 bits (Appleby 2011), as scikit-learn hashes terms.

/** The hash of some bytes with seed 0, as a signed number. */
export function murmur3(bytes: Uint8Array, from: number, to: number): number {
	let hash = 0;
	const whole = from + ((to - from) & ~3);
	for (let at = from; at < whole; at += 4) {
		hash ^= mixed(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
		hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
	}
	let rest = 0;
	for (let at = to - 1; at >= whole; at--) rest = (rest << 8) | bytes[at]!;
	if (to > whole) hash ^= mixed(rest);
	hash ^= to - from;
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return hash ^ (hash >>> 16);
}

function mixed(block: number): number {
	const k = Math.imul(block, 0xcc9e2d51);
	return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}
