// Snowball's Romanian stemmer: M. F. Porter, https://snowballstem.org/algorithms/romanian/stemmer.html.
import { betweenVowels, cut, endings, exchanged, inTurn, letters, notAfter, put, type Rule, region, romanceRv } from './kit.js';

const isVowel = letters('aeiouâîă');

const article = endings(
	[
		['ul ului', cut],
		['aua', put('a')],
		['ea ele elor', put('e')],
		['ii iua iei iile iilor ilor', put('i')],
		['ile', notAfter('ab', put('i'))],
		['atei', put('at')],
		['ație ația', put('ați')],
	],
	{ required: 'r1' },
);

const compound = endings(
	[
		['abilitate abilitati abilităi abilități', put('abil')],
		['ibilitate', put('ibil')],
		['ivitate ivitati ivităi ivități', put('iv')],
		['icitate icitati icităi icități icator icatori iciv iciva icive icivi icivă ical icala icale icali icală', put('ic')],
		['ativ ativa ative ativi ativă ațiune atoare ator atori ătoare ător ători', put('at')],
		['itiv itiva itive itivi itivă ițiune itoare itor itori', put('it')],
	],
	{ required: 'r1' },
);

const standard = endings(
	[
		[
			`at ata ată ati ate ut uta ută uti ute it ita ită iti ite ic ica ice ici ică abil abila abile abili abilă ibil ibila ibile ibili
			ibilă oasa oasă oase os osi oși ant anta ante anti antă ator atori itate itati ităi ități iv iva ive ivi ivă`,
			cut,
		],
		['iune iuni', endings([['ț', put('t')]])],
		['ism isme ist ista iste isti istă iști', put('ist')],
	],
	{ required: 'r2' },
);

/** Some go after a consonant or u in RV only. */
const afterConsonant: Rule = (word, at) => {
	const last = word.length - 1;
	return last >= at.rv && (!isVowel(word, last) || word[last] === 'u') ? word : undefined;
};

const verb = endings(
	[
		[
			`are ere ire âre ind ând indu ându eze ească ez ezi ează esc ești ește ăsc ăști ăște am ai au eam eai ea eați eau iam iai ia iați iau
			ui ași arăm arăți ară uși urăm urăți ură iși irăm irăți iră âi âși ârăm ârăți âră asem aseși ase aserăm aserăți aseră isem iseși ise
			iserăm iserăți iseră âsem âseși âse âserăm âserăți âseră usem useși use userăm userăți useră`,
			afterConsonant,
		],
		['ăm ați em eți im iți âm âți seși serăm serăți seră sei se sesem seseși sese seserăm seserăți seseră', cut],
	],
	{ searched: 'rv' },
);

const lastVowel = endings([['a e i ie ă', cut]], { required: 'rv' });

/** Compound endings as long as there are any, then a standard one; a verb's only where there was none. */
const suffix: Rule = (word, at) => {
	let left = word;
	for (let next = compound(left, at); next !== undefined; next = compound(left, at)) left = next;
	const base = standard(left, at);
	if (base !== undefined) return base;
	return left === word ? verb(word, at) : left;
};

const steps = inTurn(article, suffix, lastVowel);

/** Comma below, where old texts have a cedilla. */
const spelled = exchanged({ ş: 'ș', ţ: 'ț' });
const plain = exchanged({ I: 'i', U: 'u' });

export function romanian(word: string): string {
	const text = betweenVowels(isVowel, 'ui', spelled(word));
	const r1 = region(isVowel, text);
	return plain(steps(text, { r1, r2: region(isVowel, text, r1), rv: romanceRv(isVowel, text) }));
}
