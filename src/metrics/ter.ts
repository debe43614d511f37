// TER (Snover et al. 2006): how many edits a text is away from its reference, for each word of the reference. Equal to sacreBLEU's.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { terEdits } from './ter/edits.js';
import { type TerWords, terWords } from './ter/tokens.js';
import { numbering } from './text/numbering.js';
import { scoreTexts, type TextScore, type TextScorer } from './text/scorer.js';
import type { References } from './text/segments.js';

/** How words are made for TER; defaults are those of sacreBLEU. */
export interface TerOptions extends TerWords {}

/** TER with what it is made of. */
export interface TerScore extends TextScore {
	/** Words put in, left out or changed, and shifts of runs of words; of several references the fewest. */
	readonly edits: number;
	/** Words of the references, of several their mean. */
	readonly words: number;
}

const kinds: Kinds<TerOptions> = { normalized: is.flag, withoutMarks: is.flag, asianSupport: is.flag, caseSensitive: is.flag };

/** What scores texts by TER, for `bootstrapScore` and `pairedBootstrap`. */
export function terScorer(options: TerOptions = {}): TextScorer<TerScore> {
	return scorerOf('terScorer', options);
}

/**
 * The translation edit rate in percent of texts as they are written, equal to sacreBLEU's: 100 · edits / words of the references, 0 for equal
 * texts, above 100 for much that is not asked for. One text is a corpus of one. Texts without any word in their references have 100, or 0 where they are empty, too.
 *
 * @example
 * terScore(['d e f g h a b c'], ['a b c d e f g h']).score; // 12.5: one shift of three words
 *
 * @throws {RangeError} where there are no texts, or not as many references.
 */
export function terScore(hypotheses: readonly string[], references: References, options: TerOptions = {}): TerScore {
	return scoreTexts('terScore', scorerOf('terScore', options), hypotheses, references);
}

function scorerOf(who: string, options: TerOptions): TextScorer<TerScore> {
	const { normalized = false, withoutMarks = false, asianSupport = false, caseSensitive = false } = optionsOf(who, options, kinds);
	if (asianSupport && !normalized && !withoutMarks)
		throw new RangeError(`${who}: expected normalized or withoutMarks beside asianSupport, got neither. Set one, or leave it out.`);
	const cut = terWords({ normalized, withoutMarks, asianSupport, caseSensitive });
	const numbers = numbering();
	return {
		name: 'TER',
		settings: { case: caseSensitive ? 'mixed' : 'lc', tok: 'tercom', norm: normalized, punct: !withoutMarks, asian: asianSupport },
		width: 2,
		against: (texts) => {
			numbers.clear();
			// Twice, as sacreBLEU does: of `..5` the words are `.` and `.5` in a hypothesis, but `.`, `.` and `5` in a reference.
			const references = texts.map((text) => numbers.learn(cut(cut(text).join(' '))));
			const mean = references.reduce((sum, { length }) => sum + length, 0) / references.length;
			return (hypothesis, sums, at) => {
				const words = numbers.known(cut(hypothesis));
				sums[at]! += Math.min(...references.map((reference) => terEdits(words, reference)));
				sums[at + 1]! += mean;
			};
		},
		scoreOf: ([edits, words]) => ({ score: words! > 0 ? (100 * edits!) / words! : edits! > 0 ? 100 : 0, edits: edits!, words: words! }),
	};
}
