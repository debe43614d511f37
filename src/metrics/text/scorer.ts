// What scores generated texts: numbers are counted for each text, and the score is computed of their sums, so that texts can be drawn anew.
import { type References, referencesOf } from './segments.js';
import { type Settings, signatureOf } from './signature.js';

/** A score of texts. */
export interface TextScore {
	/** The score; BLEU, chrF and TER are in percent. */
	readonly score: number;
	/** What it depends on, as sacreBLEU writes it: `nrefs:1|case:mixed|…|version:textloom-0.1.0`. */
	readonly signature: string;
}

/** Counts of a hypothesis against the references at hand: adds them to `sums` from `at` on. */
export type CountText = (hypothesis: string, sums: Float64Array, at: number) => void;

/** A score by its counts. Made by `bleuScorer`, `chrfScorer` and `terScorer`; one's own are written alike. */
export interface TextScorer<Score extends TextScore = TextScore> {
	/** What the score is called, such as chrF2++. */
	readonly name: string;
	/** What it depends on, by the names of its signature. */
	readonly settings: Settings;
	/** How many numbers are counted of a text. */
	readonly width: number;
	/** Reads the references of a text. What it returns is good until the next call, so that memory is used again. */
	readonly against: (references: readonly string[]) => CountText;
	/** The score of sums of counts. */
	readonly scoreOf: (sums: Float64Array) => Omit<Score, 'signature'>;
}

/** The score of texts. `who` says which function is asked, in errors. */
export function scoreTexts<Score extends TextScore>(
	who: string,
	scorer: TextScorer<Score>,
	hypotheses: readonly string[],
	given: References,
): Score {
	const references = referencesOf(who, hypotheses, given);
	const sums = new Float64Array(scorer.width);
	for (const [at, own] of references.entries()) scorer.against(own)(hypotheses[at]!, sums, 0);
	return { ...scorer.scoreOf(sums), signature: signatureOf(references, scorer.settings) } as Score;
}
