// Linear SVM of two classes by coordinate descent in the dual (Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear SVM", liblinear's
// solver), with shrinking.
//
//   min ½(‖w‖² + b²) + Σ Cᵢ ξᵢᵖ,   ξᵢ = max(0, 1 − yᵢ (w·xᵢ + b)),   p = 1 (hinge) or 2 (squared hinge)
//
// liblinear ends when no gradient is far from 0. Here the end is the duality gap, which bounds how far the objective is from the least one: a look at
// it is half a pass, and it is small long before all gradients are.
import { permutation, randomUint32 } from '../../base/index.js';
import type { Compact } from './compact.js';
import { rowAdd, rowDot } from './row-dot.js';

/** A problem of two classes. */
export interface SvmProblem {
	readonly matrix: Compact;
	/** 1 or −1 for each row. */
	readonly signs: Float64Array;
	/** C for each row. */
	readonly costs: Float64Array;
	readonly squared: boolean;
	/** The value of the column that stands for the intercept; 0 for none. */
	readonly bias: number;
	/** The relative duality gap to reach. */
	readonly tolerance: number;
	readonly maxIterations: number;
	readonly seed: number;
}

/** What was found. */
export interface SvmSolution {
	readonly weights: Float64Array;
	/** For each row the weight of its own part, per unit of length. */
	readonly own: Float64Array;
	readonly intercept: number;
	readonly objective: number;
	/** objective − that of the dual. */
	readonly gap: number;
	/** Passes over the rows. */
	readonly iterations: number;
}

/** Solves the problem. The same seed gives the same numbers. */
export function svmDual(problem: SvmProblem): SvmSolution {
	const { matrix, signs, costs, squared, bias, tolerance, maxIterations, seed } = problem;
	const { rows, width, starts, own } = matrix;
	const weights = new Float64Array(width);
	let weight = 0; // of the intercept's column
	const alphas = new Float64Array(rows);
	/** What the diagonal of the dual's matrix has beside products of rows: 1 / 2C of the squared hinge, and the row's own part. */
	const diagonal = own.map((length, row) => length * length + (squared ? 0.5 / costs[row]! : 0));
	const curvature = new Float64Array(rows);
	for (let row = 0; row < rows; row++) {
		let squares = diagonal[row]! + bias * bias;
		for (let at = starts[row]!; at < starts[row + 1]!; at++) squares += matrix.values[at]! * matrix.values[at]!;
		curvature[row] = squares;
	}
	/** What each row loses, as last seen. */
	const losses = Float64Array.from(costs);
	const order = permutation(rows, seed);
	let active = rows;
	let [highest, lowest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	/** How far apart gradients may be of rows that have settled among themselves: then all rows come back. */
	let range = 0.1;
	let solution = { objective: Number.POSITIVE_INFINITY, gap: Number.POSITIVE_INFINITY };
	let iterations = 0;
	while (iterations < maxIterations) {
		iterations++;
		shuffle(order, active, seed, iterations);
		let [most, least] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
		for (let s = 0; s < active; s++) {
			const row = order[s]!;
			const [from, to] = [starts[row]!, starts[row + 1]!];
			const sign = signs[row]!;
			const alpha = alphas[row]!;
			const upper = squared ? Number.POSITIVE_INFINITY : costs[row]!;
			const product = weight * bias + rowDot(weights, matrix, from, to);
			const gradient = sign * product - 1 + diagonal[row]! * alpha;
			const slack = 1 - sign * product - own[row]! * own[row]! * alpha;
			losses[row] = slack > 0 ? costs[row]! * (squared ? slack * slack : slack) : 0;
			let projected = gradient;
			if (alpha === 0) {
				if (gradient > highest) {
					order[s--] = order[--active]!;
					order[active] = row;
					continue;
				}
				if (gradient > 0) projected = 0;
			} else if (alpha === upper) {
				if (gradient < lowest) {
					order[s--] = order[--active]!;
					order[active] = row;
					continue;
				}
				if (gradient < 0) projected = 0;
			}
			if (projected > most) most = projected;
			if (projected < least) least = projected;
			if (projected > 1e-12 || projected < -1e-12) {
				const next = Math.min(Math.max(alpha - gradient / curvature[row]!, 0), upper);
				alphas[row] = next;
				const step = (next - alpha) * sign;
				if (step === 0) continue;
				weight += step * bias;
				rowAdd(weights, matrix, from, to, step);
			}
		}
		// Rows at a bound that press against it more than any other presses are left out until the end.
		highest = most > 0 ? most : Number.POSITIVE_INFINITY;
		lowest = least < 0 ? least : Number.NEGATIVE_INFINITY;
		// What the pass saw of the losses is mostly too much, since they fall as it goes on: about ten times the gap near the end.
		const seen = gapOf(problem, { weights, weight, alphas, losses });
		const settled = active === 0 || most - least <= range;
		if (seen.gap > 4 * tolerance * seen.objective && !settled && iterations < maxIterations) continue;
		if (settled) range /= 10;
		measure(problem, { weights, weight, alphas, losses });
		solution = gapOf(problem, { weights, weight, alphas, losses });
		if (solution.gap <= tolerance * solution.objective) break;
		active = rows;
		[highest, lowest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	}
	const ownWeights = alphas.map((alpha, row) => alpha * signs[row]! * own[row]!);
	return { weights, own: ownWeights, intercept: weight * bias, ...solution, iterations };
}

interface Reached {
	readonly weights: Float64Array;
	readonly weight: number;
	readonly alphas: Float64Array;
	readonly losses: Float64Array;
}

/** The loss of each row at these weights. */
function measure({ matrix, signs, costs, squared, bias }: SvmProblem, { weights, weight, alphas, losses }: Reached): void {
	const { rows, starts, own } = matrix;
	for (let row = 0; row < rows; row++) {
		const product = weight * bias + rowDot(weights, matrix, starts[row]!, starts[row + 1]!);
		const slack = 1 - signs[row]! * product - own[row]! * own[row]! * alphas[row]!;
		losses[row] = slack > 0 ? costs[row]! * (squared ? slack * slack : slack) : 0;
	}
}

/** Primal: ½‖w‖² + Σ losses. Dual: Σ α − ½‖w‖² − Σ α² / 4C (squared hinge). */
function gapOf(
	{ matrix: { own }, costs, squared }: SvmProblem,
	{ weights, weight, alphas, losses }: Reached,
): { objective: number; gap: number } {
	let squares = weight * weight;
	for (let at = 0; at < weights.length; at++) squares += weights[at]! * weights[at]!;
	let [sum, loss] = [0, 0];
	for (let row = 0; row < alphas.length; row++) {
		const alpha = alphas[row]!;
		loss += losses[row]!;
		squares += alpha * alpha * own[row]! * own[row]!;
		sum += squared ? alpha - (alpha * alpha) / (4 * costs[row]!) : alpha;
	}
	return { objective: squares / 2 + loss, gap: squares + loss - sum };
}

/** The first `count` in random order: Fisher–Yates. */
function shuffle(order: Uint32Array, count: number, seed: number, stream: number): void {
	for (let last = count - 1; last > 0; last--) {
		const other = Math.floor((randomUint32(seed, stream, last) / 2 ** 32) * (last + 1));
		const held = order[last]!;
		order[last] = order[other]!;
		order[other] = held;
	}
}
