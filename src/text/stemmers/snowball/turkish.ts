// Snowball's Turkish stemmer: E. Kapusuz Çilden, https://snowballstem.org/algorithms/turkish/stemmer.html.
import { endings, nowhere, past, put } from './kit.js';
import { both, firstOf, free, isVowel, joint, lastVowel, linked, optional, type Suffix, suffix } from './turkish-suffixes.js';

// Suffixes of verbs made of nouns, named by the forms: U is one of ı i u ü, A of a e, D of d t, what stands in brackets a joint.
const mUs = suffix('mış miş muş müş', joint('y'));
const dU = suffix(
	'tım tim tum tüm dım dim dum düm tın tin tun tün dın din dun dün tık tik tuk tük dık dik duk dük tı ti tu tü dı di du dü',
	joint('y'),
);
const sA = free('sam san sak sem sen sek sa se', joint('y'));
const ken = free('ken', joint('y'));
const casina = free('casına cesine');
const sUnUz = free('sınız siniz sunuz sünüz');
const lAr = suffix('ler lar');
const um = suffix('ım im um üm', joint('y'));
const sUn = suffix('sın sin sun sün');
const uz = suffix('ız iz uz üz', joint('y'));
const nUz = suffix('nız niz nuz nüz');
const dUr = suffix('tır tir tur tür dır dir dur dür');

// Suffixes of nouns.
const possessive = free('mız miz muz müz nız niz nuz nüz m n', linked);
const sU = suffix('ı i u ü', joint('s'));
const owned = firstOf(possessive, sU);
const lArI = free('leri ları');
const ki = free('ki');
const dA = suffix('da de ta te');
const nUn = suffix('ın in un ün', joint('n'));
const nDA = suffix('nda nde');
const nA = suffix('na ne');
const nDAn = suffix('ndan nden');
const nU = suffix('nı ni nu nü');
const dAn = suffix('dan den tan ten');
const cA = suffix('ca ce', joint('n'));
const lA = suffix('la le', joint('y'));
const dAOrA = firstOf(dA, suffix('ı i u ü', joint('y')), suffix('a e', joint('y')));

/** What -ki, as in evdekiler, was added to: -DA, -nUn or -nDA, and before it plurals, possessives or -ki again. */
function beforeKi(word: string): string | undefined {
	const stem = ki(word);
	return stem === undefined ? undefined : (inDA(stem) ?? inNUn(stem) ?? inNDA(word, nDA(stem)));
}
const plural = optional(lAr, beforeKi);
const ownedPlural = optional(owned, plural);
const possessed = optional(possessive, plural);
const inDA = optional(dA, firstOf(plural, possessed));
const inNUn = optional(nUn, firstOf(lArI, ownedPlural, beforeKi));
const sUPlural = optional(sU, plural);

/** -nDA goes with a suffix before it; where that is -ki, all before goes and it stays. */
function inNDA(word: string, stem: string | undefined): string | undefined {
	if (stem === undefined) return undefined;
	const left = lArI(stem) ?? sUPlural(stem);
	if (left !== undefined) return left;
	const inner = beforeKi(stem);
	return inner === undefined ? undefined : inner + word.slice(stem.length);
}

const person = firstOf(sUnUz, lAr, um, sUn, uz);
const reported: Suffix = (word) => mUs(person(word) ?? word);
const verb = firstOf(firstOf(mUs, dU, sA, ken), both(casina, reported));
const pluralVerb = optional(lAr, firstOf(dUr, dU, sA, mUs));
const personalVerb = firstOf(both(nUz, firstOf(dU, sA)), optional(firstOf(sUnUz, uz, sUn, um), mUs), optional(dUr, reported));

const noun = firstOf(
	plural,
	optional(cA, firstOf(lArI, ownedPlural, plural)),
	(word) => inNDA(word, firstOf(nDA, nA)(word)),
	(word) => {
		const stem = firstOf(nDAn, nU)(word);
		if (stem === undefined) return undefined;
		return sUPlural(stem) ?? (lArI(stem) === undefined ? undefined : word);
	},
	optional(dAn, firstOf(possessed, plural, beforeKi)),
	optional(firstOf(nUn, lA), (stem) => {
		const many = lAr(stem);
		return many === undefined ? (ownedPlural(stem) ?? beforeKi(stem)) : (beforeKi(many) ?? ownedPlural(many) ?? many);
	}),
	lArI,
	beforeKi,
	optional(dAOrA, optional(firstOf(optional(possessive, lAr), lAr), beforeKi)),
	ownedPlural,
);

const finalVowels: Readonly<Record<string, string>> = { a: 'ı', ı: 'ı', e: 'i', i: 'i', o: 'u', u: 'u', ö: 'ü', ü: 'ü' };
const hardened = endings([
	['b', put('p')],
	['c', put('ç')],
	['d', put('t')],
	['ğ', put('k')],
]);

/** A stem in d or g has lost a vowel with its suffix; other voiced consonants become voiceless at the end of the word. */
function mended(word: string): string {
	if (word === 'ad' || word === 'soyad') return word;
	const vowel = /[dg]$/.test(word) ? finalVowels[word[lastVowel(word)] ?? ''] : undefined;
	return vowel === undefined ? (hardened(word, nowhere) ?? word) : word + vowel;
}

/** The apostrophe sets off the suffixes of a name; those at the beginning go. */
function nameOf(word: string): string {
	let first = 0;
	while (word[first] === "'") first++;
	const end = word.indexOf("'", first + 2);
	return word.slice(first, end === -1 ? undefined : end);
}

/** Words of one syllable have no suffixes. */
export function turkish(word: string): string {
	const text = nameOf(word);
	const last = lastVowel(text);
	if (last === -1 || past(isVowel, text, 0) > last) return text;
	const verbless = verb(text);
	if (verbless === undefined) {
		const many = pluralVerb(text);
		if (many !== undefined) return many;
	}
	const stem = verbless ?? personalVerb(text) ?? text;
	return mended(noun(stem) ?? stem);
}
