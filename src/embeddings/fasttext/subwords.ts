// Character n-grams of a word as fastText cuts and numbers them.
import type { FastTextArgs } from './args.js';
import { fastTextHash } from './hash.js';

/** What n-grams follow from. */
export type SubwordRules = Pick<FastTextArgs, 'minn' | 'maxn' | 'bucket'>;

const encoder = new TextEncoder();
const isInside = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** `<word>` in UTF-8. */
export function bracketed(word: string): Uint8Array {
	return encoder.encode(`<${word}>`);
}

/** The same of a word in UTF-8. */
export function bracketedBytes(word: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(word.length + 2);
	bytes[0] = 60;
	bytes.set(word, 1);
	bytes[word.length + 1] = 62;
	return bytes;
}

/**
 * The buckets of the n-grams of `<word>`, of `minn` to `maxn` characters (code points), in fastText's order: by their first character, then by length. `<` and
 * `>` alone are none. The row of a bucket in the input matrix is the number of words more.
 *
 * @example
 * subwordBuckets(bracketed('where'), { minn: 3, maxn: 3, bucket: 2_000_000 }); // <wh whe her ere re>
 */
export function subwordBuckets(bytes: Uint8Array, { minn, maxn, bucket }: SubwordRules): number[] {
	const buckets: number[] = [];
	if (bucket > 0) eachSubword(bytes, { minn, maxn }, (from, to) => buckets.push(fastTextHash(bytes, from, to) % bucket));
	return buckets;
}

/** Calls with the place of each n-gram of `<word>`. */
export function eachSubword(
	bytes: Uint8Array,
	{ minn, maxn }: Pick<SubwordRules, 'minn' | 'maxn'>,
	found: (from: number, to: number) => void,
): void {
	for (let from = 0; from < bytes.length; from++) {
		if (isInside(bytes[from]!)) continue;
		let to = from;
		for (let length = 1; to < bytes.length && length <= maxn; length++) {
			to++;
			while (to < bytes.length && isInside(bytes[to]!)) to++;
			if (length >= minn && !(length === 1 && (from === 0 || to === bytes.length))) found(from, to);
		}
	}
}
