// NB-SVM: a linear classifier over features weighed by how much more often a class has them (Wang & Manning 2012, "Baselines and bigrams").
import { is, type Kinds, optionsOf } from '../base/index.js';
import type { SparseMatrix } from '../sparse/index.js';
import type { Probabilistic } from './classifier.js';
import { asBinary, type LinearClassifier, linearClassifier } from './linear.js';
import { type FitReport, reportOf } from './linear-svm.js';
import { compact, expand } from './solvers/compact.js';
import { solveLogistic } from './solvers/logistic.js';
import { svmDual } from './solvers/svm-dual.js';
import { type ClassWeight, classWeightKind, classWeights, targetsOf } from './targets.js';

/** How NB-SVM is fitted. */
export interface NbSvmOptions {
	/** What an error costs beside the penalty. Default 1. */
	readonly c?: number;
	/** What is added to each count of a feature in a class. Default 1. */
	readonly alpha?: number;
	/** The share β of the fitted weights; the rest is their mean size, as naive Bayes would have it. Default 0.25. */
	readonly beta?: number;
	/** The classifier: `svm` (squared hinge; default) or `logistic`, which has probabilities. */
	readonly classifier?: 'svm' | 'logistic';
	/** Default all classes alike. */
	readonly classWeight?: ClassWeight;
	/** As in linear SVM and logistic regression. Default 1e-3. */
	readonly tolerance?: number;
	/** The most passes. Default 1000. */
	readonly maxIterations?: number;
	/** Of the order in which rows are visited. Default 0. */
	readonly seed?: number;
}

/** The kinds of these options. */
export const nbSvmKinds: Kinds<NbSvmOptions> = {
	c: is.positive,
	alpha: is.positive,
	beta: is.share,
	classifier: is.one('svm', 'logistic'),
	classWeight: classWeightKind,
	tolerance: is.positive,
	maxIterations: is.whole(1),
	seed: is.whole(),
};

/**
 * Fits NB-SVM over features that are there or not: x' = r ∘ 1[x ≠ 0] with the log-count ratio r = ln((p / ‖p‖₁) / (q / ‖q‖₁)), p and q = α + the rows of a
 * class and of the rest that have a feature; weights (1 − β) mean|w| + β w (section 2.3). More than two classes are as many problems.
 *
 * @throws {RangeError} for numbers that are not finite, labels of one class, or another count of labels than rows.
 */
export function fitNbSvm(
	matrix: SparseMatrix,
	labels: readonly string[],
	given: NbSvmOptions & { readonly classifier: 'logistic' },
): LinearClassifier & Probabilistic & FitReport;
export function fitNbSvm(matrix: SparseMatrix, labels: readonly string[], given?: NbSvmOptions): LinearClassifier & FitReport;
export function fitNbSvm(matrix: SparseMatrix, labels: readonly string[], given: NbSvmOptions = {}): LinearClassifier & FitReport {
	const who = 'fitNbSvm';
	const options = optionsOf(who, given, nbSvmKinds);
	const { c = 1, alpha = 1, beta = 0.25, classifier = 'svm' } = options;
	const { tolerance = 1e-3, maxIterations = 1000, seed = 0 } = options;
	const known = targetsOf(who, matrix, labels);
	const { classes, targets } = known;
	const perClass = classWeights(who, known, options.classWeight);
	const outputs = classes.length === 2 ? 1 : classes.length;
	const { columns } = matrix;
	const present = asBinary(matrix);
	const coefficients = new Float64Array(columns * outputs);
	const intercepts = new Float64Array(outputs);
	const solutions = Array.from({ length: outputs }, (_, output) => {
		const positive = outputs === 1 ? 1 : output;
		const ratios = logCountRatios(present, targets, { positive, alpha });
		const small = compact({ ...present, values: present.values.map((value, at) => value * ratios[present.indices[at]!]!) });
		const costs = Float64Array.from(targets, (target) => c * (outputs === 1 || target === positive ? perClass[target]! : 1));
		const run = { matrix: small, costs, tolerance, maxIterations };
		if (classifier === 'svm') {
			const signs = Float64Array.from(targets, (target) => (target === positive ? 1 : -1));
			const found = svmDual({ ...run, signs, squared: true, bias: 1, seed });
			expand(small, found, { coefficients, outputs, output });
			intercepts[output] = beta * found.intercept;
			interpolate(coefficients, { outputs, output, beta, ratios });
			return found;
		}
		const sides = targets.map((target) => (target === positive ? 1 : 0));
		const found = solveLogistic({ ...run, targets: sides, outputs: 1, intercept: true });
		expand(small, found, { coefficients, outputs, output });
		intercepts[output] = beta * found.intercepts[0]!;
		interpolate(coefficients, { outputs, output, beta, ratios });
		return { objective: found.value, iterations: found.iterations, gap: found.converged ? 0 : Number.POSITIVE_INFINITY };
	});
	const link = classifier === 'svm' ? 'none' : 'sigmoid';
	return {
		...linearClassifier('nbSvm', { classes, columns, coefficients, intercepts, link, binary: true }),
		...reportOf(solutions, tolerance),
	};
}

/** r for each column. */
function logCountRatios(
	{ columns, rows, starts, indices, values }: SparseMatrix,
	targets: Int32Array,
	{ positive, alpha }: { positive: number; alpha: number },
): Float64Array {
	const p = new Float64Array(columns).fill(alpha);
	const q = new Float64Array(columns).fill(alpha);
	for (let row = 0; row < rows; row++) {
		const counts = targets[row] === positive ? p : q;
		for (let at = starts[row]!; at < starts[row + 1]!; at++) counts[indices[at]!]! += values[at]!;
	}
	const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);
	const shift = Math.log(sum(q) / sum(p));
	return p.map((count, column) => Math.log(count / q[column]!) + shift);
}

/** Weights over features as they are: r ((1 − β) mean|w| + β w). */
function interpolate(
	coefficients: Float64Array,
	{ outputs, output, beta, ratios }: { outputs: number; output: number; beta: number; ratios: Float64Array },
): void {
	let size = 0;
	for (let at = output; at < coefficients.length; at += outputs) size += Math.abs(coefficients[at]!);
	const mean = size / ratios.length;
	for (let column = 0, at = output; column < ratios.length; column++, at += outputs) {
		coefficients[at] = ratios[column]! * ((1 - beta) * mean + beta * coefficients[at]!);
	}
}
