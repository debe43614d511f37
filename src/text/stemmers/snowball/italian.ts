// Snowball's Italian stemmer: M. F. Porter, https://snowballstem.org/algorithms/italian/stemmer.html.
import {
	betweenVowels,
	cut,
	either,
	elided,
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

const isVowel = letters('aeiouàèìòù');
const cutInR2 = inside('r2', cut);

/** Articles, prepositions and pronouns before a vowel: d'Italia, l'anno. */
const bare = elided("d' l' m' s' t' v' all' dall' dell' gl' nell' quell' quest' sull' tutt' un'");

/** A pronoun goes after a gerund, and after an infinitive, which gets its e back. */
const pronoun = endings([
	[
		`ci gli la le li lo mi ne si ti vi sene gliela gliele glieli glielo gliene mela mele meli melo mene tela tele teli telo tene cela cele
		celi celo cene vela vele veli velo vene`,
		endings([...kept('ando endo'), ['ar', put('are')], ['er', put('ere')], ['ir', put('ire')]], { required: 'rv' }),
	],
]);

/** What -amente, -ità and -ivo were added to. */
const before = (list: string): Rule => endings([[list, cutInR2]]);

const standard = endings([
	[
		`anza anze ico ici ica ice iche ichi ismo ismi abile abili ibile ibili ista iste isti istà istè istì oso osi osa ose mente atrice
		atrici ante anti`,
		cutInR2,
	],
	['azione azioni atore atori', followed(cutInR2, before('ic'))],
	['logia logie', inside('r2', put('log'))],
	['uzione uzioni usione usioni', inside('r2', put('u'))],
	['enza enze', inside('r2', put('ente'))],
	['amento amenti imento imenti', inside('rv', cut)],
	['amente', followed(inside('r1', cut), either(followed(before('iv'), before('at')), before('os ic abil')))],
	['ità', followed(cutInR2, before('abil ic iv'))],
	['ivo ivi iva ive', followed(cutInR2, followed(before('at'), before('ic')))],
]);

const verb = endings(
	[
		[
			`ammo ando ano are arono asse assero assi assimo ata ate ati ato ava avamo avano avate avi avo emmo enda ende endi endo erà erai
			eranno ere erebbe erebbero erei eremmo eremo ereste eresti erete erò erono essero ete eva evamo evano evate evi evo Yamo iamo immo
			irà irai iranno ire irebbe irebbero irei iremmo iremo ireste iresti irete irò irono isca iscano isce isci isco iscono issero ita
			ite iti ito iva ivamo ivano ivate ivi ivo ono uta ute uti uto ar ir`,
			cut,
		],
	],
	{ searched: 'rv' },
);

const lastVowel = followed(endings([['a e i o à è ì ò', inside('rv', cut)]]), endings([['i', inside('rv', cut)]]));

const mutedH = endings([
	['ch', inside('rv', put('c'))],
	['gh', inside('rv', put('g'))],
]);

const steps = inTurn(pronoun, either(standard, verb), lastVowel, mutedH);

const grave = exchanged({ á: 'à', é: 'è', í: 'ì', ó: 'ò', ú: 'ù' });
const plain = exchanged({ I: 'i', U: 'u' });

export function italian(word: string): string {
	const text = betweenVowels(isVowel, 'ui', grave(bare(word)).replaceAll('qu', 'qU'));
	const r1 = region(isVowel, text);
	// `divano` and `diva` keep apart.
	const rv = text.startsWith('divan') ? 5 : romanceRv(isVowel, text);
	return plain(steps(text, { r1, r2: region(isVowel, text, r1), rv }));
}
