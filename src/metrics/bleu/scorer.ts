// What scores texts by BLEU: its options, the tokens of texts and their counts.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { TextScore, TextScorer } from '../text/scorer.js';
import { bleuCounter, bleuCounts, bleuWidth } from './counts.js';
import { type BleuFormula, type BleuParts, bleuOf, smoothingValues } from './percent.js';
import { type BleuTokenizer, bleuTokenizers, bleuTokens } from './tokenizers.js';

/** How BLEU is computed; defaults are those of sacreBLEU. */
export interface BleuScoreOptions extends BleuFormula {
	/** How texts are cut: `13a` is that of WMT, `zh` that for Chinese, `none` white space only. Default `13a`. */
	readonly tokenizer?: BleuTokenizer | undefined;
	/** Whether case is of no account. Default false. */
	readonly lowercase?: boolean | undefined;
	/** The longest sequences of tokens that are compared. Default 4. */
	readonly order?: number | undefined;
}

/** BLEU with what it is made of. `matches` and `totals` are as they were counted, without what a smoothing adds. */
export interface BleuScore extends BleuParts, TextScore {}

const kinds: Kinds<BleuScoreOptions> = {
	tokenizer: is.one(...Object.keys(bleuTokenizers)),
	...{ lowercase: is.flag, order: is.whole(1), effectiveOrder: is.flag },
	...{ smoothing: is.one('none', 'floor', 'add-k', 'exp'), smoothingValue: is.number(0) },
};

/** What scores texts by BLEU (Papineni et al. 2002), for `bootstrapScore` and `pairedBootstrap`. */
export function bleuScorer(options: BleuScoreOptions = {}): TextScorer<BleuScore> {
	return scorerOf('bleuScorer', options);
}

/** The same for a function of another name, which errors say, and perhaps with another default. */
export function scorerOf(who: string, options: BleuScoreOptions, isEffective = false): TextScorer<BleuScore> {
	const { tokenizer = '13a', lowercase = false, order = 4, ...given } = optionsOf(who, options, kinds);
	const { smoothing = 'exp', effectiveOrder = isEffective, smoothingValue = smoothingValues[smoothing] } = given;
	if (given.smoothingValue !== undefined && smoothingValues[smoothing] === undefined)
		throw new RangeError(`${who}: expected smoothing 'floor' or 'add-k' beside smoothingValue, got '${smoothing}'. Leave the value out.`);
	const smooth = smoothingValue === undefined ? smoothing : `${smoothing}[${hundredths(smoothingValue)}]`;
	const cut = bleuTokens(tokenizer, lowercase);
	const count = bleuCounter(order);
	return {
		name: 'BLEU',
		settings: { case: lowercase ? 'lc' : 'mixed', eff: effectiveOrder, tok: tokenizer, smooth },
		width: bleuWidth(order),
		against: (references) => {
			const counted = count(references.map(cut));
			return (hypothesis, sums, at) => counted(cut(hypothesis), sums, at);
		},
		scoreOf: (sums) => bleuOf(bleuCounts(sums), { smoothing, smoothingValue, effectiveOrder }),
	};
}

/** A number with two digits; one in the middle between two is rounded to the even one, as in Python. */
function hundredths(value: number): string {
	const whole = Math.floor(value * 100);
	const isMiddle = value * 100 - whole === 0.5 && Number.isInteger(value * 8);
	return (isMiddle ? (whole + (whole % 2)) / 100 : value).toFixed(2);
}
