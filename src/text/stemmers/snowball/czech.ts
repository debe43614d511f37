// Snowball's Czech stemmer: L. Dolamic and J. Savoy, 2009, https://snowballstem.org/algorithms/czech/stemmer.html.
import { after, cut, endings, followed, inTurn, kept, letters, notAfter, past, put, type Rule } from './kit.js';

const isVowel = letters('aeiouyáěéíóúůý');
const isVowelOrSyllabic = letters('aeiouyáěéíóúůýlr');

const kRows: [string, Rule][] = [['c', put('k')], ...kept('nc avc ovc'), ['ínc', put('ínk')]];

/** The consonant before an e that went, and before an i: podmínce, podmínka. */
const hardenedE = endings(kRows);
const hardenedI = endings([...kRows, ['čt', put('ck')], ['št', put('sk')], ...kept('ášt dešt išt íšt lešt poušt')]);

const afterConsonant =
	(rule: Rule): Rule =>
	(word, at) =>
		word !== '' && !isVowel(word, word.length - 1) ? rule(word, at) : undefined;

/** Nouns in t, of animals most of them: dvojčetem; else the t is of the stem. */
const inT = endings([...kept('č l ř s ž'), ['eč', put('ečet')], ['tl', put('tlet')], ['es', put('eset')], ['', put('et')]]);

const cases = endings(
	[
		[`atech atům ách ých ové ými ata aty ama ami ovi at ám us ům ým mi ou ého ém ému u y ů a o á é ý ě ětem ěmi ěte ěti ěm`, cut],
		['e ech em emi', followed(cut, hardenedE)],
		['ete eti etem', inT],
		['i í ích ího ím ími ímu', followed(cut, hardenedI)],
		// An e that other cases lack: článek, článku.
		['eb', afterConsonant(notAfter('tř', put('b')))],
		['ec', afterConsonant(followed(put('c'), hardenedE))],
		['ek', afterConsonant(notAfter('dot obl sn', put('k')))],
		['ěk', endings([['n', put('ňk')]])],
		['eň', after('b c č d h k p r s š t v z ž', put('n'))],
		['et', after('uc č h ok kar', put('t'))],
		['ev', after('h k n r t z', put('v'))],
		['ť ťmi', put('t')],
	],
	{ searched: 'r1' },
);

const possessive = endings(
	[
		['ov ův', cut],
		['in', followed(cut, hardenedI)],
	],
	{ required: 'r1' },
);

const steps = inTurn(cases, possessive);

/** R1 begins behind a consonant after the first vowel, which may be an l or r between consonants, and no sooner than at the fourth letter. */
export function czech(word: string): string {
	if (word.length < 3) return word;
	const first = isVowel(word, 0) ? 1 : past(isVowelOrSyllabic, word, 1);
	return steps(word, { r1: Math.max(3, past(isVowel, word, first, false)), r2: 0, rv: 0 });
}
