// Snowball's Spanish stemmer: M. F. Porter, https://snowballstem.org/algorithms/spanish/stemmer.html.
import {
	after,
	cut,
	either,
	endings,
	exchanged,
	followed,
	inside,
	inTurn,
	kept,
	letters,
	put,
	type Rule,
	region,
	romanceRv,
} from './kit.js';

const isVowel = letters('aeiouáéíóúü');
const cutInR2 = inside('r2', cut);

/** A pronoun goes after an infinitive or gerund, which loses the accent that it had for the pronoun's sake. */
const pronoun = endings([
	[
		'me se sela selo selas selos la le lo las les los nos',
		endings(
			[
				['iéndo', put('iendo')],
				['ándo', put('ando')],
				['ár', put('ar')],
				['ér', put('er')],
				['ír', put('ir')],
				...kept('ando iendo ar er ir'),
				['yendo', after('u', put('yendo'))],
			],
			{ required: 'rv' },
		),
	],
]);

/** What -amente, -mente, -idad and -ivo were added to. */
const before = (list: string): Rule => endings([[list, cutInR2]]);

const standard = endings([
	[`anza anzas ico ica icos icas ismo ismos able ables ible ibles ista istas oso osa osos osas amiento amientos imiento imientos`, cutInR2],
	['adora ador ación adoras adores aciones ante antes ancia ancias acion', followed(cutInR2, before('ic'))],
	['logía logías', inside('r2', put('log'))],
	['ución uciones ucion', inside('r2', put('u'))],
	['encia encias', inside('r2', put('ente'))],
	['amente', followed(inside('r1', cut), either(followed(before('iv'), before('at')), before('os ic ad')))],
	['mente', followed(cutInR2, before('ante able ible'))],
	['idad idades', followed(cutInR2, before('abil ic iv'))],
	['iva ivo ivas ivos', followed(cutInR2, before('at'))],
]);

const verbInY = endings([['ya ye yan yen yeron yendo yo yó yas yes yais yamos', after('u', cut)]], { searched: 'rv' });

const verb = endings(
	[
		['en es éis emos', (word) => (word.endsWith('gu') ? word.slice(0, -1) : word)],
		[
			`arían arías arán arás aríais aría aréis aríamos aremos ará aré erían erías erán erás eríais ería eréis eríamos eremos erá eré
			irían irías irán irás iríais iría iréis iríamos iremos irá iré aba ada ida ía ara iera ad ed id ase iese aste iste an aban ían
			aran ieran asen iesen aron ieron ado ido ando iendo ió ar er ir as abas adas idas ías aras ieras ases ieses ís áis abais íais
			arais ierais aseis ieseis asteis isteis ados idos amos ábamos íamos imos áramos iéramos iésemos ásemos`,
			cut,
		],
	],
	{ searched: 'rv' },
);

const residual = endings([
	['os a o á í ó', inside('rv', cut)],
	['e é', followed(inside('rv', cut), endings([['gu', (word, at) => (word.length + 1 >= at.rv ? `${word}g` : undefined)]]))],
]);

const steps = inTurn(pronoun, either(standard, verbInY, verb), residual);
const plain = exchanged({ á: 'a', é: 'e', í: 'i', ó: 'o', ú: 'u' });

export function spanish(word: string): string {
	const r1 = region(isVowel, word);
	return plain(steps(word, { r1, r2: region(isVowel, word, r1), rv: romanceRv(isVowel, word) }));
}
