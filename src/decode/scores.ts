// Scores of the next token: logarithms of probabilities, and the best of several rows.

/** Makes logits the logarithms of their softmax, in place. */
export function logSoftmax(logits: Float32Array): Float32Array {
	let most = Number.NEGATIVE_INFINITY;
	for (const logit of logits) if (logit > most) most = logit;
	// No token may come: there is nothing to divide.
	if (most === Number.NEGATIVE_INFINITY) return logits;
	let sum = 0;
	for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i]! - most);
	const shift = most + Math.log(sum);
	for (let i = 0; i < logits.length; i++) logits[i] = logits[i]! - shift;
	return logits;
}

/** A token after one of several sequences. */
export interface Candidate {
	/** The number of the sequence. */
	readonly beam: number;
	readonly token: number;
	/** The sum of the sequence's score and the token's, in float32. */
	readonly score: number;
}

/** Scores of the next tokens of a sequence: of all, each at its number, or of some. */
export interface TokenScores {
	readonly scores: Float32Array;
	/** The tokens, where the scores are of some only, best first. */
	readonly tokens?: Int32Array;
}

/** Scores of the next tokens of a sequence, and what it has already. */
export interface Scored extends TokenScores {
	readonly sum: number;
}

/** The best of all tokens after all sequences, best first; of equal ones that of the earlier sequence, then the lower token. */
export function bestOf(rows: readonly Scored[], count: number): Candidate[] {
	const found: Candidate[] = [];
	let least = Number.NEGATIVE_INFINITY;
	for (const [beam, { scores, tokens, sum }] of rows.entries()) {
		for (let at = 0; at < scores.length; at++) {
			const score = Math.fround(scores[at]! + sum);
			if (found.length === count && !(score > least)) {
				// The likeliest come best first.
				if (tokens) break;
				continue;
			}
			let place = found.length;
			while (place > 0 && found[place - 1]!.score < score) place--;
			found.splice(place, 0, { beam, token: tokens ? tokens[at]! : at, score });
			if (found.length > count) found.pop();
			least = found.at(-1)!.score;
		}
	}
	return found;
}

/** The likeliest tokens of one row, with their scores. */
export function likeliestOf(scores: Float32Array, count: number): TokenScores {
	const best = bestOf([{ scores, sum: 0 }], count);
	return { scores: Float32Array.from(best, ({ score }) => score), tokens: Int32Array.from(best, ({ token }) => token) };
}
