// BLEU as the textbook Dive into Deep Learning has it (Zhang et al., "Evaluation of predicted sequences"): long sequences count more.
import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
import { bleuCounter, bleuCounts, bleuWidth, type Tokens } from './bleu/counts.js';
import { tokensKind } from './text/numbering.js';

/** How long sequences are that count. */
export interface TextbookBleuOptions {
	/** The longest sequences of tokens that are compared; no longer than the prediction. Default 2. */
	readonly order?: number | undefined;
}

const kinds: Kinds<TextbookBleuOptions> = { order: is.whole(1) };

/**
 * BLEU from 0 to 1 of one text: exp(min(0, 1 − label / prediction)) · Π pₙ^(1/2ⁿ) for n from 1 to the order, pₙ being the share of the
 * prediction's sequences of n tokens that the label has, too, each as often as the label has it. 0 for an empty prediction.
 *
 * @example
 * textbookBleu([...'ABBCD'], [...'ABCDEF'], { order: 3 }); // 0.594: p₁ = 4/5, p₂ = 3/4, p₃ = 1/3
 */
export function textbookBleu(prediction: Tokens, label: Tokens, options: TextbookBleuOptions = {}): number {
	const { order = 2 } = optionsOf('textbookBleu', options, kinds);
	argumentOf('textbookBleu', 'prediction', prediction, tokensKind);
	argumentOf('textbookBleu', 'label', label, tokensKind);
	const sums = new Float64Array(bleuWidth(order));
	bleuCounter(order)([label])(prediction, sums, 0);
	const { matches, totals } = bleuCounts(sums);
	if (prediction.length === 0) return 0;
	const share = (count: number, n: number) => (totals[n]! === 0 ? 1 : (count / totals[n]!) ** (1 / 2 ** (n + 1)));
	return matches.reduce((product, count, n) => product * share(count, n), Math.exp(Math.min(0, 1 - label.length / prediction.length)));
}
