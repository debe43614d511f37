// Snowball's French stemmer: M. F. Porter, https://snowballstem.org/algorithms/french/stemmer.html.
import { bare, isVowel, marked, unmarked } from './french-letters.js';
import { after, cut, either, ending, endings, followed, inside, inTurn, letters, none, past, put, type Rule, region } from './kit.js';

const cutInR2 = inside('r2', cut);

/** What -ement, -ité, -if and -ation were added to. */
const before = (list: string): Rule => endings([[list, cutInR2]]);
const orPut = (comes: string): Rule => either(cutInR2, put(comes));
const ic = endings([['ic', orPut('iqU')]]);
const eux = either(cutInR2, inside('r1', put('eux')));

const standard = endings([
	['ance iqUe isme able iste eux ances iqUes ismes ables istes', cutInR2],
	['atrice ateur ation atrices ateurs ations', followed(cutInR2, ic)],
	['logie logies', inside('r2', put('log'))],
	['usion ution usions utions', inside('r2', put('u'))],
	['ence ences', inside('r2', put('ent'))],
	[
		'ement ements',
		followed(
			inside('rv', cut),
			endings([
				['iv', followed(cutInR2, before('at'))],
				['eus', eux],
				['abl iqU', cutInR2],
				['ièr Ièr', inside('rv', put('i'))],
			]),
		),
	],
	[
		'ité ités',
		followed(
			cutInR2,
			endings([
				['abil', orPut('abl')],
				['ic', orPut('iqU')],
				['iv', cutInR2],
			]),
		),
	],
	['if ive ifs ives', followed(cutInR2, followed(before('at'), ic))],
	['eaux', put('eau')],
	['aux', inside('r1', put('al'))],
	['oux', after('b h j l n p', put('ou'))],
	['euse euses', eux],
	['issement issements', inside('r1', (word) => (word !== '' && !isVowel(word, word.length - 1) ? word : undefined))],
	['amment emment ment ments', none],
]);

/** Adverbs, which lose their ending and may then end as verbs do. */
const adverb = endings([
	['amment', inside('rv', put('ant'))],
	['emment', inside('rv', put('ent'))],
	['ment ments', (word, at) => (word.length > at.rv && isVowel(word, word.length - 1) ? word : undefined)],
	['ement ements issement issements', none],
]);

const verbInI = endings(
	[
		[
			`îmes ît îtes i ie ies ir ira irai iraIent irais irait iras irent irez iriez irions irons iront is issaIent issais issait issant
			issante issantes issants isse issent isses issez issiez issions issons it`,
			(word, at) => {
				const last = word.length - 1;
				return last >= at.rv && !isVowel(word, last) && word[last] !== 'H' ? word : undefined;
			},
		],
	],
	{ searched: 'rv' },
);

const noVerb = ending('auv épl');

const verb = endings(
	[
		['ions', cutInR2],
		['é ée ées és èrent er era erai eraIent erais erait eras erez eriez erions erons eront ez iez eais', cut],
		[
			'âmes ât âtes a ai aIent ait ant ante antes ants as asse assent asses assiez assions',
			either(endings([['e', inside('rv', cut)]]), cut),
		],
		['ais aise aises', (word) => (noVerb(word) || (word.length === 3 && word.endsWith('al')) ? undefined : word)],
	],
	{ searched: 'rv' },
);

const keepsS = letters('aiouès');
const plural = endings([['s', (word) => (word.endsWith('Hi') || (word !== '' && !keepsS(word, word.length - 1)) ? word : undefined)]]);
const residue = endings(
	[
		['ion', inside('r2', (word, at) => (word.length > at.rv && /[st]$/.test(word) ? word : undefined))],
		['ier ière Ier Ière', put('i')],
		['e', cut],
	],
	{ searched: 'rv' },
);
const residual = inTurn(plural, residue);

const softened = endings([
	['Y', put('i')],
	['ç', put('c')],
]);

const main: Rule = (word, at) => {
	const whole = standard(word, at);
	if (whole !== undefined) return softened(whole, at) ?? whole;
	const left = adverb(word, at) ?? word;
	return followed(either(verbInI, verb), softened)(left, at) ?? residual(left, at);
};

const undoubled = endings([
	['enn', put('en')],
	['onn', put('on')],
	['ett', put('et')],
	['ell', put('el')],
	['eill', put('eil')],
]);

/** The e of the last syllable loses its accent before a consonant. */
const unaccented: Rule = (word) => {
	let at = word.length - 1;
	while (at >= 0 && !isVowel(word, at)) at--;
	return at < word.length - 1 && (word[at] === 'é' || word[at] === 'è') ? `${word.slice(0, at)}e${word.slice(at + 1)}` : undefined;
};

const steps = inTurn(main, undoubled, unaccented);

function regionV(word: string): number {
	if (isVowel(word, 0) && isVowel(word, 1)) return Math.min(3, word.length);
	return /^(?:par|col|tap)/.test(word) || (word.startsWith('ni') && isVowel(word, 2)) ? 3 : past(isVowel, word, 1);
}

export function french(word: string): string {
	const text = marked(bare(word));
	const r1 = region(isVowel, text);
	return unmarked(steps(text, { r1, r2: region(isVowel, text, r1), rv: regionV(text) }));
}
