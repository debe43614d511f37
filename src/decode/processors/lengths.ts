// When sequences may end, and when they get more likely to.
import type { Processor } from './processor.js';

/** No end before there are `least` tokens. */
export const minLength =
	(least: number, ends: readonly number[]): Processor =>
	(scores, tokens) => {
		if (tokens.length < least) for (const end of ends) scores[end] = Number.NEGATIVE_INFINITY;
	};

/** After `start` tokens the score s of an end is s + |s| (factorⁿ − 1), n tokens later. */
export const exponentialDecay =
	(start: number, factor: number, ends: readonly number[]): Processor =>
	(scores, tokens) => {
		const later = tokens.length - start;
		if (later <= 0) return;
		for (const end of ends) {
			const score = scores[end]!;
			if (Number.isFinite(score)) scores[end] = score + Math.fround(Math.abs(score) * (factor ** later - 1));
		}
	};
