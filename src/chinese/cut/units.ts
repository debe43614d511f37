// The kinds of UTF-16 code units by which jieba splits a text before it looks for words: its regular expressions, as a table.

/** In a block that is cut by the dictionary: Han characters U+4E00 to U+9FD5, ASCII letters and digits, and `+ # & . _ % -`. */
export const block = 1;
/** In such a block of the tagger's, which are without `%` and `-`. */
export const taggedBlock = 2;
/** A Han character U+4E00 to U+9FD5. */
export const han = 4;
/** An ASCII letter or digit. */
export const latin = 8;
/** An ASCII digit. */
export const digit = 16;
/** White space as Python's `\s` has it. */
export const space = 32;

/** The kinds of each code unit. */
export const kinds: Uint8Array = new Uint8Array(0x10000);

/** The first Han character of a block, and the one after the last. */
export const [firstHan, endHan] = [0x4e00, 0x9fd6] as const;

kinds.fill(block | taggedBlock | han, firstHan, endHan);
const mark = (characters: string, kind: number) => {
	for (let at = 0; at < characters.length; at++) kinds[characters.charCodeAt(at)]! |= kind;
};
mark('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', block | taggedBlock | latin);
mark('0123456789', block | taggedBlock | latin | digit);
mark('+#&._', block | taggedBlock);
mark('%-', block);
mark('\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a', space);
mark('\u2028\u2029\u202f\u205f\u3000', space);

/** Where what begins at `at` outside of blocks ends: a line break of two characters, or one code point. */
export function otherEnd(text: string, at: number): number {
	const [unit, next] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
	const isPair = (unit === 0x0d && next === 0x0a) || (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000);
	return isPair ? at + 2 : at + 1;
}

/** Where a run of units of a kind that begins before `at` ends, `to` at the latest. */
export function runEnd(text: string, at: number, to: number, kind: number): number {
	let end = at;
	while (end < to && (kinds[text.charCodeAt(end)]! & kind) !== 0) end++;
	return end;
}
