// Words that no dictionary has, with their tags: the most probable states of a run of Han characters by the hidden Markov model of jieba's posseg.
import { type CharacterStates, never, type TagTables, tagTables } from '../tables/tag-tables.js';

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

/** The score of each state at a place, and at the one before. */
let [scores, others] = [new Float64Array(0), new Float64Array(0)];
/** When each state was possible last, by a clock that goes on at each place. */
let seenAt = new Int32Array(0);
let clock = 1;

function makeRoom(size: number): void {
	[scores, others] = [new Float64Array(size), new Float64Array(size)];
	seenAt = new Int32Array(size);
	clock = 1;
}

/** Viterbi's way. Of equal ones that by the state of the greater number, as jieba's maximum of (score, state) has it. */
function bestStates({ places, start, trans, before, characters }: TagTables, text: string, from: number, to: number): Uint16Array {
	const size = places.length;
	if (size > seenAt.length || clock > 1 << 30) makeRoom(size);
	// The states that are possible at each place, one list after the other, and for each of them the one before.
	const possible: number[] = [];
	const backs: number[] = [];
	const begins: number[] = [0];

	const look = (at: number, states: ArrayLike<number>, emissions: ArrayLike<number>) => {
		const [first, last] = [begins[at - from - 1]!, possible.length];
		for (let i = 0; i < states.length; i++) {
			const state = states[i]!;
			const row = state * size;
			const emission = emissions[i]!;
			// The shorter list: the states that this one may come after, or those that were possible.
			const some = before[state]!;
			const isFew = some.length < last - first;
			const count = isFew ? some.length : last - first;
			let best = Number.NEGATIVE_INFINITY;
			let back = -1;
			for (let k = 0; k < count; k++) {
				const one = isFew ? some[k]! : possible[first + k]!;
				if (isFew && seenAt[one] !== clock - 1) continue;
				const score = scores[one]! + trans[row + one]! + emission;
				if (score < best || score === Number.NEGATIVE_INFINITY) continue;
				best = score;
				back = one;
			}
			if (back < 0) continue;
			others[state] = best;
			possible.push(state);
			backs.push(back);
		}
	};

	for (let at = from; at < to; at++) {
		const of = characters.get(text.charCodeAt(at));
		const begin = possible.length;
		if (at > from) {
			begins.push(begin);
			if (of) look(at, of.listed, of.listedEmissions);
			// None of them may come after those before: any that may.
			if (possible.length === begin)
				look(
					at,
					places.map((_, state) => state),
					emissionsOf(of, size),
				);
			[scores, others] = [others, scores];
		} else {
			const all = of === undefined || of.listed.length === 0;
			const emissions = all ? emissionsOf(of, size) : of.listedEmissions;
			for (let i = 0; i < emissions.length; i++) {
				const state = all ? i : of.listed[i]!;
				scores[state] = start[state]! + emissions[i]!;
				possible.push(state);
				backs.push(state);
			}
		}
		for (let i = begin; i < possible.length; i++) seenAt[possible[i]!] = clock;
		clock++;
	}
	let state = -1;
	for (let i = begins.at(-1)!; i < possible.length; i++) {
		const one = possible[i]!;
		if (state < 0 || scores[one]! >= scores[state]!) state = one;
	}
	clock++;
	const states = new Uint16Array(to - from);
	for (let at = states.length - 1; at >= 0; at--) {
		states[at] = state;
		let place = begins[at]!;
		while (possible[place] !== state) place++;
		state = backs[place]!;
	}
	return states;
}

/** ln p(character | state) of all states. */
function emissionsOf(of: CharacterStates | undefined, size: number): Float64Array {
	const emissions = new Float64Array(size).fill(never);
	if (of) for (let i = 0; i < of.states.length; i++) emissions[of.states[i]!] = of.emissions[i]!;
	return emissions;
}
