// One sequence at a time: the best token of each step, or one drawn by its probability.
import { randomDouble } from '../../base/random.js';
import { type Beam, type Begin, type Hypothesis, noToken, type Scores, type Search } from './search.js';

/** The sequences of one input, each by itself: greedy, or drawn. */
export function singleSearch({ prompt, longest, input, settings }: Begin): Search {
	const { ends, doSample = false, seed, numReturnSequences } = settings;
	const found: Hypothesis[] = [];
	/** Which sequence each beam is. */
	let numbers = Array.from({ length: numReturnSequences }, (_, number) => number);
	let beams: readonly Beam[] = numbers.map(() => ({ tokens: prompt, sum: 0, from: 0 }));
	return {
		get beams() {
			return beams;
		},
		advance(scores) {
			const next: Beam[] = [];
			const going: number[] = [];
			for (const [place, beam] of beams.entries()) {
				const number = numbers[place]!;
				const own = scores.of(place);
				const draw = () => randomDouble(seed, input, beam.tokens.length * numReturnSequences + number);
				const token = doSample ? drawn(own, draw()) : largest(own);
				if (token < 0) throw noToken(beam.tokens);
				const more = withToken(beam, token, { at: place, own, scores });
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

function withToken(beam: Beam, token: number, { at, own, scores }: { at: number; own: Float32Array; scores: Scores }): Beam {
	const looked = scores.attention(at);
	return {
		tokens: [...beam.tokens, token],
		sum: beam.sum + own[token]! - logSum(own),
		from: at,
		...(looked && { attention: [...(beam.attention ?? []), looked] }),
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

/** ln Σ eˢ */
function logSum(scores: Float32Array): number {
	const most = scores[largest(scores)]!;
	let sum = 0;
	for (const score of scores) sum += Math.exp(score - most);
	return most + Math.log(sum);
}

/** A place by its probability, `at` being uniform in [0, 1); −1 where all are −∞. */
function drawn(scores: Float32Array, at: number): number {
	const top = largest(scores);
	if (top < 0) return -1;
	const most = scores[top]!;
	let whole = 0;
	for (const score of scores) whole += Math.exp(score - most);
	let left = at * whole;
	for (let i = 0; i < scores.length; i++) {
		left -= Math.exp(scores[i]! - most);
		if (left < 0) return i;
	}
	return top;
}
