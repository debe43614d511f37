// Turkish suffixes: their vowels agree with the word's, and a letter may join them to it.
import { cut, endings, letters, nowhere } from './kit.js';

/** Vowels, front and back. */
export const isVowel = letters('aeıioöuü');
/** The word without a suffix, or `undefined` where it does not have it. */
export type Suffix = (word: string) => string | undefined;

/** By the last vowel those of which one must come before it: vowels of a word are all front or all back, and round or not. */
const harmony: Readonly<Record<string, string>> = { a: 'aıou', e: 'eiöü', ı: 'aı', i: 'ei', o: 'ou', ö: 'öü', u: 'ou', ü: 'öü' };

/** The place of the last vowel, -1 where there is none. */
export function lastVowel(word: string): number {
	let at = word.length - 1;
	while (at >= 0 && !isVowel(word, at)) at--;
	return at;
}

function isHarmonic(word: string): boolean {
	const last = lastVowel(word);
	const fits = harmony[word[last] ?? ''] ?? '';
	for (let at = 0; at < last; at++) if (fits.includes(word[at]!)) return true;
	return false;
}

/** A consonant joins the suffix to a vowel, and goes; without it a vowel must come before the last letter. */
export const joint =
	(consonant: string): Suffix =>
	(word) => {
		const last = word.length - 1;
		if (!isVowel(word, last - 1)) return undefined;
		return word[last] === consonant ? word.slice(0, last) : word;
	};

/** A high vowel joins a possessive to a consonant. */
export const linked: Suffix = (word) => {
	const last = word.length - 1;
	if (last < 1 || isVowel(word, last - 1)) return undefined;
	return 'ıiuü'.includes(word[last]!) ? word.slice(0, last) : word;
};

/** A suffix of any vowels: the longest form that fits, and what joins it to the word. */
export function free(forms: string, join: Suffix = (stem) => stem): Suffix {
	const without = endings([[forms, cut]]);
	return (word) => {
		const stem = without(word, nowhere);
		return stem === undefined ? undefined : join(stem);
	};
}

/** A suffix of words whose vowels are in harmony with it. */
export function suffix(forms: string, join?: Suffix): Suffix {
	const strip = free(forms, join);
	return (word) => {
		const stem = strip(word);
		return stem !== undefined && isHarmonic(word) ? stem : undefined;
	};
}

/** The first of the suffixes that the word has. */
export const firstOf =
	(...suffixes: readonly Suffix[]): Suffix =>
	(word) => {
		for (const one of suffixes) {
			const stem = one(word);
			if (stem !== undefined) return stem;
		}
		return undefined;
	};

/** A suffix, and where it went, what applies to the stem: the stem itself, where nothing does. */
export const optional =
	(first: Suffix, next: Suffix): Suffix =>
	(word) => {
		const stem = first(word);
		return stem === undefined ? undefined : (next(stem) ?? stem);
	};

/** Both, the last one first. */
export const both =
	(last: Suffix, before: Suffix): Suffix =>
	(word) => {
		const stem = last(word);
		return stem === undefined ? undefined : before(stem);
	};
