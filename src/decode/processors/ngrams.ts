// Sequences of tokens that do not come: those that came before, those of the source, and words that are unwanted.
import type { Processor } from './processor.js';

/** Whether `tokens` ends with the first `count` of the sequence that begins at `at`. */
function endsWith(tokens: readonly number[], sequence: readonly number[], at: number, count: number): boolean {
	if (count > tokens.length) return false;
	for (let i = 0; i < count; i++) if (tokens[tokens.length - count + i] !== sequence[at + i]) return false;
	return true;
}

const ban = (scores: Float32Array, token: number) => {
	if (token < scores.length) scores[token] = Number.NEGATIVE_INFINITY;
};

/** Bans what would make the last tokens and one more a sequence of `size` that is in `known`. */
function banKnown(scores: Float32Array, tokens: readonly number[], known: readonly number[], size: number): void {
	for (let at = 0; at + size <= known.length; at++) if (endsWith(tokens, known, at, size - 1)) ban(scores, known[at + size - 1]!);
}

/** No sequence of `size` tokens comes twice. */
export const noRepeatNgrams =
	(size: number): Processor =>
	(scores, tokens) =>
		banKnown(scores, tokens, tokens, size);

/** No sequence of `size` tokens of the source comes. */
export const noSourceNgrams =
	(size: number, source: readonly number[]): Processor =>
	(scores, tokens) =>
		banKnown(scores, tokens, source, size);

/** None of these sequences comes. */
export const badWords =
	(words: readonly (readonly number[])[]): Processor =>
	(scores, tokens) => {
		for (const word of words) if (endsWith(tokens, word, 0, word.length - 1)) ban(scores, word.at(-1)!);
	};
