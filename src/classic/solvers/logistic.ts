// Logistic regression with an L2 penalty, two classes or more, as scikit-learn's `lbfgs` states it: the intercept has no penalty.
//
//   min ½‖W‖² + Σ Cᵢ (ln Σₖ exp zᵢₖ − zᵢ,yᵢ),   zᵢ = W xᵢ + b;   two classes: one output, ln(1 + exp z) − [y = 1] z
//
// A row's product, loss and share of the gradient are computed in one go, while its entries are in the processor's cache.
import { sigmoid, softplus } from '../classifier.js';
import type { Compact } from './compact.js';
import { type LbfgsResult, lbfgs, type Objective } from './lbfgs.js';
import { rowAdd, rowDot } from './row-dot.js';

/** A problem of classes. */
export interface LogisticProblem {
	readonly matrix: Compact;
	/** The class of each row, from 0. */
	readonly targets: Int32Array;
	/** 1 for two classes, else how many there are. */
	readonly outputs: number;
	/** C for each row. */
	readonly costs: Float64Array;
	readonly intercept: boolean;
	/** How far the objective may be from the least one, relative to it. */
	readonly tolerance: number;
	readonly maxIterations: number;
}

/** What was found: weights `[width × outputs]`, those of the rows' own parts `[rows × outputs]`, intercepts. */
export interface LogisticSolution extends LbfgsResult {
	readonly weights: Float64Array;
	readonly own: Float64Array;
	readonly intercepts: Float64Array;
}

/** Solves the problem, from weights 0 on. */
export function solveLogistic(problem: LogisticProblem): LogisticSolution {
	const { matrix, outputs, tolerance, maxIterations, intercept } = problem;
	const first = (matrix.width + matrix.rows) * outputs;
	const point = new Float64Array(first + (intercept ? outputs : 0));
	const diagonal = diagonalOf(problem, point.length);
	const done: Objective['done'] = (value, gradient) => {
		// The penalty makes the objective strongly convex: it is at most ½‖gradient‖² above the least one. The intercept has the curvature of the data alone, which
		// falls as rows become sure: a tenth of the first is assumed.
		let squares = 0;
		for (let i = 0; i < first; i++) squares += gradient[i]! * gradient[i]!;
		for (let i = first; i < gradient.length; i++) squares += (10 * gradient[i]! * gradient[i]!) / diagonal[i]!;
		return squares / 2 <= tolerance * value;
	};
	const evaluate = outputs === 1 ? twoClasses(problem) : manyClasses(problem);
	const result = lbfgs(point, { evaluate, done, diagonal }, { maxIterations });
	return {
		...result,
		weights: point.subarray(0, matrix.width * outputs),
		own: point.subarray(matrix.width * outputs, first),
		intercepts: intercept ? point.slice(first) : new Float64Array(outputs),
	};
}

/** The diagonal of the Hessian where all outputs are equal: 1 + p (1 − p) Σ Cᵢ xᵢⱼ². */
function diagonalOf({ matrix, outputs, costs, intercept }: LogisticProblem, size: number): Float64Array {
	const { rows, width, starts, indices, values, own } = matrix;
	const share = outputs === 1 ? 0.25 : (1 / outputs) * (1 - 1 / outputs);
	const squares = new Float64Array(width);
	const diagonal = new Float64Array(size);
	let total = 0;
	for (let row = 0; row < rows; row++) {
		const cost = costs[row]! * share;
		total += cost;
		for (let at = starts[row]!; at < starts[row + 1]!; at++) squares[indices[at]!]! += cost * values[at]! * values[at]!;
		diagonal.fill(1 + cost * own[row]! * own[row]!, (width + row) * outputs, (width + row + 1) * outputs);
	}
	for (let place = 0; place < width; place++) diagonal.fill(1 + squares[place]!, place * outputs, (place + 1) * outputs);
	if (intercept) diagonal.fill(total, (width + rows) * outputs);
	return diagonal;
}

function twoClasses({ matrix, targets, costs, intercept }: LogisticProblem): Objective['evaluate'] {
	const { rows, width, starts, own } = matrix;
	const first = width + rows;
	return (point, gradient) => {
		gradient.set(point);
		let loss = 0;
		let squares = 0;
		for (let i = 0; i < first; i++) squares += point[i]! * point[i]!;
		const bias = intercept ? point[first]! : 0;
		let sum = 0;
		for (let row = 0; row < rows; row++) {
			const [from, to] = [starts[row]!, starts[row + 1]!];
			const z = bias + own[row]! * point[width + row]! + rowDot(point, matrix, from, to);
			const target = targets[row]!;
			const cost = costs[row]!;
			loss += cost * softplus(target === 1 ? -z : z);
			const slope = cost * (sigmoid(z) - target);
			sum += slope;
			gradient[width + row]! += slope * own[row]!;
			rowAdd(gradient, matrix, from, to, slope);
		}
		if (intercept) gradient[first] = sum;
		return squares / 2 + loss;
	};
}

function manyClasses({ matrix, targets, costs, intercept, outputs }: LogisticProblem): Objective['evaluate'] {
	const { rows, width, starts, indices, values, own } = matrix;
	const first = (width + rows) * outputs;
	const z = new Float64Array(outputs);
	return (point, gradient) => {
		gradient.set(point);
		if (intercept) gradient.fill(0, first);
		let loss = 0;
		let squares = 0;
		for (let i = 0; i < first; i++) squares += point[i]! * point[i]!;
		for (let row = 0; row < rows; row++) {
			const [from, to] = [starts[row]!, starts[row + 1]!];
			const mine = (width + row) * outputs;
			for (let k = 0; k < outputs; k++) z[k] = (intercept ? point[first + k]! : 0) + own[row]! * point[mine + k]!;
			for (let at = from; at < to; at++) {
				const value = values[at]!;
				const base = indices[at]! * outputs;
				for (let k = 0; k < outputs; k++) z[k]! += value * point[base + k]!;
			}
			let most = Number.NEGATIVE_INFINITY;
			for (let k = 0; k < outputs; k++) if (z[k]! > most) most = z[k]!;
			const said = z[targets[row]!]!;
			let sum = 0;
			for (let k = 0; k < outputs; k++) {
				z[k] = Math.exp(z[k]! - most);
				sum += z[k]!;
			}
			const cost = costs[row]!;
			loss += cost * (most + Math.log(sum) - said);
			for (let k = 0; k < outputs; k++) {
				z[k] = cost * (z[k]! / sum - (k === targets[row]! ? 1 : 0));
				gradient[mine + k]! += z[k]! * own[row]!;
				if (intercept) gradient[first + k]! += z[k]!;
			}
			for (let at = from; at < to; at++) {
				const value = values[at]!;
				const base = indices[at]! * outputs;
				for (let k = 0; k < outputs; k++) gradient[base + k]! += value * z[k]!;
			}
		}
		return squares / 2 + loss;
	};
}
