// chrF (Popović 2015) and chrF++ (Popović 2017): n-grams of characters, and of words, that a text and its reference share. Equal to sacreBLEU's.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { chrfCounter } from './chrf/counts.js';
import { fScore } from './chrf/f-score.js';
import { scoreTexts, type TextScore, type TextScorer } from './text/scorer.js';
import type { References } from './text/segments.js';

/** How chrF is computed; defaults are those of sacreBLEU. */
export interface ChrfOptions {
	/** The longest n-grams of characters. Default 6. */
	readonly characterOrder?: number | undefined;
	/** The longest n-grams of words; 2 for chrF++. Default 0. */
	readonly wordOrder?: number | undefined;
	/** How many times recall counts as much as precision. Default 2. */
	readonly beta?: number | undefined;
	/** Whether case is of no account. Default false. */
	readonly lowercase?: boolean | undefined;
	/** Whether white space counts as characters. Default false. */
	readonly whitespace?: boolean | undefined;
	/** Whether lengths without n-grams count as almost 0, as in chrF++.py, Moses and NLTK. Default false: they are left out. */
	readonly epsilonSmoothing?: boolean | undefined;
}

const kinds: Kinds<ChrfOptions> = {
	...{ characterOrder: is.whole(1), wordOrder: is.whole(0), beta: is.positive },
	...{ lowercase: is.flag, whitespace: is.flag, epsilonSmoothing: is.flag },
};

/** What scores texts by chrF, for `bootstrapScore` and `pairedBootstrap`. */
export function chrfScorer(options: ChrfOptions = {}): TextScorer {
	return scorerOf('chrfScorer', options);
}

/**
 * chrF in percent of texts as they are written, equal to sacreBLEU's: F of n-grams of 1 … 6 characters, recall counting twice as much as
 * precision. Counts are summed over all texts, of several references those of the best; one text is a corpus of one.
 *
 * @example
 * chrfScore(['The dog bit him.'], ['The dog has bitten him.'], { wordOrder: 2 }).score; // chrF++
 *
 * @throws {RangeError} where there are no texts, or not as many references.
 */
export function chrfScore(hypotheses: readonly string[], references: References, options: ChrfOptions = {}): TextScore {
	return scoreTexts('chrfScore', scorerOf('chrfScore', options), hypotheses, references);
}

function scorerOf(who: string, options: ChrfOptions): TextScorer {
	const {
		characterOrder = 6,
		wordOrder = 0,
		beta = 2,
		lowercase = false,
		whitespace = false,
		epsilonSmoothing = false,
	} = optionsOf(who, options, kinds);
	const orders = characterOrder + wordOrder;
	const formula = { beta, epsilonSmoothing };
	const count = chrfCounter({ characterOrder, wordOrder, whitespace }, formula);
	const form = (text: string) => (lowercase ? text.toLowerCase() : text);
	return {
		name: `chrF${beta}${'+'.repeat(wordOrder)}`,
		settings: { case: lowercase ? 'lc' : 'mixed', eff: !epsilonSmoothing, nc: characterOrder, nw: wordOrder, space: whitespace },
		width: 3 * orders,
		against: (references) => {
			const counted = count(references.map(form));
			return (hypothesis, sums, at) => counted(form(hypothesis), sums, at);
		},
		scoreOf: (sums) => ({ score: fScore(sums, 0, orders, formula) }),
	};
}
