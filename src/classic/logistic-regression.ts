// Logistic regression with an L2 or an L1 penalty.
import { is, type Kinds, optionsOf } from '../base/index.js';
import type { SparseMatrix } from '../sparse/index.js';
import type { Probabilistic } from './classifier.js';
import { type LinearClassifier, linearClassifier } from './linear.js';
import { type FitReport, reportOf } from './linear-svm.js';
import { compact, expand } from './solvers/compact.js';
import { solveLogistic } from './solvers/logistic.js';
import { logisticL1 } from './solvers/logistic-l1.js';
import { type ClassWeight, classWeightKind, classWeights, type Targets, targetsOf } from './targets.js';

/** How logistic regression is fitted; names and defaults are those of scikit-learn's LogisticRegression, but for `tolerance`. */
export interface LogisticRegressionOptions {
	/** What a loss costs beside the penalty. Default 1. */
	readonly c?: number;
	/** `l2` (default): ½‖w‖², of more than two classes one model (multinomial). `l1`: ‖w‖₁, most weights are 0, each class against the rest. */
	readonly penalty?: 'l2' | 'l1';
	/** Default all classes alike. */
	readonly classWeight?: ClassWeight;
	/** Default true. With `l1` the penalty counts the intercept, as liblinear's does. */
	readonly fitIntercept?: boolean;
	/** The fit ends when the objective is no further than this share above the least one. Default 1e-3. */
	readonly tolerance?: number;
	/** The most steps, or with `l1` passes over the columns. Default 1000. */
	readonly maxIterations?: number;
	/** Of the order in which columns are visited with `l1`. Default 0. */
	readonly seed?: number;
}

/** The kinds of these options. */
export const logisticKinds: Kinds<LogisticRegressionOptions> = {
	c: is.positive,
	penalty: is.one('l2', 'l1'),
	classWeight: classWeightKind,
	fitIntercept: is.flag,
	tolerance: is.positive,
	maxIterations: is.whole(1),
	seed: is.whole(),
};

/**
 * Fits logistic regression: min penalty(w) + C Σ ln(1 + exp(−y (w·x + b))), or the cross-entropy of a softmax over more than two classes.
 *
 * @throws {RangeError} for numbers that are not finite, labels of one class, or another count of labels than rows.
 *
 * @example
 * const model = fitLogisticRegression(matrix, labels, { classWeight: 'balanced' });
 * model.probabilities(test);
 */
export function fitLogisticRegression(
	matrix: SparseMatrix,
	labels: readonly string[],
	given: LogisticRegressionOptions = {},
): LinearClassifier & Probabilistic & FitReport {
	const who = 'fitLogisticRegression';
	const options = optionsOf(who, given, logisticKinds);
	const known = targetsOf(who, matrix, labels);
	const { c = 1, penalty = 'l2' } = options;
	const perClass = classWeights(who, known, options.classWeight);
	const costs = Float64Array.from(known.targets, (target) => c * perClass[target]!);
	return (penalty === 'l2' ? withL2 : withL1)(matrix, known, { ...options, costs });
}

type Given = LogisticRegressionOptions & { readonly costs: Float64Array };

function withL2(matrix: SparseMatrix, { classes, targets }: Targets, { costs, ...options }: Given) {
	const { fitIntercept: intercept = true, tolerance = 1e-3, maxIterations = 1000 } = options;
	const outputs = classes.length === 2 ? 1 : classes.length;
	const small = compact(matrix);
	const found = solveLogistic({ ...{ matrix: small, targets, outputs, costs }, ...{ intercept, tolerance, maxIterations } });
	const coefficients = new Float64Array(matrix.columns * outputs);
	for (let output = 0; output < outputs; output++) {
		const every = (numbers: Float64Array) => (outputs === 1 ? numbers : numbers.filter((_, at) => at % outputs === output));
		expand(small, { weights: every(found.weights), own: every(found.own) }, { coefficients, outputs, output });
	}
	const parts = { classes, columns: matrix.columns, coefficients, intercepts: found.intercepts };
	const { value: objective, iterations, converged } = found;
	return {
		...probabilistic(linearClassifier('logisticRegression', { ...parts, link: 'softmax' })),
		...{ objective, iterations, converged },
	};
}

function withL1(matrix: SparseMatrix, { classes, targets }: Targets, { costs, ...options }: Given) {
	const { c = 1, fitIntercept: intercept = true, tolerance = 1e-3, maxIterations = 1000, seed = 0 } = options;
	const outputs = classes.length === 2 ? 1 : classes.length;
	const coefficients = new Float64Array(matrix.columns * outputs);
	const intercepts = new Float64Array(outputs);
	const solutions = Array.from({ length: outputs }, (_, output) => {
		const positive = outputs === 1 ? 1 : output;
		const signs = Float64Array.from(targets, (target) => (target === positive ? 1 : -1));
		const own = outputs === 1 ? costs : costs.map((cost, row) => (targets[row] === positive ? cost : c));
		const found = logisticL1({ ...{ matrix, signs, costs: own, intercept }, ...{ tolerance, maxIterations, seed } });
		for (let column = 0; column < matrix.columns; column++) coefficients[column * outputs + output] = found.weights[column]!;
		intercepts[output] = found.intercept;
		return found;
	});
	const parts = { classes, columns: matrix.columns, coefficients, intercepts };
	return { ...probabilistic(linearClassifier('logisticRegression', { ...parts, link: 'sigmoid' })), ...reportOf(solutions, tolerance) };
}

/** A model whose link gives probabilities. */
export const probabilistic = (model: LinearClassifier): LinearClassifier & Probabilistic => model as LinearClassifier & Probabilistic;
