// Snowball's Arabic stemmer: A. Chelli and A. Aries, https://snowballstem.org/algorithms/arabic/stemmer.html.
import { either, endings, exchanged, nowhere, put, type Rule } from './kit.js';

const digits = exchanged(Object.fromEntries([...'٠١٢٣٤٥٦٧٨٩'].map((digit, value) => [digit, String(value)])));
const shaped = /[\ufe80-\ufefc]/g;
const vocalized = /[\u064b-\u0652\u0640]/g;

/** Letters for their shaped forms and ligatures, no vowel signs, no kashida. */
function normalized(word: string): string {
	return digits(word.replace(vocalized, '').replace(shaped, (form) => form.normalize('NFKC')));
}

/** Endings that leave so many letters at least. */
const leaving = (least: number, list: string): [string, Rule] => [list, (word) => (word.length >= least ? word : undefined)];

const verb1 = endings([leaving(3, 'ه ك ني نا ها هم هن كم كن هما كما كمو')]);
const verb2a = endings([leaving(3, 'ت ا ن ي نا تا تن تما'), leaving(4, 'ان ون ين')]);
const verb2b = endings([leaving(3, 'وا تم')]);
const verb2c = endings([leaving(3, 'و تمو')]);

const noun1a = endings([leaving(3, 'ي ك ه نا كم ها هن هم كما هما')]);
const noun1b = endings([leaving(5, 'ن')]);
const noun2a = endings([leaving(4, 'ا ي و')]);
const noun2b = endings([leaving(3, 'ات')]);
const noun2c = endings([leaving(3, 'ت')]);
const feminine = endings([leaving(3, 'ة')]);
const adjective = endings([leaving(2, 'ي')]);
const maqsura = endings([['ى', put('ي')]]);

const afterVerb1 = either(verb2a, verb2c);
const verbEnding = either(verb2b, verb2a);
const nounPlural = either(noun2a, noun2b, noun2c);

/** What the article makes of a word: a noun, and one without possessive endings. */
interface Kind {
	readonly defined: boolean;
}

function withoutVerbSuffix(word: string): string | undefined {
	let left = word;
	for (let next = verb1(left, nowhere); next !== undefined; next = verb1(left, nowhere)) left = next;
	return left === word ? verbEnding(word, nowhere) : (afterVerb1(left, nowhere) ?? left);
}

function withoutNounSuffix(word: string, { defined }: Kind): string {
	const woman = feminine(word, nowhere);
	if (woman !== undefined) return woman;
	const owned = defined ? undefined : noun1a(word, nowhere);
	if (owned !== undefined) return nounPlural(owned, nowhere) ?? owned;
	const bare = noun1b(word, nowhere);
	const plural = bare === undefined ? undefined : nounPlural(bare, nowhere);
	if (plural !== undefined) return plural;
	const left = bare ?? word;
	return (defined ? undefined : noun2a(left, nowhere)) ?? noun2b(left, nowhere) ?? left;
}

function withoutSuffix(word: string, kind: Kind): string {
	const verb = kind.defined ? undefined : withoutVerbSuffix(word);
	if (verb !== undefined) return verb;
	const noun = withoutNounSuffix(word, kind);
	return adjective(noun, nowhere) ?? maqsura(noun, nowhere) ?? noun;
}

const startsWith = (word: string, list: string): string | undefined => list.split(' ').find((prefix) => word.startsWith(prefix));

/** The article, alone or behind a preposition; else the prefixes b- and k- of nouns, s- and the tenth form of verbs. */
function withoutPrefix(word: string, before: number, { defined }: Kind): string {
	const length = before + word.length;
	const article = startsWith(word, 'بال كال لل ال');
	if (article !== undefined && length > article.length + 2) return word.slice(article.length);
	if (word.startsWith('با')) return word;
	if (length > 3 && /^(?:ب|كك)/.test(word)) return word.slice(1);
	if (defined) return word;
	if (length > 4 && /^س[يتنأ]/.test(word)) return tenth(word.slice(1), 1, length - 1);
	return tenth(word, 0, length);
}

/** The a of the tenth form comes back in place of its y-, n- or t-. */
function tenth(word: string, at: number, length: number): string {
	return length > 4 && /^[ينت]ست/.test(word.slice(at)) ? `${word.slice(0, at)}ا${word.slice(at + 1)}` : word;
}

const lastHamza = endings([['أ إ آ ؤ ئ', put('ء')]]);
const plainHamza = exchanged({ أ: 'ا', إ: 'ا', آ: 'ا', ؤ: 'و', ئ: 'ي' });

/** Two alifs with hamza at the beginning, and what they become. */
const alifs: readonly (readonly [prefix: string, comes: string])[] = [
	['أأ', 'أ'],
	['أآ', 'آ'],
	['أؤ', 'أ'],
	['أا', 'ا'],
	['أإ', 'إ'],
];

export function arabic(word: string): string {
	const kind = { defined: (word.length > 4 && /^[بك]ال/.test(word)) || (word.length > 3 && /^[لا]ل/.test(word)) };
	const stem = withoutSuffix(normalized(word), kind);
	const alif = stem.length > 3 ? alifs.find(([prefix]) => stem.startsWith(prefix)) : undefined;
	const head = alif?.[1] ?? '';
	const rest = alif === undefined ? stem : stem.slice(2);
	const conjunction = head.length + rest.length > 3 && /^[فو](?!ا)/.test(rest);
	const text = head + withoutPrefix(conjunction ? rest.slice(1) : rest, head.length, kind);
	return plainHamza(lastHamza(text, nowhere) ?? text);
}
