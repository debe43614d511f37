// Edit distance of two texts or lists of tokens (Levenshtein 1966), and how large it is beside their lengths.
import { argumentOf, is, type Kind, type Kinds, levenshtein, optionsOf } from '../base/index.js';
import type { Tokens } from './bleu/counts.js';
import { tokensKind } from './text/numbering.js';

/** What an edit distance is measured in. */
export interface EditDistanceOptions {
	/** Whether it is divided by the length of the longer one: from 0 for equal ones to 1. Default false. */
	readonly normalized?: boolean | undefined;
}

const kinds: Kinds<EditDistanceOptions> = { normalized: is.flag };
const sequence: Kind = {
	expected: 'a text or an array of tokens',
	fits: (value) => typeof value === 'string' || tokensKind.fits(value),
};

/**
 * The least number of characters (code points), or of tokens, to put in, leave out or change so that one becomes the other.
 *
 * @example
 * editDistance('kitten', 'sitting'); // 3
 */
export function editDistance(first: string | Tokens, second: string | Tokens, options: EditDistanceOptions = {}): number {
	const { normalized = false } = optionsOf('editDistance', options, kinds);
	const [a, b] = Object.entries({ first, second }).map(([name, value]) => {
		argumentOf('editDistance', name, value, sequence);
		return typeof value === 'string' ? [...value] : (value as ArrayLike<string>);
	}) as [ArrayLike<string>, ArrayLike<string>];
	if ((typeof first === 'string') !== (typeof second === 'string'))
		throw new TypeError('editDistance: expected two texts or two arrays of tokens, got one of each. Cut the text into tokens.');
	const distance = levenshtein(a, b);
	return normalized && distance > 0 ? distance / Math.max(a.length, b.length) : distance;
}
