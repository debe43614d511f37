// Snowball's Estonian stemmer: L. Freienthal, 2019, https://snowballstem.org/algorithms/estonian/stemmer.html.
import { cut, either, ending, endings, inTurn, letters, notAfter, put, type Rule, region } from './kit.js';

const isVowel = letters('aeiouõäöü');
const isShort = letters("aeiou'");
const longVowels = 'aa ee ii oo uu ää öö üü õõ';
const endsLong = ending(longVowels);

const inR1 = { searched: 'r1' } as const;
const last = (word: string, set: (word: string, at: number) => boolean): boolean => set(word, word.length - 1);

const afterVowel: Rule = (word) => (last(word, isVowel) ? word : undefined);
const afterShort: Rule = (word) => (last(word, isShort) ? word : undefined);
const afterShortOrLong: Rule = (word) => (last(word, isShort) || endsLong(word) ? word : undefined);
/** Four letters before it. */
const afterFour: Rule = (word) => (word.length > 3 ? word : undefined);

const takesKi = letters('kptgbdshfšzž');
const takesGi = letters('cjlmnqrvwxaeiouõäöü');
const emphasis = endings(
	[
		['gi', (word) => (word.length > 3 && last(word, takesGi) && !endsLong(word) ? word : undefined)],
		['ki', (word) => (word.length > 3 && last(word, takesKi) ? word : undefined)],
	],
	inR1,
);

const verb = endings(
	[
		['nuksin nuksime nuksid nuksite ksin ksid ksime ksite mata takse dakse taks daks sime site sin', cut],
		['akse', put('a')],
		['me da n b', afterVowel],
	],
	inR1,
);

const special = endings(
	[
		['lasse last lane lasi', put('lase')],
		['misse mist mine misi', put('mise')],
		['lisse list line lisi', put('lise')],
	],
	inR1,
);

const cases = endings(
	[
		['sse st le lt ga ks ta s l', afterShortOrLong],
		['t', afterFour],
	],
	inR1,
);

const pluralTe = endings([
	['mis', put('mise')],
	['las', put('lase')],
	['lis', put('lise')],
	['t', put('tte')],
	['', cut],
]);

const plural = endings(
	[
		['ikkude ikke ike', put('iku')],
		['sid', notAfter(longVowels, cut)],
		['te', (word, at) => (word.length > 3 ? pluralTe(word, at) : `${word}t`)],
		['de d', afterShortOrLong],
	],
	inR1,
);
const degrees = endings(
	[
		['mai m', afterShort],
		['ma', cut],
	],
	inR1,
);

const pluralI = endings([['i', afterShort]], inR1);
const participle = endings([['nu tu du va', cut]], inR1);

/** mõtte gives mõte, where the last vowel is in R1. */
const doubled = endings([
	['kk', put('k')],
	['pp', put('p')],
	['tt', put('t')],
]);
const undoubled: Rule = (word, at) => {
	const end = word.length - 1;
	const left = end >= at.r1 && isVowel(word, end) ? doubled(word.slice(0, end), at) : undefined;
	return left === undefined ? undefined : left + word[end];
};

const apostrophe = endings([["'", cut]]);
const noun = inTurn(special, cases, plural, degrees, pluralI, participle);
const steps = inTurn(emphasis, either(verb, noun), undoubled, apostrophe);

/** Verbs that change too much for rules: the stem, what its present and conditional are made of, other forms. */
const verbs: readonly (readonly [stem: string, base: string, forms: string])[] = [
	['joo', '', 'joon jood joob joote joome joovad jõin jõid jõi jõime jõite joomata juuakse joodakse juua jooma'],
	['lõi', '', 'lõin lõid lõi lõime lõite'],
	['saa', 'saa', 'sain said sai saite saime saamata saadakse saadi saama saada'],
	['viima', 'vii', 'viisin viisite viisime viimata viiakse viidi viima viia'],
	['keesi', 'kee', 'kees keemata keema keeta keedakse'],
	['löö', 'löö', 'löömata lüüakse löödakse löödi lööma lüüa'],
	['loo', 'loo', 'loomata luuakse loodi luua looma'],
	['käisi', 'käi', 'käis käimata käiakse käidi käia käima'],
	['söö', 'söö', 'sõin sõi sõid sõime sõite söömata süüakse söödakse söödi sööma süüa'],
	['too', 'too', 'tõin tõid tõi tõime tõite toomata tuuakse toodi tooma tuua'],
	['võisi', 'või', 'võis võimata võidakse võidi võida võima'],
	['jääma', 'jää', 'jäime jäite jäin jäid jäi jäämata jäädakse jääda jääma jäädi'],
	['müüsi', 'müü', 'müüs müümata müüakse müüdi müüa müüma'],
	['luge', 'loe', 'loeb'],
	['põde', 'põe', 'põeb'],
	['ladu', 'lao', 'laob'],
	['tegi', 'tee', 'tegemata tehakse tehti tegema teha'],
	['nägi', 'näe', 'nägemata nähakse nähti näha nägema'],
];
const present = 'n d b me te vad ksin ksid ks ksime ksite'.split(' ');
const exceptions = new Map(
	verbs.flatMap(([stem, base, forms]) => {
		const regular = base === '' ? [] : present.map((end) => base + end);
		return [...regular, ...forms.split(' ')].map((form): [string, string] => [form, stem]);
	}),
);

export function estonian(word: string): string {
	const exception = exceptions.get(word);
	if (exception !== undefined) return exception;
	return steps(word, { r1: word.indexOf("'", 2) + 1 || region(isVowel, word), r2: 0, rv: 0 });
}
