// BLEU (Papineni et al. 2002): how much of what was said a translation's references say, too. Equal to sacreBLEU's.
import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
import { type BleuCounts, bleuCounter, bleuCounts, bleuWidth, type Tokens } from './bleu/counts.js';
import { bleuOf } from './bleu/percent.js';
import { type BleuScore, type BleuScoreOptions, scorerOf } from './bleu/scorer.js';
import type { MeasuredBatch, Metric } from './metric.js';
import { scoreTexts } from './text/scorer.js';
import { type References, referenceKind } from './text/segments.js';

/** A text that was generated, beside those that would be right. */
export interface Translation {
	readonly hypothesis: Tokens;
	/** One or more. */
	readonly references: readonly Tokens[];
}

/** Where the texts of a batch are. */
export interface BleuOptions {
	/** The texts of a batch as tokens, as they are to be compared: without padding and what marks begin and end. */
	readonly translations: (batch: MeasuredBatch) => Iterable<Translation>;
	/** The longest sequences of tokens that are compared. Default 4. */
	readonly order?: number | undefined;
}

const kinds: Kinds<BleuOptions> = { translations: is.needed(is.function), order: is.whole(1) };

/**
 * BLEU in percent, of a whole corpus: 100 · b · ⁴√(p₁ p₂ p₃ p₄), pₙ being the share of sequences of n tokens that a reference has, too (each as
 * often as one reference has it), and b = min(1, exp(1 − reference / hypothesis)) for a corpus that is too short. 0 where a pₙ is 0.
 *
 * @example
 * bleu({ translations: ({ outputs, inputs }) => pairs(outputs.tokens, inputs.targets) })
 */
export function bleu(options: BleuOptions): Metric<BleuCounts> {
	const { translations, order = 4 } = optionsOf('bleu', options, kinds);
	const count = bleuCounter(order);
	return {
		start: () => bleuCounts(new Float64Array(bleuWidth(order))),
		add({ hypothesis, reference, matches, totals }, batch) {
			const sums = Float64Array.of(hypothesis, reference, ...matches, ...totals);
			for (const texts of translations(batch)) {
				if (texts.references.length === 0)
					throw new RangeError('bleu: expected at least one reference for each text, got none. Pass what is right.');
				count(texts.references)(texts.hypothesis, sums, 0);
			}
			return bleuCounts(sums);
		},
		result: (counts) => bleuOf(counts, { smoothing: 'none' }).score,
	};
}

/**
 * BLEU in percent of texts as they are written, equal to sacreBLEU's `corpus_score`: counts are summed over all texts.
 *
 * @example
 * bleuScore(['The dog bit the man.'], [['The dog bit the man.', 'The dog had bit the man.']]).score; // 100
 *
 * @throws {RangeError} where there are no texts, or not as many references.
 */
export function bleuScore(hypotheses: readonly string[], references: References, options: BleuScoreOptions = {}): BleuScore {
	return scoreTexts('bleuScore', scorerOf('bleuScore', options), hypotheses, references);
}

/**
 * BLEU in percent of one text, equal to sacreBLEU's `sentence_score`. `effectiveOrder` is true unless said otherwise, so that a text of
 * fewer than four tokens can have a score.
 */
export function sentenceBleu(hypothesis: string, references: string | readonly string[], options: BleuScoreOptions = {}): BleuScore {
	argumentOf('sentenceBleu', 'hypothesis', hypothesis, is.text);
	argumentOf('sentenceBleu', 'references', references, referenceKind);
	const scorer = scorerOf('sentenceBleu', options, true);
	return scoreTexts('sentenceBleu', scorer, [hypothesis], [references]);
}
