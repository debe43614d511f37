// Snowball's Lithuanian stemmer: D. Jocas, https://snowballstem.org/algorithms/lithuanian/stemmer.html.
import { cut, endings, inTurn, letters, put, type Rule, region } from './kit.js';

const isVowel = letters('aeiyouąęįųėū');

/** Nouns whose endings look like those of verbs. */
const conflicts = endings([
	['aite aitės', put('aitė')],
	['uotės uote', put('uotė')],
	['ėjime', put('ėjimas')],
	['esiu', put('esys')],
	['asius', put('asys')],
	['avime', put('avimas')],
	['ojime', put('ojimas')],
	['okatės okate', put('okatė')],
]);

const inflection = endings(
	[
		[
			`a ai ais aisi am ame ams amės an as asi asis at ate atės au aus ausi auti e ei eisi enimis enims enio enis eniu eniui enie enys enyje enyse
			ens enti enį es esi i ia iai iais iam iame iams iamės ias iasi iat iate iatės iau iaus iauti ie iem iems ies iesi im imi imis ims imės inti
			inėti io ioje iomis ioms ion ios iose iosna ioti is isi it ite iu iui iuje iumi iun iuos iuose iuosi iuosna iuoti ius ią iąs ių k ki kimės
			kite o oj oje om ome omis oms omės on os ose osi osna ot ote oti otės s si siesi sim sime simės sit site sitės siu siuosi ti telėti terėti tum
			tumei tumeis tumeisi tumėm tumėme tumėmės tumėt tumėte tumėtės tute tųs tųsi u ui uisi uje umi umis ums un uo uos uose uosi uosna uoti us usi
			y yje ys yse ysis ysna yti ą ąs ąsi čiau čiausi ė ėj ėje ėjo ėjosi ėm ėme ėmis ėms ėmės ėn ės ėse ėsi ėsna ėt ėte ėtės ėti ę į įs ų ųsi ūs`,
			cut,
		],
	],
	{ searched: 'r1' },
);

const softened = endings([
	['č', put('t')],
	['dž', put('d')],
]);

const suffix = endings(
	[
		[
			`ain ais aj am ant aus auj dam dav esn iais iaj iant ias iau iaus iej ies ing int ioj iok iop ios iuk iul iuoj iuos iuot iąj iąs išk iųj jam oj ok
			op os ot siant sv uliuk uoj uos uot učiuk utėait ykšt ykšč yl yt zgan ąj ąs ėj ėję ėl ėt ę ęs šv ųj`,
			cut,
		],
	],
	{ searched: 'r1' },
);
const suffixes: Rule = (word, at) => {
	let left = word;
	for (let next = suffix(left, at); next !== undefined; next = suffix(left, at)) left = next;
	return left;
};

const hardened = endings([['gd', put('g')]]);
const apostrophe = endings([["'", cut]]);

const steps = inTurn(conflicts, inflection, softened, suffixes, softened, hardened, apostrophe);

/** A prefix a- of words of more than six letters is no syllable. */
export function lithuanian(word: string): string {
	const from = word.length > 6 && word.startsWith('a') ? 1 : 0;
	return steps(word, { r1: region(isVowel, word, from), r2: 0, rv: 0 });
}
