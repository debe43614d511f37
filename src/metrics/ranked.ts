// Scores that are ranked for each class: of one class, of classes that exclude each other, or of labels that do not; and averages over the classes.
import { positivePlaces, type ScoreOptions } from './binary.js';
import type { Scored } from './cuts.js';
import type { Label } from './labels.js';
import { hasRows, type Matrix, matrixOf, type Scores } from './matrix.js';
import { checkProbabilities, classPlaces } from './probabilities.js';
import { weightsOf } from './samples.js';

/** The true labels of samples; or, where each may have several, a row for each sample with 1 for those it has and 0 for the others. */
export type Truth = ArrayLike<Label> | readonly ArrayLike<number>[];

/** Scores, row by row with one for each column, beside what is true. */
export interface Ranked {
	readonly columns: number;
	readonly scores: Float64Array;
	/** The class of each row; or, where `each` is true, 1 or 0 for each score. */
	readonly targets: Int32Array | Float64Array;
	/** Whether every column is decided by itself. */
	readonly each: boolean;
	readonly weights?: Float64Array | undefined;
	/** A target that does not count. */
	readonly ignore?: number | undefined;
}

/** Reads labels and scores. Throws where they do not belong together, and where scores of several classes are no probabilities. */
export function rankedOf(who: string, truth: Truth, given: Scores, { positive, sampleWeights, labels }: ScoreOptions): Ranked {
	const scores = matrixOf(who, 'scores', given, { truth });
	const { columns, data } = scores;
	const weights = weightsOf(who, sampleWeights, scores.rows);
	if (hasRows(truth)) return { ...labelSets(who, truth, scores), weights };
	const names = truth as ArrayLike<Label>;
	if (columns <= 2) {
		const places = positivePlaces(who, names, { positive, labels });
		return { columns: 1, scores: columnFor(scores, places.second), targets: Float64Array.from(places.positive), each: true, weights };
	}
	if (positive !== undefined)
		throw new TypeError(`${who}: expected positive beside scores of two classes, got ${columns}. Leave it out, or pass one column.`);
	checkProbabilities(who, 'scores', scores);
	return { columns, scores: data, targets: classPlaces(who, 'scores', names, { columns, labels }), each: false, weights };
}

/** Of two columns that of the positive class. */
function columnFor({ columns, data }: Matrix, second: boolean): Float64Array {
	return columns === 1 ? data : Float64Array.from({ length: data.length / 2 }, (_, row) => data[2 * row + Number(second)]!);
}

function labelSets(who: string, truth: readonly ArrayLike<number>[], scores: Matrix): Ranked {
	const targets = matrixOf(who, 'truth', truth);
	if (targets.columns !== scores.columns)
		throw new RangeError(`${who}: expected scores in rows of ${targets.columns} as truth, got ${scores.columns}. Pass one for each label.`);
	const wrong = targets.data.find((value) => value !== 0 && value !== 1);
	if (wrong !== undefined)
		throw new RangeError(`${who}: expected truth in rows of 0 and 1, got ${wrong}. Pass 1 for labels that a sample has.`);
	return { columns: scores.columns, scores: scores.data, targets: targets.data, each: true };
}

/** The scores of one column, and which samples are of its class. */
export function columnOf({ columns, scores, targets, each, weights, ignore }: Ranked, column: number): Scored {
	const rows = scores.length / columns;
	const own = new Float64Array(rows);
	const positive = new Uint8Array(rows);
	const weighed = weights && new Float64Array(rows);
	let count = 0;
	for (let row = 0; row < rows; row++) {
		const target = each ? targets[row * columns + column] : targets[row];
		if (target === ignore) continue;
		own[count] = scores[row * columns + column]!;
		positive[count] = Number(target === (each ? 1 : column));
		if (weighed) weighed[count] = weights[row]!;
		count++;
	}
	return { scores: own.subarray(0, count), positive: positive.subarray(0, count), weights: weighed?.subarray(0, count) };
}

/** What of the samples is of the class. */
function supportOf({ positive, weights }: Scored): number {
	let sum = 0;
	for (let at = 0; at < positive.length; at++) if (positive[at]) sum += weights ? weights[at]! : 1;
	return sum;
}

/** How the scores of columns become one. */
export type ColumnAverage = 'macro' | 'weighted';

/** The mean over the columns that have a score: `weighted` by how many samples each has; undefined where none has one. */
export function columnsMean(ranked: Ranked, average: ColumnAverage, of: (column: Scored) => number | undefined): number | undefined {
	let sum = 0;
	let all = 0;
	let some = false;
	for (let column = 0; column < ranked.columns; column++) {
		const own = columnOf(ranked, column);
		const score = of(own);
		if (score === undefined) continue;
		some = true;
		const weight = average === 'macro' ? 1 : supportOf(own);
		sum += weight * score;
		all += weight;
	}
	return some ? sum / (all || 1) : undefined;
}
