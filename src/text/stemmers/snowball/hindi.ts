// Snowball's Hindi stemmer: A. Ramanathan and D. Rao, "A lightweight stemmer for Hindi", 2003, https://snowballstem.org/algorithms/hindi/stemmer.html.
import { cut, endings, put, type Rule } from './kit.js';

/** As they are written after a vowel. */
const suffixes = `आ इ ई उ ऊ ए ओ एं ओं आं उआं उएं उओं आएं आओं इयां इयों आइयां आइयों आँ इयाँ आइयाँ ईं आता आती आतीं आते आना आने ऊंगा ऊंगी आऊंगा आऊंगी एंगे
	एंगी आएंगे आएंगी ओगे ओगी आओगे आओगी एगा एगी आएगा आएगी आया आए आई आईं इए आओ आइए आकर`.split(/\s+/);

/** Those that begin with the vowel a, which has no sign after a consonant. */
const inA = 'ताएं ताओं नाएं नाओं ता ती तीं ते ना नी ने कर'.split(' ');

const signs: Readonly<Record<string, string>> = { आ: 'ा', इ: 'ि', ई: 'ी', उ: 'ु', ऊ: 'ू', ए: 'े', ओ: 'ो' };
const signed = (suffix: string): string => signs[suffix[0]!] + suffix.slice(1);

/** Letters from ka to ha, the nukta, and letters that have one. */
const consonants = [
	[0x915, 0x939],
	[0x93c, 0x93c],
	[0x958, 0x95f],
].flatMap(([first, last]) => Array.from({ length: last! - first! + 1 }, (_, i) => String.fromCharCode(first! + i)));

const steps = endings(
	[
		[[...suffixes, ...suffixes.map(signed), ...inA.map((suffix) => `अ${suffix}`), 'अ', '्'].join(' '), cut],
		...consonants.map((consonant): [string, Rule] => [inA.map((suffix) => consonant + suffix).join(' '), put(consonant)]),
	],
	{ searched: 'r1' },
);

/** The longest suffix goes that leaves a letter. */
export function hindi(word: string): string {
	return steps(word, { r1: 1, r2: 0, rv: 0 }) ?? word;
}
