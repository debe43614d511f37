// How good predictions are: precision, recall and F1, of all labels together and of each.

/** Counts of a label, or of all. */
export interface Counts {
	/** How often it is right, how often it was predicted, and how often both. */
	gold: number;
	predicted: number;
	both: number;
}

/** A share of what was predicted, and of what is right. */
export interface FastTextFigures {
	/** both / predicted; NaN where nothing was predicted. */
	readonly precision: number;
	/** both / right; NaN where nothing is. */
	readonly recall: number;
	/** 2 both / (predicted + right) */
	readonly f1: number;
}

/** The figures of a test, as `fasttext test` and `test-label` give them. */
export interface FastTextScores extends FastTextFigures {
	/** Texts with a label and a word that the model knows. */
	readonly examples: number;
	/** Of each label that was predicted or is right. */
	readonly labels: Readonly<Record<string, FastTextFigures>>;
}

/** The figures of counts. */
export const figuresOf = ({ gold, predicted, both }: Counts): FastTextFigures => ({
	precision: both / predicted,
	recall: both / gold,
	f1: (2 * both) / (predicted + gold),
});

/** Points of the curve of precision and recall over all thresholds: each where a prediction with a score of its own is taken in. */
export interface ScoredPrediction {
	readonly score: number;
	readonly isRight: boolean;
}

/** The best precision among thresholds whose recall is at least so high; 0 where there is none. */
export function precisionAtRecall(scored: readonly ScoredPrediction[], gold: number, least: number): number {
	return bestOf(curve(scored, gold), ([precision, recall]) => (recall >= least ? precision : 0));
}

/** The best recall among thresholds whose precision is at least so high; 0 where there is none. */
export function recallAtPrecision(scored: readonly ScoredPrediction[], gold: number, least: number): number {
	return bestOf(curve(scored, gold), ([precision, recall]) => (precision >= least ? recall : 0));
}

type Point = readonly [precision: number, recall: number];

function bestOf(points: readonly Point[], value: (point: Point) => number): number {
	return points.reduce((best, point) => Math.max(best, value(point)), 0);
}

function curve(scored: readonly ScoredPrediction[], gold: number): Point[] {
	if (scored.length === 0) return [];
	const sorted = [...scored].sort((a, b) => b.score - a.score);
	const points: Point[] = [];
	let right = 0;
	for (const [i, { score, isRight }] of sorted.entries()) {
		if (isRight) right++;
		// Equal scores are one threshold.
		if (sorted[i + 1]?.score !== score) points.push([right / (i + 1), right / gold]);
	}
	return [...points, [1, 0]];
}
