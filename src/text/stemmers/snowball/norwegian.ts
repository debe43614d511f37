// Snowball's Norwegian stemmer (bokmål): M. F. Porter, https://snowballstem.org/algorithms/norwegian/stemmer.html.
import { cut, endings, inTurn, kept, letters, none, put, region } from './kit.js';

const isVowel = letters('aeêioòóôuyæåø');
const allowsS = letters('bcdfghjlmnoptvyz');

const main = endings(
	[
		['a e ede ande ende ane ene hetene en heten ar er heter as es edes endes enes hetenes ens hetens ets et het ast', cut],
		['ers', endings([['amm ast ind kap kk lt nk omm pp v øst', none], ...kept('giv hav skap'), ['', cut]])],
		['s', (word) => (beforeS(word, word.length - 1) ? word : undefined)],
		['erte ert', put('er')],
	],
	{ searched: 'r1' },
);

/** Some consonants, r but in er, k but after a vowel. */
function beforeS(word: string, last: number): boolean {
	if (word[last] === 'r') return word[last - 1] !== 'e';
	return allowsS(word, last) || (last > 0 && word[last] === 'k' && !isVowel(word, last - 1));
}

const pair = endings(
	[
		['dt', put('d')],
		['vt', put('v')],
	],
	{ searched: 'r1' },
);

const other = endings([['leg eleg ig eig lig elig els lov elov slov hetslov', cut]], { searched: 'r1' });

const apostrophe = endings([["'", cut]]);

const steps = inTurn(main, pair, other, apostrophe);

/** Endings count in R1, which begins behind an apostrophe where there is one (pc'en), and no sooner than at the fourth letter. */
export function norwegian(word: string): string {
	if (word.length < 3) return word;
	const r1 = word.indexOf("'") + 1 || region(isVowel, word);
	return steps(word, { r1: Math.max(3, r1), r2: 0, rv: 0 });
}
