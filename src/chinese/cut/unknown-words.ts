// Words that no dictionary has: the most probable states B, M, E, S of a run of Han characters by the hidden Markov model of jieba's finalseg.
import { wordTables } from '../tables/word-tables.js';
import { firstHan } from './units.js';

/** ln of a probability of 0, as jieba has it. */
const never = -3.14e100;

const backs = new Uint8Array(1 << 12);

/** From which of its two states before each state came: one bit for each. */
const [beginFromSingle, middleFromMiddle, endFromMiddle, singleFromSingle] = [1, 2, 4, 8] as const;

/** Adds the ends of the words of a run of Han characters. Sums and ties are jieba's: of equal ways the one from the state whose letter is later. */
export function cutUnknown(text: string, from: number, to: number, ends: number[]): void {
	const { start, emit, trans } = wordTables();
	const length = to - from;
	const back = length <= backs.length ? backs : new Uint8Array(length);
	let row = (text.charCodeAt(from) - firstHan) * 4;
	let b = start.B + emit[row]!;
	let m = never + emit[row + 1]!;
	let e = never + emit[row + 2]!;
	let s = start.S + emit[row + 3]!;
	for (let at = 1; at < length; at++) {
		row = (text.charCodeAt(from + at) - firstHan) * 4;
		const eb = emit[row]!;
		const em = emit[row + 1]!;
		const ee = emit[row + 2]!;
		const es = emit[row + 3]!;
		const bOfE = e + trans.EB + eb;
		const bOfS = s + trans.SB + eb;
		const mOfB = b + trans.BM + em;
		const mOfM = m + trans.MM + em;
		const eOfB = b + trans.BE + ee;
		const eOfM = m + trans.ME + ee;
		const sOfE = e + trans.ES + es;
		const sOfS = s + trans.SS + es;
		let bits = 0;
		if (bOfS >= bOfE) bits |= beginFromSingle;
		if (mOfM >= mOfB) bits |= middleFromMiddle;
		if (eOfM >= eOfB) bits |= endFromMiddle;
		if (sOfS >= sOfE) bits |= singleFromSingle;
		back[at] = bits;
		b = bOfS >= bOfE ? bOfS : bOfE;
		m = mOfM >= mOfB ? mOfM : mOfB;
		e = eOfM >= eOfB ? eOfM : eOfB;
		s = sOfS >= sOfE ? sOfS : sOfE;
	}
	// From the end: a word ends where the state is E or S. `back` takes the ends in.
	let state = s >= e ? 'S' : 'E';
	for (let at = length - 1; at >= 0; at--) {
		const bits = back[at]!;
		back[at] = state === 'E' || state === 'S' ? 1 : 0;
		if (state === 'B') state = bits & beginFromSingle ? 'S' : 'E';
		else if (state === 'M') state = bits & middleFromMiddle ? 'M' : 'B';
		else if (state === 'E') state = bits & endFromMiddle ? 'M' : 'B';
		else state = bits & singleFromSingle ? 'S' : 'E';
	}
	for (let at = 0; at < length; at++) if (back[at] === 1 || at === length - 1) ends.push(from + at + 1);
}
