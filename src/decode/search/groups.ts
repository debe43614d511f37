// Diverse beam search as transformers 4 has it: A. K. Vijayakumar et al., Diverse Beam Search, 2018. Groups choose one after another; a token costs more for
// each beam of the groups before that has just taken it.
import { bestOf } from '../scores.js';
import { bestEnded, type Hypotheses, hypothesesOf } from './hypotheses.js';
import { type Beam, type Begin, candidateCount, firstBeams, grown, noToken, type Scores, type Search } from './search.js';

interface Group {
	beams: readonly Beam[];
	readonly found: Hypotheses;
	isDone: boolean;
}

export function groupSearch({ prompt, longest, settings }: Begin): Search {
	const { numBeams, numBeamGroups, numReturnSequences, diversityPenalty = 0, ends, padding } = settings;
	const size = numBeams / numBeamGroups;
	const groups: Group[] = Array.from({ length: numBeamGroups }, () => ({
		beams: firstBeams(prompt, size),
		found: hypothesesOf(size, settings),
		isDone: false,
	}));
	let isOver = false;
	/** One step of a group; `first` is the place of its first beam, `said` what groups before have just taken. */
	const step = (group: Group, first: number, said: readonly number[], scores: Scores) => {
		const length = group.beams[0]!.tokens.length + 1 - prompt.length;
		const shifted: Scores = {
			of: (beam, change) => scores.of(first + beam, change),
			likeliest: (beam) => scores.likeliest(first + beam),
			attention: (beam) => scores.attention(first + beam),
		};
		if (group.isDone) {
			group.beams = group.beams.map(() => ({ ...grown(group.beams, 0, padding, 0, shifted), from: first }));
			return;
		}
		const penalize = (scores: Float32Array) => {
			for (const token of said) scores[token]! -= diversityPenalty;
		};
		const rows = group.beams.map(({ sum }, place) => ({ scores: shifted.of(place, penalize), sum }));
		const candidates = bestOf(rows, candidateCount(size, settings));
		if (!(candidates[0]!.score > Number.NEGATIVE_INFINITY)) throw noToken(group.beams[0]!.tokens);
		const next: Beam[] = [];
		for (const [rank, { beam, token, score }] of candidates.entries()) {
			if (next.length === size) break;
			if (!ends.includes(token)) next.push({ ...grown(group.beams, beam, token, score, shifted), from: first + beam });
			else if (rank < size) group.found.add(grown(group.beams, beam, token, score, shifted), length, true);
		}
		group.beams = next;
		group.isDone = group.found.isDone(candidates[0]!.score, length, longest - prompt.length);
	};
	return {
		get beams() {
			return isOver ? [] : groups.flatMap(({ beams }) => beams);
		},
		advance(scores) {
			const said: number[] = [];
			for (const [place, group] of groups.entries()) {
				step(group, place * size, said, scores);
				said.push(...group.beams.map(({ tokens }) => tokens.at(-1)!));
			}
			const { length } = groups[0]!.beams[0]!.tokens;
			isOver = length >= longest || groups.every(({ isDone }) => isDone);
			if (!isOver) return;
			for (const { beams, found, isDone } of groups) if (!isDone) for (const beam of beams) found.add(beam, length - prompt.length, false);
		},
		results: () =>
			bestEnded(
				groups.map(({ found }) => found),
				numReturnSequences,
				prompt.length,
			),
	};
}
