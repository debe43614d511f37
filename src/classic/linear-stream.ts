// Linear classifiers that learn chunk by chunk: averaged stochastic gradient descent, in memory of two numbers for each column and class.
import { byCodePoint, is, type Kinds, optionsOf } from '../base/index.js';
import type { SparseMatrix } from '../sparse/index.js';
import { checkColumns, sigmoid } from './classifier.js';
import { type LinearClassifier, linearClassifier } from './linear.js';
import { checkCount, placesOf } from './targets.js';

/** How a stream of rows is learned. */
export interface LinearStreamOptions {
	/** All classes that there will be. */
	readonly classes: readonly string[];
	/** `hinge` (linear SVM; default) or `log` (logistic regression, with probabilities). */
	readonly loss?: 'hinge' | 'log';
	/** The penalty: α/2 ‖w‖² beside the mean loss; C of a batch fit is 1 / (α rows). Default 1e-4. */
	readonly alpha?: number;
}

const kinds: Kinds<LinearStreamOptions> = {
	classes: is.needed({
		expected: 'an array of at least two texts that differ',
		fits: (value) => is.texts.fits(value) && new Set(value as string[]).size > 1,
	}),
	loss: is.one('hinge', 'log'),
	alpha: is.positive,
};

/** A classifier that goes on learning. */
export interface LinearStream {
	/** Learns from rows, one step a row, in their order: shuffle what is sorted by class. */
	partialFit(matrix: SparseMatrix, labels: readonly string[]): void;
	/** The classifier of what was learned so far. */
	model(): LinearClassifier;
}

/** The weights of one output: w = scale · current; their sum over steps, step t counting t times, is lag + shares · current. */
interface Output {
	readonly current: Float64Array;
	readonly lag: Float64Array;
	scale: number;
	shares: number;
	intercept: number;
	intercepts: number;
}

/**
 * Learns a linear classifier from a stream: SGD with the step 1 / (α (t₀ + t)) (Bottou 2010), averaged over the steps with weights that grow with them
 * (Polyak & Juditsky 1992; sparse as in Xu 2011). More than two classes are each against the rest.
 *
 * @example
 * const stream = linearStream({ classes: ['neg', 'pos'] });
 * for await (const { matrix, labels } of chunks) stream.partialFit(matrix, labels);
 * stream.model().predict(test);
 */
export function linearStream(given: LinearStreamOptions): LinearStream {
	const who = 'linearStream';
	const { classes: names, loss = 'hinge', alpha = 1e-4 } = optionsOf(who, given, kinds);
	const classes = [...new Set(names)].sort(byCodePoint);
	const width = classes.length === 2 ? 1 : classes.length;
	const outputs: Output[] = [];
	const typical = Math.sqrt(1 / Math.sqrt(alpha));
	const first = Math.max(1, loss === 'log' ? sigmoid(typical) : 1) / (typical * alpha);
	let columns = -1;
	let step = 0;

	const learn = (output: Output, matrix: SparseMatrix, { row, sign, rate }: { row: number; sign: number; rate: number }) => {
		const { starts, indices, values } = matrix;
		const [from, to] = [starts[row]!, starts[row + 1]!];
		const { current, lag } = output;
		let product = 0;
		for (let at = from; at < to; at++) product += current[indices[at]!]! * values[at]!;
		const margin = sign * (output.scale * product + output.intercept);
		output.scale *= 1 - rate * alpha;
		const slope = loss === 'log' ? sigmoid(-margin) : margin < 1 ? 1 : 0;
		if (slope > 0) {
			const change = (rate * slope * sign) / output.scale;
			const late = change * output.shares;
			for (let at = from; at < to; at++) {
				current[indices[at]!]! += change * values[at]!;
				lag[indices[at]!]! -= late * values[at]!;
			}
			// Smaller steps, as Bottou's sgd has for sparse rows: an intercept moves at each step, a column at few.
			output.intercept += 0.01 * rate * slope * sign;
		}
		output.shares += step * output.scale;
		output.intercepts += step * output.intercept;
		if (output.scale > 1e-9) return;
		for (let i = 0; i < current.length; i++) current[i]! *= output.scale;
		output.shares /= output.scale;
		output.scale = 1;
	};

	return {
		partialFit(matrix, labels) {
			checkColumns(who, columns < 0 ? matrix.columns : columns, matrix);
			checkCount(who, matrix, labels);
			const targets = placesOf(who, classes, labels);
			if (columns < 0) {
				columns = matrix.columns;
				for (let k = 0; k < width; k++) {
					const numbers = { current: new Float64Array(columns), lag: new Float64Array(columns) };
					outputs.push({ ...numbers, scale: 1, shares: 0, intercept: 0, intercepts: 0 });
				}
			}
			for (let row = 0; row < matrix.rows; row++) {
				step++;
				const rate = 1 / (alpha * (first + step));
				for (const [k, output] of outputs.entries()) {
					learn(output, matrix, { row, rate, sign: targets[row] === (width === 1 ? 1 : k) ? 1 : -1 });
				}
			}
		},
		model() {
			if (step === 0) throw new RangeError(`${who}: expected rows to have learned from, got none. Call partialFit before.`);
			const total = (step * (step + 1)) / 2;
			const coefficients = new Float64Array(columns * width);
			for (const [k, { current, lag, shares }] of outputs.entries()) {
				for (let column = 0; column < columns; column++) {
					coefficients[column * width + k] = (lag[column]! + shares * current[column]!) / total;
				}
			}
			const intercepts = Float64Array.from(outputs, (output) => output.intercepts / total);
			return linearClassifier(who, { classes, columns, coefficients, intercepts, link: loss === 'log' ? 'sigmoid' : 'none' });
		},
	};
}
