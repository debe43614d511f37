// White space as Python's str.split() and str.strip() have it, which the scores of sacreBLEU rest on: control characters, but no U+FEFF.

// biome-ignore lint/suspicious/noControlCharactersInRegex: four of them are white space to Python.
const word = /[^\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** The words between white space. */
export const split = (text: string): string[] => text.match(word) ?? [];

/** The text without any white space. */
export const withoutSpace = (text: string): string => split(text).join('');

/** The text without white space at its end. */
export function trimEnd(text: string): string {
	let end = text.length;
	while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
	return text.slice(0, end);
}

/** The text without white space at its beginning. */
export function trimStart(text: string): string {
	let from = 0;
	while (from < text.length && isSpace(text.charCodeAt(from))) from++;
	return text.slice(from);
}

function isSpace(unit: number): boolean {
	if (unit <= 0x20) return (unit >= 0x9 && unit <= 0xd) || unit >= 0x1c;
	if (unit < 0x1680) return unit === 0x85 || unit === 0xa0;
	return unit === 0x1680 || (unit >= 0x2000 && unit <= 0x200a) || [0x2028, 0x2029, 0x202f, 0x205f, 0x3000].includes(unit);
}
