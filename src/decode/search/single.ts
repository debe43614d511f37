// One sequence at a time: the best token of each step, or one drawn by its probability.
import { randomDouble } from '../../base/random.js';
import type { TokenScores } from '../scores.js';
import { type Beam, type Begin, grown, type Hypothesis, noToken, type Search } from './search.js';

/** The sequences of one input, each by itself: greedy, or drawn. */
export function singleSearch({ prompt, longest, input, settings }: Begin): Search {
	const { ends, doSample = false, seed, numReturnSequences } = settings;
	const found: Hypothesis[] = [];
	/** Which sequence each beam is. */
	let numbers = Array.from({ length: numReturnSequences }, (_, number) => number);
	let beams: readonly Beam[] = numbers.map(() => ({ tokens: prompt, sum: 0, from: 0 }));
	return {
		...(!doSample && { needs: 1 }),
		get beams() {
			return beams;
		},
		advance(scores) {
			const next: Beam[] = [];
			const going: number[] = [];
			for (const [place, beam] of beams.entries()) {
				const number = numbers[place]!;
				const draw = () => randomDouble(seed, input, beam.tokens.length * numReturnSequences + number);
				const chosen = doSample ? drawn(scores.of(place), draw()) : best(scores.likeliest(place));
				if (!chosen) throw noToken(beam.tokens);
				const { token } = chosen;
				const more = grown(beams, place, token, beam.sum + chosen.score, scores);
				const ended = ends.includes(token);
				if (ended || more.tokens.length >= longest) {
					const { tokens, sum, attention } = more;
					found[number] = { tokens: tokens.slice(prompt.length), score: sum, ended, ...(attention && { attention }) };
				} else {
					next.push(more);
					going.push(number);
				}
			}
			beams = next;
			numbers = going;
		},
		results: () => found,
	};
}

/** The place of the largest, the first of equal ones; −1 where all are −∞. */
function largest(scores: Float32Array): number {
	let best = -1;
	let most = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < scores.length; i++) {
		if (!(scores[i]! > most)) continue;
		best = i;
		most = scores[i]!;
	}
	return best;
}

/** A token, and the logarithm of its probability. */
interface Chosen {
	readonly token: number;
	readonly score: number;
}

/** The likeliest token; undefined where there is none. The likeliest alone have logarithms of probabilities; all have logits. */
function best({ scores, tokens }: TokenScores): Chosen | undefined {
	const at = largest(scores);
	if (at < 0) return undefined;
	return tokens ? { token: tokens[at]!, score: scores[at]! } : { token: at, score: scores[at]! - logSum(scores, scores[at]!) };
}

/** A token by its probability, `at` being uniform in [0, 1); undefined where there is none. */
function drawn(scores: Float32Array, at: number): Chosen | undefined {
	const top = largest(scores);
	if (top < 0) return undefined;
	const whole = logSum(scores, scores[top]!);
	let left = at;
	let token = top;
	for (let i = 0; i < scores.length; i++) {
		left -= Math.exp(scores[i]! - whole);
		if (left >= 0) continue;
		token = i;
		break;
	}
	return { token, score: scores[token]! - whole };
}

/** ln Σ eˢ, `most` being the largest. */
function logSum(scores: Float32Array, most: number): number {
	let sum = 0;
	for (const score of scores) sum += Math.exp(score - most);
	return most + Math.log(sum);
}
