// Snowball's Sesotho stemmer: K. Lebjane, https://snowballstem.org/algorithms/sesotho/stemmer.html.
import { cut, endings, inTurn, letters, past } from './kit.js';

const isVowel = letters('aeiou');

const nominal = endings([['nyana ana ano oa i', cut]], { searched: 'rv' });
const verb = endings([['ile isa etse ela ang ong eng wa a', cut]], { searched: 'rv' });
const steps = inTurn(nominal, verb);

/** Prefixes of the noun classes, which go where two letters are left and a vowel among them. */
const prefix = /^(?:boi|mo|ba|me|le|ma|se|li)/;

/** RV begins behind the first vowel, and no sooner than at the third letter. */
export function sesotho(word: string): string {
	const first = past(isVowel, word, 0);
	if (word.length < 2 || !isVowel(word, first - 1)) return word;
	const stem = steps(word, { r1: 0, r2: 0, rv: Math.max(2, first) });
	const rest = stem.replace(prefix, '');
	return rest.length > 1 && isVowel(rest, past(isVowel, rest, 0) - 1) ? rest : stem;
}
