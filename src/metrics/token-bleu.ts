// BLEU of one text of tokens, with smoothings of Chen and Cherry (2014): equal to NLTK's `sentence_bleu`.
import { argumentOf, is, type Kind, type Kinds, optionsOf } from '../base/index.js';
import { bleuCounter, bleuCounts, bleuWidth, type Tokens } from './bleu/counts.js';
import { tokensKind } from './text/numbering.js';

/** How BLEU of tokens is computed; defaults are those of NLTK. */
export interface TokenBleuOptions {
	/** How much the logarithm of each precision counts, that of single tokens first. Default ¼ each, of four. */
	readonly weights?: readonly number[] | undefined;
	/**
	 * What precisions become, by the number of the method there: `epsilon` (1): 0 becomes epsilon / total; `add-one` (2): (matches + 1) / (total + 1)
	 * from two tokens on; `geometric` (3): the k-th 0 becomes 1 / (2ᵏ total); `length` (4): the k-th 0 becomes ln(length) / (2ᵏ · 5 total).
	 * Default `none`.
	 */
	readonly smoothing?: 'none' | keyof typeof smoothings | undefined;
	/** Of `epsilon`. Default 0.1. */
	readonly epsilon?: number | undefined;
}

interface Precision {
	/** Sequences that are right, and all, at least 1. */
	readonly matches: number;
	readonly total: number;
	readonly n: number;
	/** Which of the precisions that are 0 this is, from 1. */
	readonly zero: number;
	/** Tokens of the hypothesis. */
	readonly length: number;
	readonly epsilon: number;
}

const smoothings = {
	epsilon: ({ matches, total, epsilon }: Precision) => (matches || epsilon) / total,
	'add-one': ({ matches, total, n }: Precision) => (n === 1 ? matches / total : (matches + 1) / (total + 1)),
	geometric: ({ matches, total, zero }: Precision) => (matches || 1 / 2 ** zero) / total,
	length: ({ matches, total, zero, length }: Precision) => (matches || Math.log(length) / (2 ** zero * 5)) / total,
};

const tokenLists: Kind = {
	expected: 'an array of arrays of tokens, at least one',
	fits: (value) => Array.isArray(value) && value.length > 0 && value.every(tokensKind.fits),
};
const kinds: Kinds<TokenBleuOptions> = {
	weights: {
		expected: 'an array of numbers from 0, at least one',
		fits: (value) => Array.isArray(value) && value.length > 0 && value.every((weight) => is.number(0).fits(weight)),
	},
	smoothing: is.one('none', ...Object.keys(smoothings)),
	epsilon: is.positive,
};

/**
 * BLEU from 0 to 1 of one text: b · exp(Σ wₙ ln pₙ). Unlike `sentenceBleu`'s, a precision of sequences that the text is too short for is 0 of 1.
 * 0 where no token is right, and without smoothing where a pₙ is 0.
 *
 * @example
 * tokenBleu(['the', 'dog'], [['the', 'dog', 'ran']], { weights: [0.5, 0.5] }); // e^-0.5
 */
export function tokenBleu(hypothesis: Tokens, references: readonly Tokens[], options: TokenBleuOptions = {}): number {
	const { weights = [0.25, 0.25, 0.25, 0.25], smoothing = 'none', ...given } = optionsOf('tokenBleu', options, kinds);
	if (given.epsilon !== undefined && smoothing !== 'epsilon')
		throw new RangeError(`tokenBleu: expected smoothing 'epsilon' beside epsilon, got '${smoothing}'. Leave epsilon out.`);
	argumentOf('tokenBleu', 'hypothesis', hypothesis, tokensKind);
	argumentOf('tokenBleu', 'references', references, tokenLists);
	const sums = new Float64Array(bleuWidth(weights.length));
	bleuCounter(weights.length)(references)(hypothesis, sums, 0);
	const { matches, totals, reference } = bleuCounts(sums);
	if (matches[0] === 0) return 0;
	const { length } = hypothesis;
	const { epsilon = 0.1 } = given;
	let [zero, sum] = [0, 0];
	for (const [at, count] of matches.entries()) {
		if (count === 0) zero++;
		const precision = { matches: count, total: Math.max(totals[at]!, 1), n: at + 1, zero, length, epsilon };
		const share = smoothing === 'none' ? count / precision.total : smoothings[smoothing](precision);
		// Of one token `length` makes nothing more than 0 of the others, which NLTK leaves out.
		if (weights[at]! > 0 && (share > 0 || smoothing === 'none')) sum += weights[at]! * Math.log(share);
	}
	return Math.exp(sum + Math.min(0, 1 - reference / length));
}
