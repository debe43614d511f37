// Tokens that are there already get less likely: N. S. Keskar et al., CTRL, 2019, section 4.1.
import type { Processor } from './processor.js';

/** Scores above 0 are divided, others multiplied, once for each token however often it is there. */
export const repetitionPenalty =
	(penalty: number): Processor =>
	(scores, tokens) => {
		for (const token of new Set(tokens)) {
			const score = scores[token];
			if (score !== undefined) scores[token] = score < 0 ? score * penalty : score / penalty;
		}
	};
