// fastText's hash of words and of character n-grams.

/** What FNV-1a begins with. */
export const hashStart = 0x811c9dc5;

/** FNV-1a, 32 bit, over UTF-8; bytes count as signed ones, so that those from 128 on flip the upper 24 bits, too: files written by fastText depend on it. */
export function fastTextHash(bytes: Uint8Array, from = 0, to: number = bytes.length): number {
	let hash = hashStart;
	for (let at = from; at < to; at++) hash = Math.imul(hash ^ ((bytes[at]! << 24) >> 24), 0x01000193);
	return hash >>> 0;
}
