// Snowball's Irish stemmer: J. O’Regan, https://snowballstem.org/algorithms/irish/stemmer.html.
import { cut, endings, inside, inTurn, letters, past, put, region } from './kit.js';

const isVowel = letters('aeiouáéíóú');

/** Beginnings changed by the word before, and what they were: eclipsis, lenition, contractions. The longest comes first. */
const mutations = `d'fh:f bhf:f h-: n-: t-: d': m': b': sh:s mb:b gc:c nd:d ng:g bp:p ts:s dt:t bh:b ch:c dh:d fh:f gh:g mh:m ph:p th:t`
	.split(' ')
	.map((pair) => pair.split(':') as [changed: string, plain: string]);

function unmutated(word: string): string {
	for (const [changed, plain] of mutations) if (word.startsWith(changed)) return plain + word.slice(changed.length);
	return word;
}

const noun = endings([
	['amh eamh abh eabh aibh ibh aimh imh aíocht íocht aíochta íochta', inside('r1', cut)],
	['ire irí aire airí', inside('r2', cut)],
]);

const derivation = endings([
	['acht eacht ach each eachtúil eachta achtúil achta', inside('r2', cut)],
	['arcacht arcachtaí arcachta', put('arc')],
	['gineach gineas ginis', put('gin')],
	['grafaíoch grafaíocht grafaíochta grafaíochtaí', put('graf')],
	['paite patach pataigh patacha', put('paite')],
	['óideach óideacha óidigh', put('óid')],
]);

const verb = endings([
	['imid aimid ímid aímid faidh fidh', inside('rv', cut)],
	['ain eadh adh áil tear tar', inside('r1', cut)],
]);

const steps = inTurn(noun, derivation, verb);

/** RV begins behind the first vowel. */
export function irish(word: string): string {
	const text = unmutated(word);
	const r1 = region(isVowel, text);
	return steps(text, { r1, r2: region(isVowel, text, r1), rv: past(isVowel, text, 0) });
}
