// Snowball's Swedish stemmer: M. F. Porter, https://snowballstem.org/algorithms/swedish/stemmer.html.
import { after, cut, either, ending, endings, inTurn, letters, put, type Rule, region } from './kit.js';

const isVowel = letters('aeiouyäåö');

/** Nouns in -het, -itet and loans that are no forms in -et. */
const isNoun = ending('h iet uit fab cit dit alit ilit mit nit pit rit sit tit ivit kvit xit kom rak pak stak');

/** What stands before -et: vowel and consonant, more letters before them, and none of those nouns. */
const definite: Rule = (word) => {
	const last = word.length - 1;
	return last > 1 && !isVowel(word, last) && isVowel(word, last - 1) && !isNoun(word) ? word : undefined;
};

const main = endings(
	[
		[
			`a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or as arnas ernas ornas es ades andes
			ens arens hetens erns at andet het ast`,
			cut,
		],
		['et', definite],
		['s', either(endings([['et', definite]]), after('b c d f g h j k l m n o p r t v y', cut))],
	],
	{ searched: 'r1' },
);

const pair = endings(
	[
		['dd dt', put('d')],
		['gd gt', put('g')],
		['nn', put('n')],
		['kt', put('k')],
		['tt', put('t')],
	],
	{ searched: 'r1' },
);

const other = endings(
	[
		['lig ig els', cut],
		['öst', after('i k l n p r t u v', put('ös'))],
		['fullt', put('full')],
	],
	{ searched: 'r1' },
);

const steps = inTurn(main, pair, other);

/** Endings count in R1, which begins no sooner than at the fourth letter. */
export function swedish(word: string): string {
	return steps(word, { r1: Math.max(3, region(isVowel, word)), r2: 0, rv: 0 });
}
