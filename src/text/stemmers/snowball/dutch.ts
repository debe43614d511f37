// Snowball's Dutch stemmer: W. Kraaij and R. Pohlmann, "Porter's stemming algorithm for Dutch", 1994, https://snowballstem.org/algorithms/kraaij_pohlmann/stemmer.html.
import { endsInConsonant, endsInVowel, lengthen, measured, pastVowels } from './dutch-vowels.js';
import { after, cut, either, endings, inside, put, type Regions, type Rule } from './kit.js';

const afterC =
	(rule: Rule): Rule =>
	(word, at) =>
		endsInConsonant(word) ? rule(word, at) : undefined;
const afterV =
	(rule: Rule): Rule =>
	(word, at) =>
		endsInVowel(word) ? rule(word, at) : undefined;

const inR1 = (rule: Rule): Rule => inside('r1', rule);
const long =
	(comes: string): Rule =>
	(word, at) =>
		lengthen(word + comes, at);
const cutAfterC = inR1(afterC(cut));
const longAfterC = inR1(afterC(lengthen));

/** Ends with that letter, before which R1 has begun. */
const endsInR1 = (word: string, letter: string, at: Regions): boolean => word.endsWith(letter) && word.length > at.r1;

const step1 = endings([
	["'s", cut],
	['s', inR1((word, at) => (!endsInR1(word, 't', at) && endsInConsonant(word) ? word : undefined))],
	['ies', inR1(put('ie'))],
	['es', inR1(afterC(put('e')))],
	['ares', either(inR1(afterC(long('ar'))), (word, at) => inR1(afterC(put('e')))(`${word}ar`, at))],
	['eres', either(inR1(afterC(put('er'))), (word, at) => inR1(afterC(put('e')))(`${word}er`, at))],
	['és', inR1(put('é'))],
	['aus', inR1(afterV(put('au')))],
	[
		'en',
		either(
			endings([['hed', inR1(put('heid'))]]),
			after('nd', cut),
			endings([['d', cutAfterC]]),
			endings([
				['i', afterV(put('i'))],
				['j', afterV(put('j'))],
			]),
			longAfterC,
		),
	],
	['nde', put('nd')],
]);

const step2 = endings([
	[
		'je',
		either(
			endings([
				["'t", cut],
				['et', cutAfterC],
			]),
			endings([
				['rnt', put('rn')],
				['ink', put('ing')],
				['mp', put('m')],
			]),
			endings([
				['t', inR1((word) => (endsInVowel(word.slice(0, -1)) ? word : undefined))],
				["'", inR1(cut)],
			]),
			cutAfterC,
		),
	],
	['ge', inR1(put('g'))],
	['lijke', inR1(put('lijk'))],
	['ische', inR1(put('isch'))],
	['de', cutAfterC],
	['te', inR1(put('t'))],
	['se', inR1(put('s'))],
	['re', inR1(put('r'))],
	['le', inR1(long('l'))],
	['ene', inR1(afterC(long('en')))],
	['ieve', inR1(afterC(put('ief')))],
]);

const step3 = endings([
	['atie', inR1(put('eer'))],
	['iteit', inR1(lengthen)],
	['heid sel ster', inR1(cut)],
	['rder', put('r')],
	// schilderij is no schild.
	['ing isme erij', either(after('ild', put('er')), inR1(lengthen))],
	['arij', inR1(afterC(put('aar')))],
	['fie', inside('r2', long('f'))],
	['gie', inside('r2', long('g'))],
	['tst', inR1(afterC(put('t')))],
	['dst', inR1(afterC(put('d')))],
]);

const step4 = either(
	endings([
		['ioneel', inR1(put('ie'))],
		['atief', inR1(put('eer'))],
		['baar achtig achtiger achtigst', inR1(cut)],
		['naar', inR1(afterV(put('n')))],
		['laar', inR1(afterV(put('l')))],
		['raar', inR1(afterV(put('r')))],
		['tant', inR1(put('teer'))],
		['lijker lijkst', inR1(put('lijk'))],
		['eriger erigst erig end', longAfterC],
	]),
	endings([['iger igst ig', (word, at) => (word === 'inn' ? undefined : longAfterC(word, at))]]),
);

/** -d and -t of participles, once ge is gone. */
const participle = endings([
	['d', inR1(afterC((word, at) => (endsInR1(word, 'n', at) ? undefined : word === 'in' ? 'inn' : word)))],
	['t', inR1(afterC((word, at) => (endsInR1(word, 'h', at) || word === 'en' ? undefined : word)))],
]);

const step7 = endings([['t', after('k f p', cut)]]);

/** Doubles become single, v and z voiceless. */
const final = endings([
	...[...'bcdfghjklmnpqrstvwxz'].map((letter): [string, Rule] => [letter + letter, put(letter)]),
	['nn', (word) => (word === 'i' ? undefined : `${word}n`)],
	['v', put('f')],
	['z', put('s')],
]);

/** geeft, gevallen and gevaar keep apart from effen, vallen and varen. */
const keepsGe = /^(?:eft|vaa|vare|val(?!i))/;

/** Without the ge at a place, where three letters follow and a vowel and a consonant among them and what comes after. */
function withoutGe(word: string, at: number): string | undefined {
	const from = at + 2;
	const end = pastVowels(word, from);
	if (word.length < from + 3 || end === -1 || end === word.length) return undefined;
	const rest = word.slice(from);
	if (at === 0 && keepsGe.test(rest)) return undefined;
	const plain = rest.startsWith('ë') ? `e${rest.slice(1)}` : rest.startsWith('ï') ? `i${rest.slice(1)}` : rest;
	return word.slice(0, at) + plain;
}

export function dutch(word: string): string {
	let text = word;
	let stemmed = false;
	let at = measured(word);
	for (const step of [step1, step2, step3, step4]) {
		const left = step(text, at);
		if (left === undefined) continue;
		text = left;
		stemmed = true;
	}
	for (const place of ['prefix', 'infix'] as const) {
		const ge = place === 'prefix' ? (text.startsWith('ge') ? 0 : -1) : text.indexOf('ge', 1);
		const left = ge === -1 ? undefined : withoutGe(text, ge);
		if (left === undefined) continue;
		at = measured(left);
		text = participle(left, at) ?? left;
		stemmed = true;
	}
	const left = step7(text, at);
	return stemmed || left !== undefined ? (final(left ?? text, at) ?? left ?? text) : text;
}
