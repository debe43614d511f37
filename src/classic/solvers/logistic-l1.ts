// Logistic regression of two classes with an L1 penalty, liblinear's problem: coordinate descent with a Newton step in each column and a line search
// (Yuan, Chang, Hsieh, Lin 2010, "A comparison of optimization methods and software for large-scale L1-regularized linear classification", CDN).
//
//   min ‖w‖₁ + |b| + Σ Cᵢ ln(1 + exp(−yᵢ (w·xᵢ + b)))
//
// The intercept is a column of ones with a penalty, as in liblinear.
import { randomUint32 } from '../../base/index.js';
import { type SparseMatrix, transposed } from '../../sparse/index.js';
import { sigmoid, softplus } from '../classifier.js';

/** A problem of two classes. */
export interface L1Problem {
	readonly matrix: SparseMatrix;
	/** 1 or −1 for each row. */
	readonly signs: Float64Array;
	/** C for each row. */
	readonly costs: Float64Array;
	readonly intercept: boolean;
	/** The relative duality gap to reach. */
	readonly tolerance: number;
	readonly maxIterations: number;
	readonly seed: number;
}

/** What was found; most weights are 0. */
export interface L1Solution {
	readonly weights: Float64Array;
	readonly intercept: number;
	readonly objective: number;
	readonly gap: number;
	readonly iterations: number;
}

/** Solves the problem. The same seed gives the same numbers. */
export function logisticL1({ matrix, signs, costs, intercept, tolerance, maxIterations, seed }: L1Problem): L1Solution {
	const { rows, columns } = matrix;
	const turned = transposed(matrix);
	const width = columns + (intercept ? 1 : 0);
	const starts = Uint32Array.from({ length: width + 1 }, (_, j) => (j <= columns ? turned.starts[j]! : turned.indices.length + rows));
	const indices = new Int32Array(starts[width]!);
	const values = new Float64Array(starts[width]!);
	indices.set(turned.indices);
	values.set(turned.values);
	for (let row = 0; intercept && row < rows; row++) {
		indices[starts[columns]! + row] = row;
		values[starts[columns]! + row] = 1;
	}
	const weights = new Float64Array(width);
	/** yᵢ (w·xᵢ + b), and σ of its negative. */
	const margins = new Float64Array(rows);
	const doubts = new Float64Array(rows).fill(0.5);
	const order = Uint32Array.from({ length: width }, (_, j) => j);
	let active = width;
	let found = { objective: Number.POSITIVE_INFINITY, gap: Number.POSITIVE_INFINITY };
	let slack = Number.POSITIVE_INFINITY;
	let iterations = 0;
	let first = 0;
	while (iterations < maxIterations) {
		iterations++;
		for (let last = active - 1; last > 0; last--) {
			const other = Math.floor((randomUint32(seed, iterations, last) / 2 ** 32) * (last + 1));
			[order[last], order[other]] = [order[other]!, order[last]!];
		}
		let [violations, most] = [0, 0];
		for (let s = 0; s < active; s++) {
			const j = order[s]!;
			const [from, to] = [starts[j]!, starts[j + 1]!];
			let [gradient, curvature] = [0, 1e-12];
			for (let at = from; at < to; at++) {
				const row = indices[at]!;
				const doubt = doubts[row]!;
				const part = costs[row]! * values[at]! * doubt;
				gradient -= part * signs[row]!;
				curvature += part * values[at]! * (1 - doubt);
			}
			const weight = weights[j]!;
			let violation = 0;
			if (weight > 0) violation = Math.abs(gradient + 1);
			else if (weight < 0) violation = Math.abs(gradient - 1);
			else if (Math.abs(gradient) > 1) violation = Math.abs(gradient) - 1;
			else if (Math.abs(gradient) < 1 - slack) {
				order[s--] = order[--active]!;
				order[active] = j;
				continue;
			}
			violations += violation;
			if (violation > most) most = violation;
			let step = -weight;
			if (gradient + 1 <= curvature * weight) step = -(gradient + 1) / curvature;
			else if (gradient - 1 >= curvature * weight) step = -(gradient - 1) / curvature;
			if (Math.abs(step) < 1e-12) continue;
			const promised = gradient * step + Math.abs(weight + step) - Math.abs(weight);
			let length = 1;
			for (let tries = 0; tries < 20; tries++, length /= 2) {
				let change = Math.abs(weight + length * step) - Math.abs(weight) - 0.01 * length * promised;
				for (let at = from; at < to; at++) {
					const row = indices[at]!;
					const margin = margins[row]!;
					change += costs[row]! * (softplus(-margin - length * step * values[at]! * signs[row]!) - softplus(-margin));
				}
				if (change <= 1e-14) break;
			}
			weights[j] = weight + length * step;
			for (let at = from; at < to; at++) {
				const row = indices[at]!;
				margins[row]! += length * step * values[at]! * signs[row]!;
				doubts[row] = sigmoid(-margins[row]!);
			}
		}
		if (iterations === 1) first = violations;
		slack = most / rows;
		if (violations > 10 * tolerance * first && active > 0 && active < width && iterations < maxIterations) continue;
		found = gapOf({ rows, width, starts, indices, values }, { signs, costs, weights, margins, doubts });
		if (found.gap <= tolerance * found.objective) break;
		if (violations <= 10 * tolerance * first || active === 0) {
			active = width;
			slack = Number.POSITIVE_INFINITY;
		}
	}
	return { weights: weights.slice(0, columns), intercept: intercept ? weights[columns]! : 0, ...found, iterations };
}

/**
 * The dual is the largest Σ Cᵢ H(θᵢ) for θ in [0, 1] with |Σ Cᵢ θᵢ yᵢ xᵢⱼ| ≤ 1 for each column, H(θ) = −θ ln θ − (1 − θ) ln(1 − θ): the doubts,
 * scaled until they fit.
 */
function gapOf(
	{ width, starts, indices, values }: { rows: number; width: number; starts: Uint32Array; indices: Int32Array; values: Float64Array },
	{ signs, costs, weights, margins, doubts }: Record<'signs' | 'costs' | 'weights' | 'margins' | 'doubts', Float64Array>,
): { objective: number; gap: number } {
	let [objective, largest] = [0, 1];
	for (let j = 0; j < width; j++) {
		objective += Math.abs(weights[j]!);
		let sum = 0;
		for (let at = starts[j]!; at < starts[j + 1]!; at++)
			sum += costs[indices[at]!]! * doubts[indices[at]!]! * signs[indices[at]!]! * values[at]!;
		largest = Math.max(largest, Math.abs(sum));
	}
	let dual = 0;
	const part = (share: number) => (share > 0 ? -share * Math.log(share) : 0);
	for (let row = 0; row < margins.length; row++) {
		objective += costs[row]! * softplus(-margins[row]!);
		const theta = doubts[row]! / largest;
		dual += costs[row]! * (part(theta) + part(1 - theta));
	}
	return { objective, gap: objective - dual };
}
