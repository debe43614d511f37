// Snowball's German stemmer: M. F. Porter, https://snowballstem.org/algorithms/german/stemmer.html.
import {
	after,
	betweenVowels,
	cut,
	endings,
	exchanged,
	followed,
	inside,
	inTurn,
	letters,
	notAfter,
	put,
	type Rule,
	region,
} from './kit.js';

const isVowel = letters('aeiouyäöü');

/** ß is ss, ae is ä and so on; the u of qu is no part of ue. */
const spellings: Readonly<Record<string, string>> = { ß: 'ss', ae: 'ä', oe: 'ö', ue: 'ü', qu: 'qu' };
const spelled = (word: string): string => word.replace(/ß|[aou]e|qu/g, (letters) => spellings[letters]!);

const inflection = endings(
	[
		['em', notAfter('syst', cut)],
		['ern er erin erinnen', cut],
		['e en es', followed(cut, endings([['niss', put('nis')]]))],
		['s', after('b d f g h k l m n r t', cut)],
		['ln lns', put('l')],
	],
	{ required: 'r1' },
);

/** Four letters before it, the last of them one of these. */
const st: Rule = after('b d f g h k l m n t', (word) => (word.length > 3 ? word : undefined));

const degree = endings(
	[
		['en er est', cut],
		['st', st],
		['et', after('d f g k l m n r s t U z ä', notAfter('geordn intern plan tick tr', cut))],
	],
	{ required: 'r1' },
);

const derivation = endings(
	[
		['end ung', followed(cut, endings([['ig', inside('r2', notAfter('e', cut))]]))],
		['ig ik isch', notAfter('e', cut)],
		['lich heit', followed(cut, endings([['er en', inside('r1', cut)]]))],
		['keit', followed(cut, endings([['lich ig', inside('r2', cut)]]))],
	],
	{ required: 'r2' },
);

const genitive = endings([["'s 'sch '", (word) => (word.length > 1 ? word : undefined)]]);

const steps = inTurn(inflection, degree, derivation, genitive);
const plain = exchanged({ Y: 'y', U: 'u', ä: 'a', ö: 'o', ü: 'u' });

/** R1 begins no sooner than at the fourth letter. */
export function german(word: string): string {
	const text = spelled(betweenVowels(isVowel, 'uy', word));
	const r1 = text.length < 3 ? text.length : region(isVowel, text);
	return plain(steps(text, { r1: Math.max(3, r1), r2: region(isVowel, text, r1), rv: 0 }));
}
