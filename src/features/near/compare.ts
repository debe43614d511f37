// Signatures and fingerprints compared: the estimate of a similarity, a distance, the signature of a union.
import { argumentOf, type Kind } from '../../base/index.js';

const signatureKind: Kind = {
	expected: 'a signature, a Uint32Array',
	fits: (value) => value instanceof Uint32Array && value.length > 0,
	next: 'Make it with minhash().',
};

/** A fingerprint of `simhash`. */
export const fingerprintKind: Kind = {
	expected: 'a fingerprint, a Uint32Array of 2 numbers',
	fits: (value) => value instanceof Uint32Array && value.length === 2,
	next: 'Make it with simhash().',
};

function expectPair(who: string, a: Uint32Array, b: Uint32Array): void {
	argumentOf(who, 'the first', a, signatureKind);
	argumentOf(who, 'the second', b, signatureKind);
	if (a.length === b.length) return;
	throw new RangeError(
		`${who}: expected signatures of one length, got ${a.length} and ${b.length} numbers. Make both with the same options.`,
	);
}

/**
 * The Jaccard similarity |A ∩ B| / |A ∪ B| of two documents' sets of shingles, estimated from their MinHash signatures: the share of equal numbers. Its
 * standard error is at most about √(J(1 − J)/n) for n numbers. Two empty documents are equal. Both signatures must come from the same options.
 */
export function estimatedJaccard(a: Uint32Array, b: Uint32Array): number {
	expectPair('estimatedJaccard', a, b);
	let equal = 0;
	for (let i = 0; i < a.length; i++) if (a[i] === b[i]) equal++;
	return equal / a.length;
}

/** The MinHash signature of the union of two documents' shingles, of their signatures alone: the smaller number at each place. */
export function mergedSignature(a: Uint32Array, b: Uint32Array): Uint32Array {
	expectPair('mergedSignature', a, b);
	return a.map((value, i) => Math.min(value, b[i]!));
}

/** The Hamming distance of two SimHash fingerprints: how many of their 64 bits differ. */
export function hammingDistance(a: Uint32Array, b: Uint32Array): number {
	argumentOf('hammingDistance', 'the first', a, fingerprintKind);
	argumentOf('hammingDistance', 'the second', b, fingerprintKind);
	return bitCount(a[0]! ^ b[0]!) + bitCount(a[1]! ^ b[1]!);
}

/** The bits of a number of 32 that are 1 (Warren, "Hacker's Delight", figure 5-2). */
function bitCount(number: number): number {
	let x = number - ((number >>> 1) & 0x55555555);
	x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
	return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
