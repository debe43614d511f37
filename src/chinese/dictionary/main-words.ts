// The lines of a main dictionary, `word frequency [tag]`, into a trie.
import { DataError } from '../../base/index.js';
import { greatestFrequency, type Trie } from './trie.js';

/** Adds the words of a whole file. Throws a DataError with the line that is none. */
export function addMainText(trie: Trie, text: string, file: string): void {
	let line = 0;
	for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; line++) {
		let end = text.indexOf('\n', at);
		if (end < 0) end = text.length;
		const last = text.charCodeAt(end - 1) === 0x0d ? end - 1 : end;
		if (last > at) addLine(trie, text, at, last, { file, line: line + 1 });
		at = end + 1;
	}
}

/** Adds the words of lines. */
export function addMainLines(trie: Trie, lines: readonly string[], file = 'dictionary'): void {
	for (const [place, line] of lines.entries()) {
		const [from, to] = [line.charCodeAt(0) === 0xfeff ? 1 : 0, line.endsWith('\r') ? line.length - 1 : line.length];
		if (line.trim() !== '') addLine(trie, line, from, to, { file, line: place + 1 });
	}
}

function addLine(trie: Trie, text: string, from: number, to: number, place: { file: string; line: number }): void {
	const wordEnd = text.indexOf(' ', from);
	let at = wordEnd + 1;
	let frequency = 0;
	for (; at < to; at++) {
		const figure = text.charCodeAt(at) - 48;
		if (figure < 0 || figure > 9) break;
		frequency = frequency * 10 + figure;
	}
	const isLine = wordEnd > from && wordEnd < to && at > wordEnd + 1 && (at === to || text.charCodeAt(at) === 32);
	if (!isLine || frequency > greatestFrequency) {
		const got = JSON.stringify(text.slice(from, Math.min(to, from + 40)));
		throw new DataError(
			`dictionary: expected a word, its frequency up to ${greatestFrequency} and perhaps a tag, a space between, got ${got}. Mend the line, or pass it as words, which need no frequency.`,
			place,
		);
	}
	trie.set(text, from, wordEnd, frequency, at < to ? text.slice(at + 1, to).trim() : undefined);
}
