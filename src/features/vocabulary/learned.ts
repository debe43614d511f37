// From counts to the tokens of a vocabulary: which are kept, and in which order.
import { byCodePoint } from '../../base/index.js';
import { findToken, hashOf } from '../terms/token-table.js';
import type { Counted } from './counted.js';

/** The limits of a vocabulary. */
export interface Limits {
	/** Tokens that occur fewer times, in all documents together, are left out. Default 1. */
	minCount?: number;
	/** Tokens that occur more often are left out. Default no limit. */
	maxCount?: number;
	/** The most tokens kept, special ones included. Default no limit. */
	size?: number;
}

/** What a vocabulary learned. */
export interface Learned {
	readonly tokens: readonly string[];
	readonly counts: readonly number[];
	/** By how much counts may be too large. */
	readonly error: number;
}

/** How tokens are chosen and ordered. */
export interface Choice extends Limits {
	readonly special: readonly string[];
	readonly ties?: 'codePoint' | 'seen';
}

/** The tokens by falling count within the limits, behind the special ones. Throws a RangeError where none is left. */
export function learnedOf(part: Counted, { special, minCount = 1, maxCount = Infinity, size = Infinity, ties }: Choice): Learned {
	const { table, counts, error } = part;
	if (part.tokens === 0) {
		throw new RangeError(
			'vocabulary: expected documents with tokens to fit on, got none. Check the source, and that words() comes before.',
		);
	}
	const ofSpecial = special.map((token) => counts[findToken(table, token, hashOf(token))] ?? 0);
	const apart = new Set(special);
	const tokens = table.names;
	const all = Int32Array.from(tokens.keys()).filter((place) => !apart.has(tokens[place]!));
	const within = all.filter((place) => counts[place]! >= minCount && counts[place]! <= maxCount);
	if (within.length === 0)
		throw emptied(
			Array.from(all, (place) => counts[place]!),
			minCount,
			maxCount,
		);
	const order = ties === 'seen' ? bySeen(part) : byToken(tokens);
	const kept = within.sort((a, b) => counts[b]! - counts[a]! || order(a, b)).subarray(0, Math.min(size - special.length, within.length));
	const known = [...ofSpecial, ...Array.from(kept, (place) => counts[place]!)];
	// Counts that are too large may sum up to more than there was.
	known[1]! += Math.max(0, part.tokens - known.reduce((sum, count) => sum + count, 0));
	return { tokens: [...special, ...Array.from(kept, (place) => tokens[place]!)], counts: known, error };
}

/** The order of places by which token came first. */
function bySeen({ documents, at }: Counted): (a: number, b: number) => number {
	return (a, b) => documents[a]! - documents[b]! || at[a]! - at[b]!;
}

/** The order of places by the code points of their tokens. Below the surrogates that is JavaScript's own order, which is quicker. */
function byToken(tokens: readonly string[]): (a: number, b: number) => number {
	const beyond = Uint8Array.from(tokens, (token) => Number(/[\ud800-\uffff]/.test(token)));
	return (a, b) => {
		if (beyond[a]! + beyond[b]! > 1) return byCodePoint(tokens[a]!, tokens[b]!);
		return tokens[a]! < tokens[b]! ? -1 : 1;
	};
}

function emptied(counts: readonly number[], minCount: number, maxCount: number): RangeError {
	const least = counts.reduce((smallest, count) => Math.min(smallest, count), Infinity);
	const most = counts.reduce((largest, count) => Math.max(largest, count), 0);
	const refusal = (expected: string, got: string) => new RangeError(`vocabulary: expected tokens ${expected}, got none${got}`);
	if (counts.length === 0) return refusal('beside the special ones', '. Check the source.');
	if (most < minCount) return refusal(`that occur ${minCount} times`, `: the most frequent occurs ${most} times. Lower minCount.`);
	if (least > maxCount) return refusal(`that occur at most ${maxCount} times`, `: the rarest occurs ${least} times. Raise maxCount.`);
	return refusal(`that occur ${minCount} to ${maxCount} times`, '. Lower minCount, or raise maxCount.');
}
