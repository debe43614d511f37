// Snowball's Portuguese stemmer: M. F. Porter, https://snowballstem.org/algorithms/portuguese/stemmer.html.
import { after, cut, either, endings, exchanged, followed, inside, inTurn, letters, put, type Rule, region, romanceRv } from './kit.js';

const isVowel = letters('aeiouáéíóúâêô');
const cutInR2 = inside('r2', cut);

/** What -amente, -mente, -idade and -ivo were added to. */
const before = (list: string): Rule => endings([[list, cutInR2]]);

const standard = endings([
	[
		`eza ezas ico ica icos icas ismo ismos ável ível ista istas oso osa osos osas amento amentos imento imentos adora ador aça~o adoras
		adores aço~es ante antes ância`,
		cutInR2,
	],
	['logia logias', inside('r2', put('log'))],
	['uça~o uço~es', inside('r2', put('u'))],
	['ência ências', inside('r2', put('ente'))],
	['amente', followed(inside('r1', cut), either(followed(before('iv'), before('at')), before('os ic ad')))],
	['mente', followed(cutInR2, before('ante avel ível'))],
	['idade idades', followed(cutInR2, before('abil ic iv'))],
	['iva ivo ivas ivos', followed(cutInR2, before('at'))],
	// -eira is seldom a verb's.
	['ira iras', inside('rv', after('e', put('ir')))],
]);

const verb = endings(
	[
		[
			`ada ida ia aria eria iria ará ara erá era irá ava asse esse isse aste este iste ei arei erei irei am iam ariam eriam iriam aram
			eram iram avam em arem erem irem assem essem issem ado ido ando endo indo ara~o era~o ira~o ar er ir as adas idas ias arias erias
			irias arás aras erás eras irás avas es ardes erdes irdes ares eres ires asses esses isses astes estes istes is ais eis íeis aríeis
			eríeis iríeis áreis areis éreis ereis íreis ireis ásseis ésseis ísseis áveis ados idos ámos amos íamos aríamos eríamos iríamos
			áramos éramos íramos ávamos emos aremos eremos iremos ássemos êssemos íssemos imos armos ermos irmos eu iu ou ira iras`,
			cut,
		],
	],
	{ searched: 'rv' },
);

/** The last letter of these goes, where it lies in RV. */
const lastOf = (pair: string): Rule => endings([[pair, (word, at) => (word.length + 1 >= at.rv ? word + pair.slice(0, 1) : undefined)]]);

const residual = endings([['os a i o á í ó', inside('rv', cut)]]);

const form = endings([
	['e é ê', followed(inside('rv', cut), either(lastOf('gu'), lastOf('ci')))],
	['ç', put('c')],
]);

const steps = inTurn(either(followed(either(standard, verb), lastOf('ci')), residual), form);

/** Nasal vowels are a vowel and a consonant. */
const spelled = exchanged({ ã: 'a~', õ: 'o~' });

export function portuguese(word: string): string {
	const text = spelled(word);
	const r1 = region(isVowel, text);
	const stem = steps(text, { r1, r2: region(isVowel, text, r1), rv: romanceRv(isVowel, text) });
	return stem.includes('~') ? stem.replaceAll('a~', 'ã').replaceAll('o~', 'õ') : stem;
}
