// Snowball's Danish stemmer: M. F. Porter, https://snowballstem.org/algorithms/danish/stemmer.html.
import { after, cut, endings, followed, inTurn, letters, put, type Rule, region } from './kit.js';

const isVowel = letters('aeiouyæåø');

const main = endings(
	[
		[
			`hed ethed ered e erede ende erende ene erne ere en heden eren er heder erer heds es endes erendes enes ernes eres ens hedens
			erens ers ets erets et eret`,
			cut,
		],
		['s', after("a b c d f g h j k l m n o p r t v y z å '", cut)],
	],
	{ searched: 'r1' },
);

const pair = endings(
	[
		['gd gt', put('g')],
		['dt', put('d')],
		['kt', put('k')],
	],
	{ searched: 'r1' },
);

const superlative = endings([['igst', put('ig')]]);

const other = endings(
	[
		['ig lig elig els', followed(cut, pair)],
		['løst', put('løs')],
	],
	{ searched: 'r1' },
);

const isDoubled = letters('bdfgklmnprst');
const undoubled: Rule = (word, at) => {
	const last = word.length - 1;
	return last >= at.r1 && isDoubled(word, last) && word[last] === word[last - 1] ? word.slice(0, last) : undefined;
};

const apostrophe = endings([["'", cut]]);

const steps = inTurn(main, pair, superlative, other, undoubled, apostrophe);

/** Endings count in R1, which begins behind an apostrophe where there is one (pc'en), and no sooner than at the fourth letter. */
export function danish(word: string): string {
	if (word.length < 3) return word;
	const r1 = word.indexOf("'") + 1 || region(isVowel, word);
	return steps(word, { r1: Math.max(3, r1), r2: 0, rv: 0 });
}
