// Snowball's English stemmer, Porter2: M. F. Porter, https://snowballstem.org/algorithms/english/stemmer.html.
import { after, cut, either, ending, endings, inside, inTurn, letters, none, put, type Rule, region } from './kit.js';

const isVowel = letters('aeiouy');
const isVowelOrWxY = letters('aeiouywxY');

/** Whole words with stems of their own. */
const exceptions = new Map(
	`skis:ski skies:sky idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl
	sky:sky news:news howe:howe atlas:atlas cosmos:cosmos bias:bias andes:andes`
		.split(/\s+/)
		.map((pair) => pair.split(':') as [string, string]),
);

/** R1 begins behind these, which keeps `general` and `generous` apart. */
const beginnings = 'gener commun arsen past univers later emerg organ inter'.split(' ');

/** A y that begins the word or follows a vowel is a consonant: Y. */
function marked(word: string): string {
	let out = word;
	for (let at = word.indexOf('y'); at !== -1; at = word.indexOf('y', at + 1)) {
		if (at === 0 || isVowel(out, at - 1)) out = `${out.slice(0, at)}Y${out.slice(at + 1)}`;
	}
	return out;
}

/** Ends with a short syllable: consonant, vowel, consonant other than w, x, Y; or is a vowel and a consonant; or ends with past. */
function endsShort(word: string): boolean {
	const last = word.length - 1;
	if (last === 1) return isVowel(word, 0) && !isVowel(word, 1);
	return last > 1 && ((!isVowelOrWxY(word, last) && isVowel(word, last - 1) && !isVowel(word, last - 2)) || word.endsWith('past'));
}

function hasVowel(word: string, end: number): boolean {
	for (let at = 0; at < end; at++) if (isVowel(word, at)) return true;
	return false;
}

const possessive = endings([["' 's 's'", cut]]);

const plural = endings([
	['sses', put('ss')],
	['ied ies', (word) => word + (word.length > 1 ? 'i' : 'ie')],
	// A vowel, but not right before the s.
	['s', (word) => (hasVowel(word, word.length - 1) ? word : undefined)],
	['us ss', none],
]);

const isDouble = ending('bb dd ff gg mm nn pp rr tt');
const wantsE = ending('at bl iz');

/** Takes -ed or -ing off and mends what is left: luxuriat(e), hop(p), hop(e). */
const past: Rule = (word, at) => {
	if (!hasVowel(word, word.length)) return undefined;
	if (wantsE(word)) return `${word}e`;
	// But not the double of add, egg, off.
	if (isDouble(word)) return word.length === 3 && 'aeo'.includes(word[0]!) ? word : word.slice(0, -1);
	return word.length === at.r1 && endsShort(word) ? `${word}e` : word;
};

const keepsEed = new Set(['proc', 'exc', 'succ']);
const keepsIng = new Set(['inn', 'out', 'cann', 'herr', 'earr', 'even']);
const step1b = endings([
	['eed eedly', inside('r1', (word) => (keepsEed.has(word) ? undefined : `${word}ee`))],
	['ed edly ingly', past],
	[
		'ing',
		(word, at) => {
			if (keepsIng.has(word)) return undefined;
			// dying, lying, tying
			return word.length === 2 && word[1] === 'y' && !isVowel(word, 0) ? `${word[0]}ie` : past(word, at);
		},
	],
]);

const step1c = endings([['y Y', (word) => (word.length > 1 && !isVowel(word, word.length - 1) ? `${word}i` : undefined)]]);

const step2 = endings(
	[
		['tional', put('tion')],
		['enci', put('ence')],
		['anci', put('ance')],
		['abli', put('able')],
		['entli', put('ent')],
		['izer ization', put('ize')],
		['ational ation ator', put('ate')],
		['alism aliti alli', put('al')],
		['fulness fulli', put('ful')],
		['ousli ousness', put('ous')],
		['iveness iviti', put('ive')],
		['biliti bli', put('ble')],
		['ogist', put('og')],
		['ogi', after('l', put('og'))],
		['lessli', put('less')],
		['li', after('c d e g h k m n r t', cut)],
	],
	{ required: 'r1' },
);

const step3 = endings(
	[
		['tional', put('tion')],
		['ational', put('ate')],
		['alize', put('al')],
		['icate iciti ical', put('ic')],
		['ful ness', cut],
		['ative', inside('r2', cut)],
	],
	{ required: 'r1' },
);

const step4 = endings(
	[
		['al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize', cut],
		['ion', after('s t', cut)],
	],
	{ required: 'r2' },
);

const step5 = endings([
	[
		'e',
		either(
			inside('r2', cut),
			inside('r1', (word) => (endsShort(word) ? undefined : word)),
		),
	],
	['l', inside('r2', after('l', cut))],
]);

const steps = inTurn(possessive, plural, step1b, step1c, step2, step3, step4, step5);

/** Porter2, Porter's own improvement of his first algorithm. */
export function english(word: string): string {
	const exception = exceptions.get(word);
	if (exception !== undefined) return exception;
	if (word.length < 3) return word;
	const text = marked(word.charCodeAt(0) === 39 ? word.slice(1) : word);
	const beginning = beginnings.find((letters) => text.startsWith(letters));
	const r1 = beginning?.length ?? region(isVowel, text);
	const stem = steps(text, { r1, r2: region(isVowel, text, r1), rv: 0 });
	return text === word ? stem : stem.replaceAll('Y', 'y');
}
