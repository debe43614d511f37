// How alike two keywords are, so that of two that say the same only the better one is kept.
import { levenshtein } from '../../base/index.js';

/** A similarity of two texts from 0 to 1. */
export type TextSimilarity = (a: string, b: string) => number;

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	let common = 0;
	for (const item of a) if (b.has(item)) common++;
	const union = a.size + b.size - common;
	return union === 0 ? 0 : common / union;
}

/** Sets of three characters each, and of characters and words. */
function trigrams(characters: readonly string[]): Set<string> {
	const found = new Set<string>();
	for (let i = 0; i + 2 < characters.length; i++) found.add(characters[i]! + characters[i + 1]! + characters[i + 2]!);
	return found;
}

/** Whether two texts can be alike at all: in length, in their first two characters and their last, in their number of words. */
function comparable(a: string, b: string): boolean {
	const [left, right] = [[...a], [...b]];
	const longer = Math.max(left.length, right.length);
	if (Math.abs(left.length - right.length) > longer * 0.6) return false;
	if (longer > 3) {
		if (left[0] !== right[0] || left.at(-1) !== right.at(-1)) return false;
		if (Math.min(left.length, right.length) >= 3 && left[1] !== right[1]) return false;
	}
	return Math.abs(a.split(' ').length - b.split(' ').length) <= 1;
}

/** What the package yake calls `seqm` since 0.7: shares of characters, words and runs of three characters. */
function sequence(a: string, b: string): number {
	if (a === b) return 1;
	// Most pairs end here: what has 8 code units has more than 3 characters.
	const isLong = a.length >= 8 || b.length >= 8;
	if (isLong && (a.charCodeAt(0) !== b.charCodeAt(0) || a.charCodeAt(a.length - 1) !== b.charCodeAt(b.length - 1))) return 0;
	if (!comparable(a, b)) return 0;
	const [left, right] = [[...a], [...b]];
	const longer = Math.max(left.length, right.length);
	const lengths = Math.min(left.length, right.length) / longer;
	if (lengths < 0.3) return 0;
	const characters = overlap(new Set(left), new Set(right));
	if (characters < 0.2) return 0;
	if (longer <= 4) return characters * lengths;
	const [words, others] = [a.split(' '), b.split(' ')];
	if (words.length > 1 || others.length > 1) {
		const shared = overlap(new Set(words), new Set(others));
		if (shared > 0.4) return shared;
	}
	return Math.min(0.3 * lengths + 0.2 * characters + 0.5 * overlap(trigrams(left), trigrams(right)), 1);
}

/** 1 − edit distance / length of the longer. */
function byEdits(a: string, b: string): number {
	const [left, right] = [[...a], [...b]];
	const longer = Math.max(left.length, right.length);
	if (longer === 0) return 1;
	// Too unlike to matter, as the package has it.
	if (Math.abs(left.length - right.length) > longer * 0.7) return 0;
	return 1 - levenshtein(left, right) / longer;
}

/** The similarities by name. */
export const similarities = { sequence, levenshtein: byEdits } satisfies Record<string, TextSimilarity>;
