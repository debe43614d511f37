// ROC-AUC: how probable it is that a sample of a class has a larger score than one of another (Hanley and McNeil 1982), equal to scikit-learn's.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { type ScoreOptions, scoreKinds } from './binary.js';
import { cutsOf, type Scored } from './cuts.js';
import { foldRanked, type RankedMetricOptions, type RankedState, rankedKinds } from './fold-ranked.js';
import type { Scores } from './matrix.js';
import type { Metric } from './metric.js';
import { type ColumnAverage, columnsMean, type Ranked, rankedOf, type Truth } from './ranked.js';

/** How the curves of several classes become one number. */
export interface RocAucAverages {
	/**
	 * `one-vs-rest` measures each class against all others (default), `one-vs-one` each pair of classes by both their scores, which does not depend on
	 * how frequent classes are (Hand and Till 2001).
	 */
	readonly multiclass?: 'one-vs-rest' | 'one-vs-one' | undefined;
	/** The plain mean over classes, labels or pairs (default), or that by how many samples they have. */
	readonly average?: ColumnAverage | undefined;
}

/** Which outputs are read, and how the curves of several classes become one number. */
export interface RocAucOptions extends RankedMetricOptions, RocAucAverages {}

/** Classes, samples, and how the curves of several classes become one number. */
export interface RocAucScoreOptions extends ScoreOptions, RocAucAverages {}

const averageKinds: Kinds<RocAucAverages> = {
	multiclass: is.one('one-vs-rest', 'one-vs-one'),
	average: is.one('macro', 'weighted'),
};

/**
 * The area under the ROC curve, of all samples exactly: their scores are kept, 8 bytes for each class, and equal ones count half. Classes that no
 * sample or every sample has are passed over; 0 where nothing counts.
 *
 * @throws {RangeError} in `result` where all samples are of one class.
 */
export function rocAuc(options: RocAucOptions = {}): Metric<RankedState> {
	const { multiclass, average, ...read } = optionsOf('rocAuc', options, { ...rankedKinds, ...averageKinds });
	return foldRanked('rocAuc', read, (ranked) => areaOf('rocAuc', ranked, { multiclass, average }));
}

/**
 * The same of arrays, equal to scikit-learn's `roc_auc_score`: one score for each sample of two classes, rows of probabilities of several, or rows of
 * scores beside rows of 0 and 1 where a sample may have several labels.
 *
 * @throws {RangeError} where all samples are of one class.
 */
export function rocAucScore(truth: Truth, scores: Scores, options: RocAucScoreOptions = {}): number {
	const { multiclass, average, ...read } = optionsOf('rocAucScore', options, { ...scoreKinds, ...averageKinds });
	if (multiclass === 'one-vs-one' && read.sampleWeights)
		throw new TypeError("rocAucScore: expected no sampleWeights beside multiclass: 'one-vs-one', got some. Leave one of them out.");
	return areaOf('rocAucScore', rankedOf('rocAucScore', truth, scores, read), { multiclass, average });
}

function areaOf(who: string, ranked: Ranked, { multiclass = 'one-vs-rest', average = 'macro' }: RocAucAverages): number {
	const area =
		ranked.each || multiclass === 'one-vs-rest' ? columnsMean(ranked, average, areaUnder) : pairsMean(ranked, average === 'weighted');
	if (area !== undefined) return area;
	throw new RangeError(
		`${who}: expected samples of two classes or more, got ${ranked.scores.length / ranked.columns} of one. Measure on samples that can be told apart.`,
	);
}

/** Σ (FPₖ − FPₖ₋₁)(TPₖ + TPₖ₋₁) / 2, of its largest possible value; undefined where there are no samples of the class, or only such. */
function areaUnder(scored: Scored): number | undefined {
	const { hits, misses } = cutsOf(scored);
	const all = (hits.at(-1) ?? 0) * (misses.at(-1) ?? 0);
	if (all === 0) return undefined;
	let area = (misses[0]! * hits[0]!) / 2;
	for (let at = 1; at < hits.length; at++) area += ((misses[at]! - misses[at - 1]!) * (hits[at]! + hits[at - 1]!)) / 2;
	return area / all;
}

/** The mean over pairs of classes that have samples: of each, the area of one class among the two by its own score and that of the other. */
function pairsMean({ columns, scores, targets }: Ranked, weighted: boolean): number | undefined {
	const rowsOf = Array.from({ length: columns }, (): number[] => []);
	for (let row = 0; row < targets.length; row++) rowsOf[targets[row]!]!.push(row);
	const classes = [...rowsOf.keys()].filter((own) => rowsOf[own]!.length > 0);
	const among = (own: number, other: number) => {
		const rows = [...rowsOf[own]!, ...rowsOf[other]!];
		const positive = new Uint8Array(rows.length).fill(1, 0, rowsOf[own]!.length);
		return areaUnder({ scores: Float64Array.from(rows, (row) => scores[row * columns + own]!), positive })!;
	};
	let sum = 0;
	let all = 0;
	for (const [place, a] of classes.entries()) {
		for (const b of classes.slice(place + 1)) {
			const weight = weighted ? rowsOf[a]!.length + rowsOf[b]!.length : 1;
			sum += (weight * (among(a, b) + among(b, a))) / 2;
			all += weight;
		}
	}
	return all === 0 ? undefined : sum / all;
}
