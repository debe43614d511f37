// Snowball's stemmers by language, as release 3.1 has them (https://snowballstem.org): one file each.

import { arabic } from './snowball/arabic.js';
import { armenian } from './snowball/armenian.js';
import { basque } from './snowball/basque.js';
import { catalan } from './snowball/catalan.js';
import { czech } from './snowball/czech.js';
import { danish } from './snowball/danish.js';
import { dutch } from './snowball/dutch.js';
import { english } from './snowball/english.js';
import { esperanto } from './snowball/esperanto.js';
import { estonian } from './snowball/estonian.js';
import { finnish } from './snowball/finnish.js';
import { french } from './snowball/french.js';
import { german } from './snowball/german.js';
import { greek } from './snowball/greek.js';
import { hindi } from './snowball/hindi.js';
import { hungarian } from './snowball/hungarian.js';
import { indonesian } from './snowball/indonesian.js';
import { irish } from './snowball/irish.js';
import { italian } from './snowball/italian.js';
import { lithuanian } from './snowball/lithuanian.js';
import { nepali } from './snowball/nepali.js';
import { norwegian } from './snowball/norwegian.js';
import { persian } from './snowball/persian.js';
import { polish } from './snowball/polish.js';
import { portuguese } from './snowball/portuguese.js';
import { romanian } from './snowball/romanian.js';
import { russian } from './snowball/russian.js';
import { sesotho } from './snowball/sesotho.js';
import { spanish } from './snowball/spanish.js';
import { swedish } from './snowball/swedish.js';
import { turkish } from './snowball/turkish.js';

const stemmers = {
	ar: arabic,
	ca: catalan,
	cs: czech,
	da: danish,
	de: german,
	el: greek,
	en: english,
	eo: esperanto,
	es: spanish,
	et: estonian,
	eu: basque,
	fa: persian,
	fi: finnish,
	fr: french,
	ga: irish,
	hi: hindi,
	hu: hungarian,
	hy: armenian,
	id: indonesian,
	it: italian,
	lt: lithuanian,
	ne: nepali,
	nl: dutch,
	no: norwegian,
	pl: polish,
	pt: portuguese,
	ro: romanian,
	ru: russian,
	st: sesotho,
	sv: swedish,
	tr: turkish,
} satisfies Record<string, (word: string) => string>;

/** ISO 639-1 codes of the languages that `stem` knows, 31 of Snowball's, which are in `stemLanguages`; `en` is Porter's second algorithm. */
export type StemLanguage = keyof typeof stemmers;

/** The languages that `stem` knows, by their ISO 639-1 codes. */
export const stemLanguages: readonly StemLanguage[] = (Object.keys(stemmers) as StemLanguage[]).sort();

/** Some algorithms take time by the square of the length. */
const longest = 1000;

/** Lone surrogates are letters of no language. */
const unpaired = /\p{Cs}/u;

/** The stemmer of a language. Words that are too long for one, or no proper text, stay as they are. */
export function snowball(language: StemLanguage): (word: string) => string {
	const stem: (word: string) => string = stemmers[language];
	return (word) => (word.length > longest || unpaired.test(word) ? word : stem(word));
}
