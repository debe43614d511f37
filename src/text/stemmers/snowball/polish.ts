// Snowball's Polish stemmer: D. Shachnev, https://snowballstem.org/algorithms/polish/stemmer.html.
import { cut, either, endings, inside, letters, put, type Rule, region } from './kit.js';

const isVowel = letters('aąeęioóuy');

const conditional = endings([['bym byś byśmy byście by', cut]], { searched: 'r1' });

/** The ending goes, and an apostrophe before it; letters may come. */
const ended =
	(comes: string): Rule =>
	(word) =>
		(word.length > 2 && word.endsWith("'") ? word.slice(0, -1) : word) + comes;

/** What an adjective's ending was added to: participles and comparatives. */
const participle = endings(
	[
		['ając ąc iejsz sz', ended('')],
		['sząc', ended('s')],
	],
	{ searched: 'rv' },
);

const verbOrAdjective = endings(
	[
		[
			`asz esz isz amy emy imy acie ecie icie cie ają eść aść ać ieć ić ąć ając ąc am aj ajcie ę
			ałem iałem iłem ałam iałam iłam ałeś iałeś iłeś ałaś iałaś iłaś ał iał ił ała iała iła ało iało iło
			aliśmy ieliśmy iliśmy ałyśmy iałyśmy iłyśmy aliście ieliście iliście ałyście iałyście iłyście ali ieli ili ały iały iły`,
			ended(''),
		],
		['szę', ended('s')],
		['szą', either(inside('r1', ended('')), ended('s'))],
		// Verbs of one consonant: byłem, żyłaś.
		['łeś łaś liśmy łyśmy liście łyście', ended('ł')],
		['y ego iego emu iemu ym im ej iej ych ich ymi imi', either(participle, ended(''))],
		['ająca ąca iejsza sza ającą ącą iejszą ające ące iejsze sze', ended('')],
		['sząca szącą szące', ended('s')],
	],
	{ searched: 'rv' },
);

const noun = endings([['a o i u ia owi iowi ą ią em iem e iu ie ów om iom ami iami ach iach', ended('')]], { searched: 'r1' });

const inflection = either(verbOrAdjective, noun);

/** Where no ending goes, the last consonant loses the kreska that other forms of the word lack. */
const softened = endings([
	['ć', put('c')],
	['ń', put('n')],
	['ś', put('s')],
	['ź', put('z')],
]);

/** The first two letters stay. */
export function polish(word: string): string {
	if (word.length < 2) return word;
	const at = { r1: region(isVowel, word), r2: 0, rv: 2 };
	const text = conditional(word, at) ?? word;
	return inflection(text, at) ?? softened(text, at) ?? text;
}
