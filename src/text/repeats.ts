// Long runs of one character made shorter: `soooo` → `soo`.
import { addresses, held } from './finds.js';

/** Whether a text may have more than `most` of one character in a row: equal code units say so, and pairs of them are not looked at. */
function mayRun(text: string, most: number): boolean {
	let same = 0;
	let last = -1;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		same = code === last ? same + 1 : 0;
		if (same >= most || (code >= 0xd800 && code < 0xe000)) return true;
		last = code;
	}
	return false;
}

/**
 * A function that leaves at most `most` of one character in a row; digits, white space, URLs and e-mail addresses stay (`www.`, `///`).
 * The end of a run is found by a loop: a pattern for runs of any length overflows its stack.
 */
export function shortenRuns(most: number): (text: string) => string {
	const run = new RegExp(`([^\\p{N}\\s${held}])\\1{${most}}`, 'gu');
	const shorten = (text: string) => {
		let out = '';
		let from = 0;
		run.lastIndex = 0;
		for (let found = run.exec(text); found; found = run.exec(text)) {
			const character = found[1]!;
			out += text.slice(from, found.index + most * character.length);
			from = run.lastIndex;
			while (text.startsWith(character, from)) from += character.length;
			run.lastIndex = from;
		}
		return out + text.slice(from);
	};
	return (text) => {
		if (!mayRun(text, most)) return text;
		// `split` gives what the group of the pattern finds at each odd place.
		const parts = text.split(addresses);
		return parts.map((part, i) => (i % 2 === 1 ? part : shorten(part))).join('');
	};
}
