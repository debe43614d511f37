// The most probable way through a block of text by the words of a dictionary: max Σ (ln frequency − ln total), from its end to its beginning.
import type { Trie } from '../dictionary/trie.js';

/** Longer blocks than this have arrays of their own, which are not kept. */
const kept = 1 << 16;
let scores = new Float64Array(kept + 1);
let ends = new Int32Array(kept);

/**
 * For each place of the block, counted from its beginning, where the best word from there ends in the text. Of equal ways the one with the longer first word, as jieba's maximum of
 * (score, end) has it. A character that begins no word counts as one of frequency 1. The array is used again by the next call.
 */
export function route(trie: Trie, text: string, from: number, to: number): Int32Array {
	const length = to - from;
	if (length > ends.length || (ends.length > kept && length <= kept)) {
		const size = Math.max(length, kept);
		scores = new Float64Array(size + 1);
		ends = new Int32Array(size);
	}
	const [best, next] = [scores, ends];
	const logTotal = Math.log(trie.total);
	best[length] = 0;
	for (let place = length - 1; place >= 0; place--) {
		let score = Number.NEGATIVE_INFINITY;
		let end = 0;
		let node = 0;
		for (let at = place; at < length; at++) {
			node = trie.step(node, text.charCodeAt(from + at));
			if (node === 0) break;
			const frequency = trie.frequency(node);
			if (frequency === 0) continue;
			const candidate = trie.logOf(frequency) - logTotal + best[at + 1]!;
			if (candidate >= score) {
				score = candidate;
				end = at + 1;
			}
		}
		if (end === 0) {
			end = place + 1;
			score = best[end]! - logTotal;
		}
		best[place] = score;
		next[place] = from + end;
	}
	return next;
}
