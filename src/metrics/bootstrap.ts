// How sure a score of generated texts is, and whether a system is better than another, by texts that are drawn anew (Koehn 2004).
import { argumentOf, is, type Kind, type Kinds, optionsOf } from '../base/index.js';
import { bleuScorer } from './bleu/scorer.js';
import {
	countRows,
	drawnScores,
	type Interval,
	intervalOf,
	meanOf,
	type ResampleOptions,
	resampleKinds,
	scoreOfRows,
	scorerKind,
} from './text/resample.js';
import type { TextScore, TextScorer } from './text/scorer.js';
import { type References, referencesOf } from './text/segments.js';
import { signatureOf } from './text/signature.js';

/** What is scored, and how texts are drawn. */
export interface BootstrapOptions extends ResampleOptions {
	/** What scores texts. Default `bleuScorer()`. */
	readonly scorer?: TextScorer | undefined;
}

/** A score and where it may lie. */
export interface BootstrapScore extends TextScore, Interval {}

/** What is scored, how texts are drawn, and what systems are compared with. */
export interface PairedBootstrapOptions extends BootstrapOptions {
	/** The name of the system that the others are compared with. Default: the first. */
	readonly baseline?: string | undefined;
}

/** A system beside the baseline. */
export interface PairedSystem extends Interval {
	readonly name: string;
	readonly score: number;
	/** How probable a difference from the baseline as large as this is where both are equally good (two-sided). Nothing of the baseline itself. */
	readonly p?: number;
}

/** What came of a comparison. */
export interface PairedBootstrap {
	readonly baseline: string;
	/** What the scores depend on, as sacreBLEU writes it. */
	readonly signature: string;
	/** In the order that they came in. */
	readonly systems: readonly PairedSystem[];
}

const systemsKind: Kind = {
	expected: 'an object of two or more systems, the texts of each by its name',
	fits: (value) => is.object.fits(value) && Object.keys(value as object).length > 1,
};
const kinds: Kinds<BootstrapOptions> = { ...resampleKinds, scorer: scorerKind };
const pairedKinds: Kinds<PairedBootstrapOptions> = { ...kinds, baseline: is.text };

/**
 * A score of texts with the interval that the scores of drawn texts lie in (percentiles).
 *
 * @example
 * const { score, low, high } = bootstrapScore(hypotheses, references, { scorer: chrfScorer() });
 *
 * @throws {RangeError} where there are no texts, or not as many references.
 */
export function bootstrapScore(hypotheses: readonly string[], references: References, options: BootstrapOptions = {}): BootstrapScore {
	const { scorer = bleuScorer(), samples = 1000, confidence = 0.95, seed = 0 } = optionsOf('bootstrapScore', options, kinds);
	const given = referencesOf('bootstrapScore', hypotheses, references);
	const rows = countRows(scorer, [hypotheses], given);
	const [drawn] = drawnScores(scorer, rows, samples, seed);
	return {
		...{ score: scoreOfRows(scorer, rows[0]!), ...intervalOf(drawn!, confidence) },
		signature: signatureOf(given, { bs: samples, seed }, scorer.settings),
	};
}

/**
 * Paired bootstrap resampling as sacreBLEU has it (`paired_bs`): of each drawing all systems are scored, and with D the difference of a system from
 * the baseline and dᵢ that of a drawing, p is (1 + how many |dᵢ| − mean |d| are above |D|) / (1 + samples). The baseline's
 * own texts have the least p that there is, as in sacreBLEU: their difference of 0 is no chance.
 *
 * @example
 * pairedBootstrap({ old: before, new: after }, references, { scorer: bleuScorer({ tokenizer: 'zh' }) }).systems[1].p;
 *
 * @throws {RangeError} where there are fewer than two systems, no texts, or not as many of each and of references.
 */
export function pairedBootstrap(
	systems: Readonly<Record<string, readonly string[]>>,
	references: References,
	options: PairedBootstrapOptions = {},
): PairedBootstrap {
	const read = optionsOf('pairedBootstrap', options, pairedKinds);
	const { scorer = bleuScorer(), samples = 1000, confidence = 0.95, seed = 0 } = read;
	const names = Object.keys(argumentOf('pairedBootstrap', 'systems', systems, systemsKind));
	const { baseline = names[0]! } = read;
	if (!names.includes(baseline))
		throw new RangeError(`pairedBootstrap: expected baseline to be one of ${names.join(', ')}, got ${baseline}. Name one of these.`);
	const given = names.map((name) => referencesOf('pairedBootstrap', systems[name]!, references, name))[0]!;
	const rows = countRows(scorer, Object.values(systems), given);
	const scores = rows.map((own) => scoreOfRows(scorer, own));
	const drawn = drawnScores(scorer, rows, samples, seed);
	const base = names.indexOf(baseline);
	return {
		baseline,
		signature: signatureOf(given, { bs: samples, seed }, scorer.settings),
		systems: names.map((name, at) => ({
			...{ name, score: scores[at]!, ...intervalOf(drawn[at]!, confidence) },
			...(at !== base && { p: pValue(drawn[at]!, drawn[base]!, Math.abs(scores[at]! - scores[base]!)) }),
		})),
	};
}

function pValue(own: Float64Array, others: Float64Array, difference: number): number {
	const differences = own.map((score, at) => Math.abs(score - others[at]!));
	const mean = meanOf(differences);
	const beyond = differences.filter((drawn) => drawn - mean > difference).length;
	return (beyond + 1) / (differences.length + 1);
}
