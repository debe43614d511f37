// Beam search for sequences that must hold some tokens, as transformers 4 has it (ConstrainedBeamSearchScorer): beside the best candidates, those that
// bring a beam on with what it must hold; those that have as much of it compete with each other. After M. Post, D. Vilar, Fast Lexically Constrained
// Decoding with Dynamic Beam Allocation, 2018.
import { bestOf } from '../scores.js';
import { progressOf } from './constraint.js';
import { bestEnded, hypothesesOf } from './hypotheses.js';
import { type Beam, type Begin, candidateCount, firstBeams, grown, noToken, type Scores, type Search } from './search.js';

export function constrainedSearch({ prompt, longest, settings }: Begin): Search {
	const { numBeams, numReturnSequences, forceWordsIds: words = [], ends } = settings;
	const found = hypothesesOf(numBeams, settings);
	let beams = firstBeams(prompt, numBeams);
	let isOver = false;
	const advance = (scores: Scores) => {
		const length = beams[0]!.tokens.length + 1 - prompt.length;
		const rows = beams.map(({ sum }, place) => ({ scores: scores.of(place), sum }));
		const candidates = bestOf(rows, candidateCount(numBeams, settings));
		if (!(candidates[0]!.score > Number.NEGATIVE_INFINITY)) throw noToken(beams[0]!.tokens);
		const next: Beam[] = [];
		for (const [rank, { beam, token, score }] of candidates.entries()) {
			if (next.length === numBeams) break;
			if (!ends.includes(token)) next.push(grown(beams, beam, token, score, scores));
			else if (rank < numBeams && progressOf(words, beams[beam]!.tokens).isComplete)
				found.add(grown(beams, beam, token, score, scores), length, true);
		}
		const seen = new Set(next.map(({ tokens }) => tokens.join()));
		const forced = beams.flatMap(({ tokens, sum }, place) =>
			progressOf(words, tokens)
				.next.filter((token) => !seen.has([...tokens, token].join()))
				.map((token) => {
					seen.add([...tokens, token].join());
					return grown(beams, place, token, Math.fround(sum + rows[place]!.scores[token]!), scores);
				}),
		);
		beams = forced.length === 0 ? next : inTurn([...next, ...forced], words).slice(0, numBeams);
		const isDone = found.isDone(candidates[0]!.score, length, longest - prompt.length);
		isOver = isDone || length + prompt.length >= longest;
		if (isOver && !isDone) addRest(length);
	};
	/** What is left when the length is over: what holds the words, and where that is too little the rest. */
	const addRest = (length: number) => {
		const isComplete = beams.map(({ tokens }) => progressOf(words, tokens).isComplete);
		const complete = beams.filter((_, place) => isComplete[place]);
		for (const beam of complete) found.add(beam, length, false);
		if (complete.length < numReturnSequences)
			for (const [place, beam] of beams.entries()) if (!isComplete[place]) found.add(beam, length, false);
	};
	return {
		get beams() {
			return isOver ? [] : beams;
		},
		advance,
		results: () => bestEnded([found], numReturnSequences, prompt.length),
	};
}

/** Beams in turn: the best of each amount of progress, the most first, then the second of each. */
function inTurn(beams: readonly Beam[], words: readonly (readonly number[])[]): Beam[] {
	const banked = beams.map((beam) => ({ beam, bank: progressOf(words, beam.tokens).bank }));
	const sorted = banked.sort((a, b) => b.bank * 100 + b.beam.sum - (a.bank * 100 + a.beam.sum));
	let [rank, bank] = [-1, sorted[0]!.bank];
	const ranks = sorted.map((one) => {
		rank = one.bank === bank ? rank + 1 : 0;
		bank = one.bank;
		return rank;
	});
	return [...sorted.keys()].sort((a, b) => ranks[a]! - ranks[b]! || a - b).map((place) => sorted[place]!.beam);
}
