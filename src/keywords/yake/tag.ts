// What YAKE tells of a word by its letters alone.

/** ASCII punctuation: what separates candidates, and what a word may have one of. */
const marks = new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~');

/** Whether a token is marks alone. */
export function isMarks(token: string): boolean {
	for (const character of token) if (!marks.has(character)) return false;
	return true;
}

/** A word without marks. */
export const withoutMarks = (word: string): string => [...word].filter((character) => !marks.has(character)).join('');

/** `d` a number, `u` unusual, `a` all capitals, `n` a capital first, though not first of its sentence, `p` any other. */
export type WordTag = 'd' | 'u' | 'a' | 'n' | 'p';

/** The tag of a word at a place of its sentence, from 0. */
export function tagOf(word: string, place: number): WordTag {
	const bare = word.replaceAll(',', '');
	if (/^\p{Nd}+$/u.test(bare) || /^\p{Nd}+$/u.test(bare.replace('.', ''))) return 'd';
	let [digits, letters, excluded, capitals] = [0, 0, 0, 0];
	for (const character of word) {
		if (/\p{Nd}/u.test(character)) digits++;
		if (/\p{L}/u.test(character)) letters++;
		if (/\p{Lu}/u.test(character)) capitals++;
		if (marks.has(character)) excluded++;
	}
	if ((digits > 0 && letters > 0) || (digits === 0 && letters === 0) || excluded > 1) return 'u';
	if (capitals > 0 && !/[\p{Ll}\p{Lt}]/u.test(word)) return 'a';
	return word.length > 1 && place > 0 && capitals === 1 && /^\p{Lu}/u.test(word) ? 'n' : 'p';
}
