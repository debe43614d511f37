// Probabilities of classes as arrays have them, beside the true labels.
import { optionsOf } from '../base/index.js';
import { positivePlaces, type ScoreOptions, scoreKinds } from './binary.js';
import { checkKnown, type Label, labelsIn, numbersOf, show } from './labels.js';
import { type Matrix, matrixOf, type Scores } from './matrix.js';
import { weightsOf } from './samples.js';

/** How far the probabilities of a sample may be from 1 in all: those that are read from files are rounded. */
const slack = 1e-3;

/** The probabilities of samples row by row, and the place of the true class of each. */
export interface Distributions {
	readonly rows: number;
	/** 2 or more. */
	readonly columns: number;
	readonly data: Float64Array;
	readonly places: ArrayLike<number>;
	readonly weights: Float64Array | undefined;
}

/**
 * Reads labels and probabilities: of one class of two for each sample, or a row with one of each class.
 *
 * @throws {RangeError} where they are not from 0 to 1 or do not sum to 1, where there is not a column for each class, and where there are none.
 */
export function distributionsOf(who: string, truth: ArrayLike<Label>, given: Scores, options: ScoreOptions): Distributions {
	const { labels, positive, sampleWeights } = optionsOf(who, options, scoreKinds);
	const matrix = matrixOf(who, 'probabilities', given, { truth });
	const weights = weightsOf(who, sampleWeights, matrix.rows);
	checkProbabilities(who, 'probabilities', matrix);
	const { rows, columns, data, inRows } = matrix;
	if (inRows) {
		if (positive !== undefined)
			throw new TypeError(
				`${who}: expected positive beside one probability for each sample, got rows. Leave it out; labels orders columns.`,
			);
		return { rows, columns, data, weights, places: classPlaces(who, 'probabilities', truth, { columns, labels }) };
	}
	const { positive: places } = positivePlaces(who, truth, { positive, labels });
	const both = Float64Array.from({ length: 2 * rows }, (_, at) => (at % 2 === 0 ? 1 - data[at >> 1]! : data[at >> 1]!));
	return { rows, columns: 2, data: both, places, weights };
}

/** Checks that numbers are probabilities, and that those of a row sum to 1. */
export function checkProbabilities(who: string, name: string, { columns, data, inRows }: Matrix): void {
	for (let begin = 0; begin < data.length; begin += columns) {
		let sum = 0;
		for (let at = begin; at < begin + columns; at++) {
			const value = data[at]!;
			if (!(value >= 0 && value <= 1))
				throw new RangeError(`${who}: expected ${name} from 0 to 1, got ${value} at place ${begin / columns}. ${softmaxFirst}`);
			sum += value;
		}
		if (inRows && Math.abs(sum - 1) > slack)
			throw new RangeError(`${who}: expected ${name} that sum to 1 in each row, got ${sum} at place ${begin / columns}. ${softmaxFirst}`);
	}
}

const softmaxFirst = 'Of logits take the softmax or the sigmoid first.';

/**
 * The place of each true label among the columns.
 *
 * @throws {RangeError} where the classes are not as many as columns.
 */
export function classPlaces(
	who: string,
	name: string,
	truth: ArrayLike<Label>,
	{ columns, labels }: { readonly columns: number; readonly labels?: readonly Label[] | undefined },
): Int32Array {
	const seen = labelsIn(who, { truth });
	const known = labels ?? (columns === 2 && seen.every((label) => label === 0 || label === 1) ? [0, 1] : seen);
	if (known.length !== columns) {
		const next = labels ? 'Pass all classes' : 'Pass labels: the classes of the columns in their order';
		throw new RangeError(
			`${who}: expected ${name} with a column for each of ${known.length} classes (${show(known)}), got ${columns}. ${next}.`,
		);
	}
	checkKnown(who, seen, known);
	return numbersOf(truth, known);
}
