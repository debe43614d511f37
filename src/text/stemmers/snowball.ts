// Snowball's stemmers, release 3.1.1, which the package multilingual-stemmer has as WebAssembly.
import { createStemmer, type IsoCode } from 'multilingual-stemmer';

/** ISO 639-1 codes of the languages that Snowball 3.1 stems; `en` is Porter's second algorithm. */
export type StemLanguage = IsoCode;

/** The languages that `stem` knows, by their ISO 639-1 codes. */
export const stemLanguages: readonly StemLanguage[] =
	'ar ca cs da de el en eo es et eu fa fi fr ga hi hu hy id it lt ne nl no pl pt ro ru sr st sv ta tr yi'.split(' ') as StemLanguage[];

/** Some algorithms take time by the square of the length. */
const longest = 1000;

/** UTF-8, which WebAssembly is handed, has no lone surrogates. */
const unpaired = /\p{Cs}/u;

/** The stemmer of a language. Words that are too long for one, or no proper text, stay as they are. */
export function snowball(language: StemLanguage): (word: string) => string {
	const stem = createStemmer(language);
	return (word) => (word.length > longest || unpaired.test(word) ? word : stem(word));
}
