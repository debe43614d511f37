// Unicode normalization in linear time: JavaScript's own sorts a run of combining marks in quadratic time.

/** The most marks in a row. Writing has no such run: not even Tibetan, or Hebrew with all its points, has ten. */
const most = 30;
/** Marks but the joiner itself, so that safe text stays as it is. */
const mark = '(?!\\u034f)\\p{M}';
const full = new RegExp(`(?:${mark}){${most}}(?=${mark})`, 'gu');

const [unknown, other, combining] = [0, 1, 2];
/** The kind of each UTF-16 code unit that is no surrogate, found when it is first met. */
const units = new Uint8Array(0x10000);

function isMark(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	if (code < 0x300) return false;
	if (code >= 0xd800 && code < 0xe000) return /^\p{M}/u.test(text.slice(code < 0xdc00 ? at : Math.max(0, at - 1), at + 2));
	if (units[code] === unknown) units[code] = /\p{M}/u.test(text[at]!) ? combining : other;
	return units[code] === combining;
}

/** Whether there may be more than `most` marks in a row. Such a run covers one of the places looked at; a look at each would cost 20 ns. */
function hasLongRun(text: string): boolean {
	for (let at = most; at < text.length; at += most + 1) {
		if (!isMark(text, at)) continue;
		let [from, to] = [at, at];
		while (from > 0 && isMark(text, from - 1)) from--;
		while (to + 1 < text.length && isMark(text, to + 1)) to++;
		if (to - from >= most) return true;
	}
	return false;
}

/**
 * The text in a normalization form, of its Stream-Safe Text Format (UAX #15, section 13): after each thirty marks in a row stands U+034F, the
 * combining grapheme joiner, past which no mark is sorted. Text without such runs becomes what `normalize` makes of it.
 */
export function normalized(text: string, form: 'NFC' | 'NFKC' | 'NFD' | 'NFKD'): string {
	return (hasLongRun(text) ? text.replace(full, '$&\u034f') : text).normalize(form);
}
