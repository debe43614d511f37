// Words that no dictionary has, with their tags: the most probable states of a run of Han characters by the hidden Markov model of jieba's posseg.
import { type TagTables, tagTables } from '../tables/tag-tables.js';

/** ln of a probability of 0, as jieba has it. */
const never = -3.14e100;

/** Adds the ends of the words of a run of Han characters, and their tags. */
export function tagUnknown(text: string, from: number, to: number, ends: number[], tags: string[]): void {
	const model = tagTables();
	const states = bestStates(model, text, from, to);
	let next = from;
	for (let at = from; at < to; at++) {
		const state = states[at - from]!;
		const place = model.places[state]!;
		if (place !== 'E' && place !== 'S') continue;
		ends.push(at + 1);
		tags.push(model.tags[state]!);
		next = at + 1;
	}
	if (next === to) return;
	ends.push(to);
	tags.push(model.tags[states[next - from]!]!);
}

/** Viterbi's way. Of equal ones that by the state of the greater number, as jieba's maximum of (score, state) has it. */
function bestStates({ places, start, trans, after, characters }: TagTables, text: string, from: number, to: number): Uint16Array {
	const size = places.length;
	const all = Uint16Array.from({ length: size }, (_, state) => state);
	const emissions = new Float64Array(size);
	const emit = (unit: number) => {
		emissions.fill(never);
		const of = characters.get(unit);
		if (of) for (let i = 0; i < of.states.length; i++) emissions[of.states[i]!] = of.emissions[i]!;
		return of === undefined || of.listed.length === 0 ? all : of.listed;
	};
	let scores = new Float64Array(size);
	let others = new Float64Array(size);
	let active: Uint16Array = emit(text.charCodeAt(from));
	for (const state of active) scores[state] = start[state]! + emissions[state]!;
	// For each place the states that were looked at, and for each of them the one before.
	const looked: Uint16Array[] = [active];
	const backs: Uint16Array[] = [active];
	const mayFollow = new Uint8Array(size);
	for (let at = from + 1; at < to; at++) {
		const before = active.filter((state) => after[state]!.length > 0);
		mayFollow.fill(0);
		for (const state of before) for (const next of after[state]!) mayFollow[next] = 1;
		const listed = emit(text.charCodeAt(at)).filter((state) => mayFollow[state] === 1);
		active = listed.length > 0 ? listed : all.filter((state) => mayFollow[state] === 1);
		const back = new Uint16Array(active.length);
		for (let i = 0; i < active.length; i++) {
			const state = active[i]!;
			let best = Number.NEGATIVE_INFINITY;
			for (const one of before) {
				const score = scores[one]! + trans[state * size + one]! + emissions[state]!;
				if (score < best) continue;
				best = score;
				back[i] = one;
			}
			others[state] = best;
		}
		[scores, others] = [others, scores];
		looked.push(active);
		backs.push(back);
	}
	let state = active[0]!;
	for (const one of active) if (scores[one]! >= scores[state]!) state = one;
	const states = new Uint16Array(to - from);
	for (let at = states.length - 1; at >= 0; at--) {
		states[at] = state;
		if (at > 0) state = backs[at]![looked[at]!.indexOf(state)]!;
	}
	return states;
}
