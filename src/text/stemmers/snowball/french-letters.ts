// French spelling as Snowball's stemmer has it: elided words before the word, and vowels that count as consonants in capitals.
import { elided, letters } from './kit.js';

/** Vowels; y, too, where it is no capital. */
export const isVowel = letters('aeiouyâàëéêèïîôûù');

/** Articles and pronouns before a vowel. */
export const bare = elided("c' d' j' l' m' n' s' t' qu'");

/** Capitals for u and i between vowels, for y beside a vowel and for the u of qu: consonants. ë and ï are e and i behind a consonant H. */
export function marked(word: string): string {
	let out = word;
	const change = (at: number, comes: string): void => {
		out = out.slice(0, at) + comes + out.slice(at + 1);
	};
	for (let at = 0; at < out.length; at++) {
		const next = out[at + 1];
		if (isVowel(out, at) && (next === 'y' || ((next === 'u' || next === 'i') && isVowel(out, at + 2)))) change(at + 1, next.toUpperCase());
		if (out[at] === 'ë') change(at, 'He');
		else if (out[at] === 'ï') change(at, 'Hi');
		else if (out[at] === 'y' && isVowel(out, at + 1)) change(at, 'Y');
		else if (out[at] === 'q' && out[at + 1] === 'u') change(at + 1, 'U');
	}
	return out;
}

const unmarks: Readonly<Record<string, string>> = { I: 'i', U: 'u', Y: 'y', He: 'ë', Hi: 'ï', H: '' };
/** The letters as they were. */
export const unmarked = (word: string): string => word.replace(/[IUY]|H[ei]?/g, (mark) => unmarks[mark]!);
