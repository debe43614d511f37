// Which tokens may come at a place.
import type { Processor } from './processor.js';

/** All but these are out; these have `score`, or stay. */
function only(scores: Float32Array, tokens: readonly number[], score?: number): void {
	const kept = tokens.map((token) => scores[token] ?? Number.NEGATIVE_INFINITY);
	scores.fill(Number.NEGATIVE_INFINITY);
	for (const [place, token] of tokens.entries()) if (token < scores.length) scores[token] = score ?? kept[place]!;
}

/** Only the tokens that a function allows after those so far. */
export const allowedOnly =
	(allowed: (tokens: readonly number[]) => readonly number[]): Processor =>
	(scores, tokens) => {
		const some = allowed(tokens);
		if (some.length === 0) {
			throw new RangeError(
				`generate: expected prefixAllowedTokens to allow a token after ${tokens.join(' ')}, got none. Let it allow the end at least.`,
			);
		}
		only(scores, some);
	};

/** This token comes after the decoder's start. */
export const forcedFirst =
	(token: number): Processor =>
	(scores, tokens) => {
		if (tokens.length === 1) only(scores, [token], 0);
	};

/** One of these is the last where a sequence gets as long as it may. */
export const forcedLast =
	(last: readonly number[], longest: number): Processor =>
	(scores, tokens) => {
		if (tokens.length === longest - 1) only(scores, last, 0);
	};

/** These do not come; with `place` only not there. */
export const suppressed =
	(none: readonly number[], place?: number): Processor =>
	(scores, tokens) => {
		if (place !== undefined && tokens.length !== place) return;
		for (const token of none) if (token < scores.length) scores[token] = Number.NEGATIVE_INFINITY;
	};
