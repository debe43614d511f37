// Snowball's Russian stemmer: M. F. Porter, https://snowballstem.org/algorithms/russian/stemmer.html.
import { after, cut, either, endings, followed, inTurn, letters, past, put, region } from './kit.js';

const isVowel = letters('аеиоуыэюя');

/** The ending goes after а or я. */
const cutAfterA = after('а я', cut);

const perfective = endings([
	['в вши вшись', cutAfterA],
	['ив ивши ившись ыв ывши ывшись', cut],
]);

const adjective = endings([['ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею', cut]]);

const participle = endings([
	['ем нн вш ющ щ', cutAfterA],
	['ивш ывш ующ', cut],
]);

const reflexive = endings([['ся сь', cut]]);

const verb = endings([
	['ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно', cutAfterA],
	['ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю', cut],
]);

const noun = endings([['а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я', cut]]);

const inflection = inTurn(reflexive, either(followed(adjective, participle), verb, noun));

const derivation = endings([['ост ость', cut]], { required: 'r2' });

const tidy = endings([
	['ейш ейше', followed(cut, endings([['нн', put('н')]]))],
	['н', after('н', cut)],
	['ь', cut],
]);

const steps = inTurn(either(perfective, inflection), endings([['и', cut]]), derivation, tidy);

/** All happens in RV, which begins behind the first vowel. */
export function russian(word: string): string {
	const text = word.replaceAll('ё', 'е');
	const rv = past(isVowel, text, 0);
	const r1 = past(isVowel, text, rv, false);
	return text.slice(0, rv) + steps(text.slice(rv), { r1: r1 - rv, r2: region(isVowel, text, r1) - rv, rv: 0 });
}
