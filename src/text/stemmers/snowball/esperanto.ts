// Snowball's Esperanto stemmer: D. Corbett, 2025, https://snowballstem.org/algorithms/esperanto/stemmer.html.
import { after, cut, endings, exchanged, letters, nowhere, type Rule } from './kit.js';

const isVowel = letters('aeiou');
const hats: Readonly<Record<string, string>> = { cx: 'ĉ', gx: 'ĝ', hx: 'ĥ', jx: 'ĵ', sx: 'ŝ', ux: 'ŭ' };
const plain = exchanged({ á: 'a', é: 'e', í: 'i', ó: 'o', ú: 'u' });

/** Behind the last hyphen a letter that Esperanto does not have. */
const foreign = /[qwxyáéíóú][^-]*$/;

/** The rule of a word that is all one of these, or is so behind a hyphen. */
const whole = (list: string): Rule => endings([[list, (before) => (before === '' || before.endsWith('-') ? before : undefined)]]);

const is = (rule: Rule, word: string): boolean => rule(word, nowhere) !== undefined;
const without = (letter: string, word: string): string => (word.endsWith(letter) ? word.slice(0, -1) : word);

const pronoun = whole('ci gi ĝi hi ili iŝi ivi li malŝi mi ni oni ri si ŝi ŝli vi');
const determiner = whole('aliu unu');
const correlative = whole('i ĉi ki kelki multi neni samti ti');
const adverb = whole(
	'adi almen amb ank ankor anstat antaŭhier apen bald ĉirk hier hodi kontr kvaz malbald malgr morg postmorg presk tutĉirk',
);
const uninflected = whole(
	`aha amen dirlididi disde ehe ekde elde haha haleluja hola hosana hura ĥaĥa malĉi malkaj malpli maltra maltre maltro minus muu oho tamen uhu`,
);
const numeral = endings([['du tri unu', after('cent dek', cut)]]);

const elided = new Set("'stas 'sti 'stis 'stos 'stu 'stus".split(' '));

const suffix = endings([
	['a aj ajn an e en i as is os u us o oj ojn on', cut],
	['j jn n', after('- 0 1 2 3 4 5 6 7 8 9', cut)],
]);

/** What an apostrophe at the end stands for. */
function completed(word: string): string {
	if (!word.endsWith("'")) return word;
	const head = word.slice(0, -1);
	if (head === 'l') return 'la';
	if (head === 'un') return 'unu';
	return head + (is(adverb, head) ? 'aŭ' : 'o');
}

/** Words like tiu, kie and ĉiaj without -j and -n. */
function correlativeOf(word: string): string | undefined {
	const singular = without('n', word);
	const base = without('j', singular);
	const vowels = base === singular ? 'aeou' : 'aou';
	return base !== '' && vowels.includes(base.at(-1)!) && is(correlative, base.slice(0, -1)) ? base : undefined;
}

/** Two vowels, a hyphen in it or a digit: shorter words have no ending. */
function isLong(word: string): boolean {
	let vowels = 0;
	for (let at = 0; at < word.length; at++) if (isVowel(word, at)) vowels++;
	return vowels > 1 || word.lastIndexOf('-') > 0 || /\d/.test(word);
}

/** Takes ĉ as cx, too. */
export function esperanto(word: string): string {
	const spelled = word.replace(/[cghjsu]x/g, (pair) => hats[pair]!);
	if (foreign.test(spelled)) return plain(spelled);
	const begun = plain(elided.has(spelled) ? `e${spelled.slice(1)}` : spelled);
	const nominative = without('n', begun);
	if (is(pronoun, nominative)) return nominative;
	const text = completed(begun);
	const related = correlativeOf(text);
	if (related !== undefined) return related;
	if (is(uninflected, text) || is(numeral, text)) return text;
	const singular = without('j', without('n', text));
	if (is(determiner, singular)) return singular;
	const stem = isLong(text) ? suffix(text, nowhere) : undefined;
	return stem === undefined ? text : without('-', stem);
}
