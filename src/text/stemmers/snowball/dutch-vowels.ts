// Vowels of Dutch as the stemmer of W. Kraaij and R. Pohlmann has them: ij is one, and long ones are written twice in a closed syllable.
import { letters, type Regions, type Rule } from './kit.js';

const isE = letters('eëéèê');
const isAou = letters('aäáàâoöóòôuüúùû');
const isAiou = letters('aäáàâiïíìîoöóòôuüúùû');
const isAeiou = letters('aäáàâeëéèêiïíìîoöóòôuüúùû');
const isVowel = letters('aäáàâeëéèêiïíìîoöóòôuüúùûy');

/** The letters of the vowel at a place: ij is one vowel of two letters, no vowel has none. */
const width = (word: string, at: number): number => (word.startsWith('ij', at) ? 2 : isVowel(word, at) ? 1 : 0);

/** The last letter is of a vowel. */
export const endsInVowel = (word: string): boolean => isVowel(word, word.length - 1) || word.endsWith('ij');
/** There is a last letter, and it is of none. */
export const endsInConsonant = (word: string): boolean => word !== '' && !endsInVowel(word);

/** Whether a lone vowel before the last consonant stands for a long one: the o of lop, from lopen; an e in some places only. */
function isLong(word: string, at: number): boolean {
	if (isAeiou(word, at - 1)) return false;
	if (!isE(word, at)) return isAou(word, at);
	if (word[at] === 'ë' || isAiou(word, at - 2) || (at === 2 && isE(word, 0))) return false;
	return at < 4 || !isAiou(word, at - 3) || isAeiou(word, at - 4);
}

/** The long vowel of a stem is written twice once its ending is gone: loop of lop. */
export const lengthen: Rule = (word) => {
	const at = word.length - 2;
	const last = word.slice(at + 1);
	if (at < 0 || isVowel(last, 0) || last === 'w' || last === 'x') return word;
	if (word[at] === 'ë' && word[at - 1] === 'e') return `${word.slice(0, at + 1)}e${last}`;
	if (word[at] === 'ë' && word[at - 1] === 'i') return `${word.slice(0, at)}ee${last}`;
	return isLong(word, at) ? word.slice(0, at + 1) + word[at] + last : word;
};

/** Behind the vowels that come first at or after a place; -1 where there are none. */
export function pastVowels(word: string, from: number): number {
	let at = from;
	while (at < word.length && !isVowel(word, at)) at++;
	if (at === word.length) return -1;
	for (let wide = width(word, at); wide > 0; wide = width(word, at)) at += wide;
	return at;
}

/** Behind the consonant after the first vowels. */
function region(word: string, from: number): number {
	const at = pastVowels(word, from);
	return at === -1 || at === word.length ? word.length : at + 1;
}

/** R1 begins behind the first vowels and a consonant, R2 behind the next ones. */
export function measured(word: string): Regions {
	const r1 = region(word, 0);
	return { r1, r2: region(word, r1), rv: 0 };
}
