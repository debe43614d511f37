// Snowball's Finnish stemmer: M. F. Porter, https://snowballstem.org/algorithms/finnish/stemmer.html.
import { after, cut, either, endings, followed, inside, inTurn, kept, letters, notAfter, put, type Rule, region } from './kit.js';

const isVowel = letters('aeiouyäö');
const isConsonant = letters('bcdfghjklmnpqrstvwxz');
const longVowels = 'aa ee ii oo uu ää öö';
const diphthongs = "ai ei ii oi ui äi öi '";

const particle = endings(
	[
		['kin kaan kään ko kö han hän pa pä', after('a e i o u y ä ö n t', cut)],
		['sti', inside('r2', cut)],
	],
	{ searched: 'r1' },
);

const possessive = endings(
	[
		['si', notAfter('k', cut)],
		['ni', followed(cut, endings([['kse', put('ksi')]]))],
		['nsa nsä mme nne', cut],
		['an', after('ta ssa sta lla lta na', cut)],
		['än', after('tä ssä stä llä ltä nä', cut)],
		['en', after('lle ine', cut)],
	],
	{ searched: 'r1' },
);

/** Genitive, or illative: then a vowel goes with it. */
const genitive: Rule = either(
	after(`${longVowels} ie`, (word) => word.slice(0, -1)),
	cut,
);

/** An ending in -n that goes after some letters of R1 only; after others the n alone. */
const inN = (ending: string, before: string): [string, Rule] => [
	ending,
	either(endings(kept(before), { searched: 'r1' }), (word, at) => genitive(word + ending.slice(0, -1), at)),
];

const partitive: Rule = (word) => {
	const last = word.length - 1;
	return isVowel(word, last) && isConsonant(word, last - 1) ? word : undefined;
};

const caseEnding = endings(
	[
		inN('hän', "ä '"),
		inN('hön', "ö ø '"),
		inN('han', "a '"),
		inN('hen', "e '"),
		inN('hin', "i '"),
		inN('hon', "o '"),
		inN('hun', "u '"),
		inN('siin', diphthongs),
		inN('seen', longVowels),
		inN('den', diphthongs),
		inN('tten', diphthongs),
		['n', genitive],
		['a ä', partitive],
		['tta ttä', after('e', cut)],
		['ta tä ssa ssä sta stä lla llä lta ltä lle na nä ksi ine', cut],
	],
	{ searched: 'r1' },
);

const comparative = endings(
	[
		['mpi mpa mpä mmi mma mmä', notAfter('po', cut)],
		['impi impa impä immi imma immä eja ejä', cut],
	],
	{ searched: 'r2' },
);

const pluralI = endings([['i j', cut]], { searched: 'r1' });

const pluralT: Rule = (word, at) => {
	const last = word.length - 2;
	return word.endsWith('t') && last >= at.r1 && isVowel(word, last) ? word.slice(0, -1) : undefined;
};
const pluralMma = endings(
	[
		['mma', notAfter('po', cut)],
		['imma', cut],
	],
	{ searched: 'r2' },
);

const shortened = endings(
	longVowels.split(' ').map((pair): [string, Rule] => [pair, put(pair[0]!)]),
	{ searched: 'r1' },
);
const isLoose = letters('aäei');
const lastVowel: Rule = (word, at) => {
	const last = word.length - 1;
	return last > at.r1 && isLoose(word, last) && isConsonant(word, last - 1) ? word.slice(0, last) : undefined;
};
const semivowel = endings(
	[
		['oj', put('o')],
		['uj', put('u')],
	],
	{ searched: 'r1' },
);
const jo = endings([['jo', put('j')]], { searched: 'r1' });

/** The last consonant, vowels after it or not, is written once. */
const undoubled: Rule = (word) => {
	let at = word.length - 1;
	while (at >= 0 && isVowel(word, at)) at--;
	return isConsonant(word, at) && word[at] === word[at - 1] ? word.slice(0, at) + word.slice(at + 1) : undefined;
};

const apostrophe = endings([["'", cut]]);

const plural: Rule = (word, at) => {
	const left = caseEnding(word, at);
	const base = comparative(left ?? word, at) ?? left ?? word;
	return (left === undefined ? followed(pluralT, pluralMma) : pluralI)(base, at) ?? base;
};

const steps = inTurn(particle, possessive, plural, shortened, lastVowel, semivowel, jo, undoubled, apostrophe);

export function finnish(word: string): string {
	const r1 = region(isVowel, word);
	return steps(word, { r1, r2: region(isVowel, word, r1), rv: 0 });
}
