// A fitted linear model: one weight for each column and output. Naive Bayes, logistic regression and linear SVM are all such models.
import { type SparseMatrix, timesDense } from '../sparse/index.js';
import { type Classifier, checkColumns, classifierOf, sigmoid, softmaxRows } from './classifier.js';

/** How the scores of a linear model become probabilities, if they do: a softmax, or a sigmoid for each class, scaled to the sum 1. */
export type Link = 'softmax' | 'sigmoid' | 'none';

/** What a linear model has learned. */
export interface LinearParts {
	readonly classes: readonly string[];
	readonly columns: number;
	/** Column by column, `[columns × outputs]`. One output says the second of two classes against the first. */
	readonly coefficients: Float64Array;
	/** One for each output. */
	readonly intercepts: Float64Array;
	readonly link: Link;
	/** Whether features count as there or not there. */
	readonly binary?: boolean;
	/** Whether scores are log-probabilities of a model of the features, whose size grows with the row: calibration then takes the probabilities. */
	readonly generative?: boolean;
}

/** A feature and what it says for a class. */
export interface TopFeature {
	readonly name: string;
	readonly weight: number;
}

/** A fitted linear classifier. */
export interface LinearClassifier extends Classifier, Omit<LinearParts, 'classes' | 'columns'> {
	/**
	 * For each class the `count` features that say most for it. Weights of a softmax say something only beside those of other classes, so what is
	 * compared and given there is the weight less the mean over the classes.
	 */
	topFeatures(names: readonly string[], count?: number): { readonly class: string; readonly features: TopFeature[] }[];
}

/** Makes a linear classifier of what was learned. */
export function linearClassifier(who: string, parts: LinearParts): LinearClassifier {
	const { classes, columns, coefficients, intercepts, link, binary = false, generative = false } = parts;
	const outputs = intercepts.length;
	const scores = (matrix: SparseMatrix): Float64Array => {
		const product = timesDense(binary ? asBinary(matrix) : matrix, coefficients, outputs);
		for (let at = 0; at < product.length; at++) product[at]! += intercepts[at % outputs]!;
		if (outputs > 1) return product;
		const both = new Float64Array(2 * matrix.rows);
		for (let row = 0; row < matrix.rows; row++) {
			both[2 * row] = -product[row]!;
			both[2 * row + 1] = product[row]!;
		}
		return both;
	};
	const probabilities = (matrix: SparseMatrix): Float64Array => {
		checkColumns(who, columns, matrix);
		const numbers = scores(matrix);
		return link === 'softmax' && outputs > 1 ? softmaxRows(numbers, outputs) : sigmoidRows(numbers, classes.length);
	};
	const state = { kind: 'linear', classes, columns, coefficients, intercepts, link, binary, generative };
	return {
		...classifierOf({ who, classes, columns, scores, state }),
		...{ coefficients, intercepts, link, binary, generative },
		...(link !== 'none' && { probabilities }),
		topFeatures: (names, count = 10) => topFeatures(who, parts, names, count),
	};
}

/** The matrix with 1 for each number. */
export function asBinary(matrix: SparseMatrix): SparseMatrix {
	return { ...matrix, values: matrix.values.map((value) => (value === 0 ? 0 : 1)) };
}

/** A sigmoid for each number, and each row scaled to the sum 1. */
function sigmoidRows(numbers: Float64Array, width: number): Float64Array {
	for (let from = 0; from < numbers.length; from += width) {
		let sum = 0;
		for (let at = from; at < from + width; at++) {
			numbers[at] = sigmoid(numbers[at]!);
			sum += numbers[at]!;
		}
		for (let at = from; at < from + width; at++) numbers[at] = sum === 0 ? 1 / width : numbers[at]! / sum;
	}
	return numbers;
}

function topFeatures(
	who: string,
	{ classes, columns, coefficients, intercepts, link }: LinearParts,
	names: readonly string[],
	count: number,
) {
	if (names.length !== columns) {
		throw new RangeError(
			`${who}: expected a name for each of the ${columns} columns, got ${names.length}. Take them from the stage that made the features.`,
		);
	}
	const outputs = intercepts.length;
	return classes.map((name, place) => {
		const weights = new Float64Array(columns);
		for (let column = 0; column < columns; column++) {
			const from = column * outputs;
			if (outputs === 1) weights[column] = place === 0 ? -coefficients[from]! : coefficients[from]!;
			else {
				let mean = 0;
				if (link === 'softmax') for (let at = from; at < from + outputs; at++) mean += coefficients[at]! / outputs;
				weights[column] = coefficients[from + place]! - mean;
			}
		}
		const order = Uint32Array.from({ length: columns }, (_, column) => column).sort((a, b) => weights[b]! - weights[a]! || a - b);
		return {
			class: name,
			features: Array.from(order.subarray(0, count), (column) => ({ name: names[column]!, weight: weights[column]! })),
		};
	});
}
