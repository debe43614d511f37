// The form of a syllable of Hanyu Pinyin: tone as a mark, as a number or left out; the whole, its initial, its final or its first letter.

/** How a syllable is written. */
export interface SyllableForm {
	readonly tones: 'marks' | 'numbers' | 'none';
	readonly parts: 'whole' | 'initials' | 'finals' | 'first';
	readonly umlaut: 'ü' | 'v';
}

/** The marks of tones 1 to 4; a syllable without is in the neutral tone, 5. */
const toneMarks = ['\u0304', '\u0301', '\u030c', '\u0300'];
const toneMark = new RegExp(`[${toneMarks.join('')}]`);
const initial = /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?=.*[aeiouü])/;

/** A final after j, q, x and y: its u is ü (`ju`, `yuan`). */
const rounded = /^u(?!i|o)/;

/** A syllable with the mark of its tone, such as `lǜ`, in another form. */
export function syllableIn({ tones, parts, umlaut }: SyllableForm, syllable: string): string {
	const apart = syllable.normalize('NFD');
	const mark = toneMark.exec(apart)?.[0];
	const plain = apart.replace(toneMark, '').normalize('NFC');
	if (parts === 'first') return plain[0] ?? '';
	const start = initial.exec(plain)?.[0] ?? '';
	if (parts === 'initials') return start;
	const form = (letters: string) => (umlaut === 'v' ? letters.replaceAll('ü', 'v') : letters);
	const whole = parts === 'whole';
	const round = /[jqxy]/.test(start);
	if (tones === 'marks') {
		if (whole) return syllable;
		const marked = apart.slice(start.length);
		return (round && rounded.test(plain.slice(start.length)) ? marked.replace('u', 'u\u0308') : marked).normalize('NFC');
	}
	const rest = plain.slice(start.length);
	const letters = form(whole ? plain : round ? rest.replace(rounded, 'ü') : rest);
	return tones === 'none' ? letters : `${letters}${mark === undefined ? 5 : toneMarks.indexOf(mark) + 1}`;
}
