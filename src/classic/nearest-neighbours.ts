// k nearest neighbours: the class that most of the nearest rows have (Cover & Hart 1967).
import { is, type Kinds, optionsOf } from '../base/index.js';
import { norm, rowIndex, rowOf, type SparseMatrix, type SparseVector, transposed } from '../sparse/index.js';
import { checkColumns, classifierOf, type Probabilistic } from './classifier.js';
import { targetsOf } from './targets.js';

/** How neighbours are found and counted; names and defaults are those of scikit-learn's KNeighborsClassifier, but for `metric`. */
export interface NearestNeighboursOptions {
	/** Neighbours that are asked. Default 5. */
	readonly neighbours?: number;
	/** `cosine` (default): 1 − the cosine; `euclidean`: the length of the difference. */
	readonly metric?: 'cosine' | 'euclidean';
	/** `uniform` (default): each counts 1; `distance`: 1 / distance, and where some have the distance 0, these alone. */
	readonly weights?: 'uniform' | 'distance';
}

/** The kinds of these options. */
export const neighbourKinds: Kinds<NearestNeighboursOptions> = {
	neighbours: is.whole(1),
	metric: is.one('cosine', 'euclidean'),
	weights: is.one('uniform', 'distance'),
};

/** What a model of neighbours keeps: all rows. */
export interface NeighbourParts {
	readonly classes: readonly string[];
	readonly targets: Int32Array;
	readonly matrix: SparseMatrix;
	readonly options: Required<NearestNeighboursOptions>;
}

/**
 * Keeps rows and their classes. `scores` and `probabilities` are the shares of the neighbours' weights; of rows at one distance the earlier come first.
 *
 * @throws {RangeError} for numbers that are not finite, labels of one class, or more neighbours than rows.
 */
export function fitNearestNeighbours(matrix: SparseMatrix, labels: readonly string[], given: NearestNeighboursOptions = {}): Probabilistic {
	const { neighbours = 5, metric = 'cosine', weights = 'uniform' } = optionsOf('fitNearestNeighbours', given, neighbourKinds);
	const known = targetsOf('fitNearestNeighbours', matrix, labels);
	if (neighbours > matrix.rows) {
		throw new RangeError(
			`fitNearestNeighbours: expected at most ${matrix.rows} neighbours, the rows, got ${neighbours}. Ask fewer, or fit on more rows.`,
		);
	}
	return neighbourClassifier({ ...known, matrix, options: { neighbours, metric, weights } });
}

/** The classifier of what was kept. */
export function neighbourClassifier({ classes, targets, matrix, options }: NeighbourParts): Probabilistic {
	const { neighbours, metric, weights } = options;
	const distances = metric === 'cosine' ? cosineDistances(matrix) : euclideanDistances(matrix);
	const scores = (rows: SparseMatrix): Float64Array => {
		const shares = new Float64Array(rows.rows * classes.length);
		for (let row = 0; row < rows.rows; row++) {
			const far = distances(rowOf(rows, row));
			const nearest = smallest(far, neighbours);
			const exact = weights === 'distance' && nearest.some((place) => far[place] === 0);
			let sum = 0;
			for (const place of nearest) {
				const weight = exact ? (far[place] === 0 ? 1 : 0) : weights === 'distance' ? 1 / far[place]! : 1;
				sum += weight;
				shares[row * classes.length + targets[place]!]! += weight;
			}
			for (let k = 0; k < classes.length; k++) shares[row * classes.length + k]! /= sum;
		}
		return shares;
	};
	const { rows, columns, starts, indices, values } = matrix;
	const state = { kind: 'neighbours', classes, columns, targets, rows, starts, indices, values, ...options };
	const probabilities = (rows: SparseMatrix) => {
		checkColumns('nearestNeighbours', columns, rows);
		return scores(rows);
	};
	return { ...classifierOf({ who: 'nearestNeighbours', classes, columns, scores, state }), probabilities };
}

function cosineDistances(matrix: SparseMatrix): (row: SparseVector) => Float64Array {
	const index = rowIndex(matrix);
	return (row) => {
		const far = index.similarities(row);
		// Rounding alone keeps rows of one direction apart.
		for (let i = 0; i < far.length; i++) far[i] = far[i]! > 1 - 1e-15 ? 0 : 1 - far[i]!;
		return far;
	};
}

/** √(‖a‖² + ‖b‖² − 2 a·b), and where that loses most digits, the sum of squares of the differences. */
function euclideanDistances(matrix: SparseMatrix): (row: SparseVector) => Float64Array {
	const { starts, indices, values } = transposed(matrix);
	const squares = Float64Array.from({ length: matrix.rows }, (_, row) => norm(rowOf(matrix, row)) ** 2);
	return (row) => {
		const far = new Float64Array(matrix.rows);
		for (let i = 0; i < row.indices.length; i++) {
			const column = row.indices[i]!;
			const value = row.values[i]!;
			for (let at = starts[column]!; at < starts[column + 1]!; at++) far[indices[at]!]! -= 2 * value * values[at]!;
		}
		const own = norm(row) ** 2;
		for (let i = 0; i < far.length; i++) {
			const square = own + squares[i]! + far[i]!;
			far[i] = Math.sqrt(square < 1e-6 * (own + squares[i]!) ? squaredDifference(row, rowOf(matrix, i)) : square);
		}
		return far;
	};
}

function squaredDifference(a: SparseVector, b: SparseVector): number {
	let sum = 0;
	for (let i = 0, j = 0; i < a.indices.length || j < b.indices.length; ) {
		const left = a.indices[i] ?? Number.POSITIVE_INFINITY;
		const right = b.indices[j] ?? Number.POSITIVE_INFINITY;
		const difference = (left <= right ? a.values[i++]! : 0) - (right <= left ? b.values[j++]! : 0);
		sum += difference * difference;
	}
	return sum;
}

/** The places of the `count` smallest numbers, equal ones by place: insertion into a short list. */
function smallest(numbers: Float64Array, count: number): number[] {
	const places: number[] = [];
	for (let i = 0; i < numbers.length; i++) {
		if (places.length === count && numbers[i]! >= numbers[places[count - 1]!]!) continue;
		if (places.length === count) places.pop();
		let at = places.length;
		while (at > 0 && numbers[places[at - 1]!]! > numbers[i]!) at--;
		places.splice(at, 0, i);
	}
	return places;
}
