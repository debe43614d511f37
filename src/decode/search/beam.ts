// Beam search as transformers 5 has it (GenerationMixin._beam_search): what ends is kept beside what goes on, and one input's search is never changed by
// another's.
import { randomDouble } from '../../base/random.js';
import { bestOf, type Candidate } from '../scores.js';
import {
	type Beam,
	type Begin,
	candidateCount,
	filler,
	firstBeams,
	grown,
	type Hypothesis,
	isReal,
	noToken,
	type Scores,
	type Search,
} from './search.js';

/** A sequence among the best that ended. */
interface Ended {
	readonly beam: Beam | undefined;
	readonly score: number;
	readonly isEnd: boolean;
}

export function beamSearch({ prompt, longest, input, settings }: Begin): Search {
	const { numBeams, numReturnSequences, lengthPenalty, earlyStopping, ends, coveragePenalty, rankUnfinished } = settings;
	const { doSample = false, seed } = settings;
	const kept = candidateCount(numBeams, settings);
	let beams = firstBeams(prompt, numBeams);
	let best: readonly Ended[] = beams.map(() => ({ beam: undefined, score: filler, isEnd: false }));
	let mayImprove = true;
	const score = (sum: number, length: number, beam: Beam) =>
		Math.fround(sum / length ** lengthPenalty) - (coveragePenalty === undefined ? 0 : coveragePenalty * uncovered(beam));
	const advance = (scores: Scores) => {
		const length = beams[0]!.tokens.length + 1 - prompt.length;
		const candidates = doSample
			? drawn(
					beams.map(({ sum }, place) => ({ scores: scores.of(place), sum })),
					{ count: kept, seed, input, step: length },
				)
			: bestOf(
					beams.map(({ sum }, place) => ({ ...scores.likeliest(place), sum })),
					kept,
				);
		if (!(candidates[0]!.score > Number.NEGATIVE_INFINITY)) throw noToken(beams[0]!.tokens);
		const before = beams;
		const next = (place: number) => {
			const { beam, token, score } = candidates[place]!;
			return grown(before, beam, token, score, scores);
		};
		const isLast = length + prompt.length >= longest;
		const stops = candidates.map(({ token }) => isLast || ends.includes(token));
		// Where a better one cannot come, or all ended and that is enough, nothing is added.
		const full = earlyStopping === true && best.every(({ beam }) => beam);
		if (mayImprove && !full) {
			const ended = candidates.slice(0, numBeams).flatMap((_, place): Ended[] => {
				if (!(stops[place] || rankUnfinished)) return [];
				const beam = next(place);
				return [{ beam, score: score(beam.sum, length, beam), isEnd: ends.includes(candidates[place]!.token) }];
			});
			best = [...best, ...ended].sort((a, b) => b.score - a.score).slice(0, numBeams);
		}
		// Those that stop come last, as fillers.
		const going = [...candidates.keys()].filter((place) => !stops[place]).slice(0, numBeams);
		const fillers = [...candidates.keys()].filter((place) => stops[place]).slice(0, numBeams - going.length);
		const all = stops.every(Boolean);
		beams = [...going.map(next), ...fillers.map(next).map((beam) => ({ ...beam, sum: beam.sum + filler }))];
		mayImprove = mayImprove && couldImprove(length);
		const isDone = !mayImprove || all || (earlyStopping === true && best.every(({ beam }) => beam));
		if (isDone) beams = [];
	};
	/** Whether what goes on could be better than the worst that ended, by its sum now over the length that is best for it. */
	const couldImprove = (length: number) => {
		if (!best.every(({ beam }) => beam)) return true;
		const hoped = earlyStopping === 'never' && lengthPenalty > 0 ? longest - prompt.length : length;
		return beams[0]!.sum / hoped ** lengthPenalty > best.at(-1)!.score;
	};
	return {
		...(!doSample && { needs: kept }),
		get beams() {
			return beams;
		},
		advance,
		results: () =>
			best
				.slice(0, numReturnSequences)
				.flatMap(({ beam, score, isEnd }): Hypothesis[] =>
					beam && isReal(beam)
						? [{ tokens: beam.tokens.slice(prompt.length), score, ended: isEnd, ...(beam.attention && { attention: beam.attention }) }]
						: [],
				),
	};
}

/** Σ −ln min(1, Σ attention): what was not looked at (Wu et al. 2016, section 7). */
function uncovered({ attention = [] }: Beam): number {
	const [first] = attention;
	if (!first) return 0;
	return first.reduce((sum, _, place) => {
		const looked = attention.reduce((all, weights) => all + weights[place]!, 0);
		return sum - Math.log(Math.min(Math.max(looked, 1e-9), 1));
	}, 0);
}

/** Candidates drawn without replacement: the best after noise of Gumbel's distribution is added (Kool et al. 2019), in order of their scores. */
function drawn(
	rows: readonly { readonly scores: Float32Array; readonly sum: number }[],
	{ count, seed, input, step }: { readonly count: number; readonly seed: number; readonly input: number; readonly step: number },
): Candidate[] {
	const noise = (beam: number, token: number) => {
		const place = (step * rows.length + beam) * rows[0]!.scores.length + token;
		return -Math.log(-Math.log(randomDouble(seed, input, place) || 2 ** -53));
	};
	const noisy = rows.map(({ scores, sum }, beam) => ({
		scores: scores.map((score, token) => score + noise(beam, token)),
		sum,
	}));
	return bestOf(noisy, count)
		.map(({ beam, token }) => ({ beam, token, score: Math.fround(rows[beam]!.scores[token]! + rows[beam]!.sum) }))
		.sort((a, b) => b.score - a.score);
}
