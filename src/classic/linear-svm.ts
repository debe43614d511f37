// Linear support vector machines: one class against the rest, as scikit-learn's LinearSVC has them.
import { is, type Kinds, optionsOf } from '../base/index.js';
import type { SparseMatrix } from '../sparse/index.js';
import { type LinearClassifier, linearClassifier } from './linear.js';
import { compact, expand } from './solvers/compact.js';
import { type SvmSolution, svmDual } from './solvers/svm-dual.js';
import { type ClassWeight, classWeightKind, classWeights, targetsOf } from './targets.js';

/** How a linear SVM is fitted; names and defaults are those of scikit-learn's LinearSVC, but for `tolerance`. */
export interface LinearSvmOptions {
	/** What an error costs beside the penalty ½‖w‖². Default 1. */
	readonly c?: number;
	/** `squaredHinge` (default) or `hinge`. */
	readonly loss?: 'squaredHinge' | 'hinge';
	/** Default all classes alike. */
	readonly classWeight?: ClassWeight;
	/** Default true. */
	readonly fitIntercept?: boolean;
	/** The value of the column that stands for the intercept, which the penalty counts too. Default 1. */
	readonly interceptScaling?: number;
	/** The fit ends when the objective is no further than this share above the least one (duality gap). Default 1e-3. */
	readonly tolerance?: number;
	/** The most passes over the rows. Default 1000. */
	readonly maxIterations?: number;
	/** Of the order in which rows are visited. Default 0. */
	readonly seed?: number;
}

/** The kinds of these options. */
export const svmKinds: Kinds<LinearSvmOptions> = {
	c: is.positive,
	loss: is.one('squaredHinge', 'hinge'),
	classWeight: classWeightKind,
	fitIntercept: is.flag,
	interceptScaling: is.positive,
	tolerance: is.positive,
	maxIterations: is.whole(1),
	seed: is.whole(),
};

/** How a fit went. */
export interface FitReport {
	/** The value of the objective; of one class against the rest the sum over the classes. */
	readonly objective: number;
	/** Passes or steps that it took; of several problems the most. */
	readonly iterations: number;
	/** Whether the tolerance was reached within the largest number of iterations. */
	readonly converged: boolean;
}

/**
 * Fits a linear SVM: min ½(‖w‖² + b²) + C Σ max(0, 1 − y (w·x + b))², or without the square. More than two classes are as many problems, each class against
 * the rest. Rows that may be separated well have a length near 1, such as TF-IDF with `norm: 'l2'`.
 *
 * @throws {RangeError} for numbers that are not finite, labels of one class, or another count of labels than rows.
 *
 * @example
 * const model = fitLinearSvm(matrix, labels, { c: 1 });
 * model.score(test, testLabels);
 */
export function fitLinearSvm(matrix: SparseMatrix, labels: readonly string[], given: LinearSvmOptions = {}): LinearClassifier & FitReport {
	const who = 'fitLinearSvm';
	const options = optionsOf(who, given, svmKinds);
	const { c = 1, loss = 'squaredHinge', fitIntercept = true, interceptScaling = 1 } = options;
	const { tolerance = 1e-3, maxIterations = 1000, seed = 0 } = options;
	const known = targetsOf(who, matrix, labels);
	const { classes, targets } = known;
	const perClass = classWeights(who, known, options.classWeight);
	const costs = Float64Array.from(targets, (target) => c * perClass[target]!);
	const outputs = classes.length === 2 ? 1 : classes.length;
	const small = compact(matrix);
	const coefficients = new Float64Array(matrix.columns * outputs);
	const intercepts = new Float64Array(outputs);
	const solutions: SvmSolution[] = [];
	for (let output = 0; output < outputs; output++) {
		const positive = outputs === 1 ? 1 : output;
		const signs = Float64Array.from(targets, (target) => (target === positive ? 1 : -1));
		// liblinear weighs a class, and the rest with 1.
		const own = outputs === 1 ? costs : costs.map((cost, row) => (targets[row] === positive ? cost : c));
		const bias = fitIntercept ? interceptScaling : 0;
		const squared = loss === 'squaredHinge';
		const found = svmDual({ ...{ matrix: small, signs, costs: own, squared, bias }, ...{ tolerance, maxIterations, seed } });
		expand(small, found, { coefficients, outputs, output });
		intercepts[output] = found.intercept;
		solutions.push(found);
	}
	return {
		...linearClassifier('linearSvm', { classes, columns: matrix.columns, coefficients, intercepts, link: 'none' }),
		...reportOf(solutions, tolerance),
	};
}

/** The report of several problems. */
export function reportOf(solutions: readonly Pick<SvmSolution, 'objective' | 'gap' | 'iterations'>[], tolerance: number): FitReport {
	return {
		objective: solutions.reduce((sum, { objective }) => sum + objective, 0),
		iterations: solutions.reduce((most, { iterations }) => Math.max(most, iterations), 0),
		converged: solutions.every(({ objective, gap }) => gap <= tolerance * objective),
	};
}
