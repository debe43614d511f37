// Long runs of one character made shorter: `soooo` → `soo`.

/**
 * A function that leaves at most `most` of one character in a row; digits and white space stay. The end of a run is found by a
 * loop: a pattern for runs of any length overflows its stack.
 */
export function shortenRuns(most: number): (text: string) => string {
	const run = new RegExp(`([^\\p{N}\\s\\ufdd0])\\1{${most}}`, 'gu');
	return (text) => {
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
}
