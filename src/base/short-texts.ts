// Short parts of texts as the same string each time: no memory for each token, and a Map finds it by its address.

/** Places of the table; a word takes that of another one. */
const bits = 15;
const size = 1 << bits;
/** The code units of the text in each place, two in a number. */
const lows = new Int32Array(size);
const highs = new Int32Array(size);
const texts: string[] = new Array<string>(size).fill('');

/** `text.slice(from, to)`. */
export function part(text: string, from: number, to: number): string {
	const length = to - from;
	if (length > 4 || length < 1) return text.slice(from, to);
	let low = text.charCodeAt(from);
	let high = 0;
	if (length > 1) low |= text.charCodeAt(from + 1) << 16;
	if (length > 2) high = text.charCodeAt(from + 2);
	if (length > 3) high |= text.charCodeAt(from + 3) << 16;
	const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
	const place = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> (32 - bits);
	const found = texts[place]!;
	if (lows[place] === low && highs[place] === high && found.length === length) return found;
	const made = text.slice(from, to);
	lows[place] = low;
	highs[place] = high;
	texts[place] = made;
	return made;
}
