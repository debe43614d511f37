// Buckets of n-grams of words: fastText's hash of 64 bits, in two halves, since numbers have 53.

/** What a hash is multiplied by for each further word. */
const factor = 116049371;
const [half, whole] = [2 ** 16, 2 ** 32];

/**
 * Calls with the bucket of each row of 2 to `longest` words: h = h · 116049371 + next modulo 2⁶⁴, of the hashes with their sign, modulo the number of buckets.
 */
export function eachWordNgram(
	hashes: ArrayLike<number>,
	{ longest, bucket }: { longest: number; bucket: number },
	found: (bucket: number) => void,
): void {
	for (let from = 0; from < hashes.length; from++) {
		let low = hashes[from]! >>> 0;
		let high = (hashes[from]! | 0) >> 31;
		for (let at = from + 1; at < hashes.length && at < from + longest; at++) {
			const next = hashes[at]! | 0;
			const [first, second] = [(low & 0xffff) * factor, (low >>> 16) * factor];
			const sum = first + (second % half) * half + (next >>> 0);
			low = sum % whole;
			high = (Math.imul(high, factor) + Math.floor(second / half) + Math.floor(sum / whole) + (next >> 31)) | 0;
			const rest = (((high >>> 0) % bucket) * half + Math.floor(low / half)) % bucket;
			found((rest * half + (low % half)) % bucket);
		}
	}
}
