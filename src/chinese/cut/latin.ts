// What jieba makes of a part without Han characters of text that is no word.
import { digit, kinds, latin, runEnd } from './units.js';

/** Letters and digits, a decimal part and a percent sign after them, and what is between: `([a-zA-Z0-9]+(?:\.\d+)?%?)`. Adds the ends of the parts. */
export function cutLatin(text: string, from: number, to: number, ends: number[]): void {
	let at = from;
	while (at < to) {
		if ((kinds[text.charCodeAt(at)]! & latin) === 0) {
			do at++;
			while (at < to && (kinds[text.charCodeAt(at)]! & latin) === 0);
		} else {
			at = runEnd(text, at + 1, to, latin);
			if (at + 1 < to && text.charCodeAt(at) === 0x2e && (kinds[text.charCodeAt(at + 1)]! & digit) !== 0) {
				at = runEnd(text, at + 2, to, digit);
			}
			if (at < to && text.charCodeAt(at) === 0x25) at++;
		}
		ends.push(at);
	}
}

/** Numbers (`m`), Latin (`eng`) and what is between (`x`): `([\.0-9]+|[a-zA-Z0-9]+)`. Adds the ends of the parts and their tags. */
export function tagLatin(text: string, from: number, to: number, ends: number[], tags: string[]): void {
	const kindOf = (at: number) => {
		const unit = text.charCodeAt(at);
		return unit === 0x2e || (kinds[unit]! & digit) !== 0 ? 'm' : (kinds[unit]! & latin) !== 0 ? 'eng' : 'x';
	};
	let at = from;
	while (at < to) {
		const kind = kindOf(at++);
		if (kind === 'eng') at = runEnd(text, at, to, latin);
		else while (at < to && kindOf(at) === kind) at++;
		ends.push(at);
		tags.push(kind);
	}
}
