// BLEU (Papineni et al. 2002): how much of what was said a translation's references say, too. Equal to sacreBLEU without smoothing.
import { is, type Kinds, optionsOf } from '../base/index.js';
import type { MeasuredBatch, Metric } from './metric.js';

/** The tokens of a text: ids, or words. */
export type Tokens = ArrayLike<number> | ArrayLike<bigint> | ArrayLike<string>;

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

/** What is counted over all texts: for each length of sequences how many there were and how many of them are right, and how many tokens. */
export interface BleuCounts {
	readonly matches: readonly number[];
	readonly totals: readonly number[];
	readonly hypothesis: number;
	/** Of each text the reference nearest in length, the shorter of two. */
	readonly reference: number;
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
	const zeros = new Array<number>(order).fill(0);
	return {
		start: () => ({ matches: zeros, totals: zeros, hypothesis: 0, reference: 0 }),
		add: (state, batch) => [...translations(batch)].reduce((sum, texts) => plus(sum, countsOf(texts, order)), state),
		result: ({ matches, totals, hypothesis, reference }) => {
			if (matches.some((count) => count === 0)) return 0;
			const precision = matches.reduce((sum, count, n) => sum + Math.log(count / totals[n]!), 0) / order;
			return 100 * Math.exp(precision + Math.min(0, 1 - reference / hypothesis));
		},
	};
}

const plus = (a: BleuCounts, b: BleuCounts): BleuCounts => ({
	matches: a.matches.map((count, n) => count + b.matches[n]!),
	totals: a.totals.map((count, n) => count + b.totals[n]!),
	hypothesis: a.hypothesis + b.hypothesis,
	reference: a.reference + b.reference,
});

function countsOf({ hypothesis, references }: Translation, order: number): BleuCounts {
	if (references.length === 0) throw new RangeError('bleu: expected at least one reference for each text, got none. Pass what is right.');
	const numbers = new Map<number | string, number>();
	const lengths = Array.from({ length: order }, (_, n) => n + 1);
	const counted = lengths.map((n) => {
		const own = sequences(hypothesis, n, numbers);
		const known = references.map((reference) => sequences(reference, n, numbers));
		const right = [...own].map(([sequence, count]) => Math.min(count, Math.max(...known.map((counts) => counts.get(sequence) ?? 0))));
		return { match: right.reduce((a, b) => a + b, 0), total: Math.max(hypothesis.length - n + 1, 0) };
	});
	const away = (length: number) => Math.abs(length - hypothesis.length);
	const nearest = references.map(({ length }) => length).reduce((a, b) => (away(b) < away(a) || (away(b) === away(a) && b < a) ? b : a));
	return {
		matches: counted.map(({ match }) => match),
		totals: counted.map(({ total }) => total),
		hypothesis: hypothesis.length,
		reference: nearest,
	};
}

/** How often each sequence of `n` tokens is there. Tokens are numbered, so that no token can look like two. */
function sequences(tokens: Tokens, n: number, numbers: Map<number | string, number>): Map<string, number> {
	const ids = Array.from<number | bigint | string, number>(tokens, (given) => {
		const token = typeof given === 'bigint' ? Number(given) : given;
		if (!numbers.has(token)) numbers.set(token, numbers.size);
		return numbers.get(token)!;
	});
	const counts = new Map<string, number>();
	for (let first = 0; first + n <= ids.length; first++) {
		const key = ids.slice(first, first + n).join(' ');
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return counts;
}
