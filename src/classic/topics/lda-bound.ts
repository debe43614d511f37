// The variational bound of latent Dirichlet allocation on ln p(documents) (Hoffman, Blei & Bach 2010, equation 4).
import type { SparseMatrix } from '../../sparse/index.js';
import { digamma, logGamma } from './gamma-functions.js';

/** What the bound is made of. */
export interface BoundParts {
	/** λ, one topic after the other: `[topics × columns]`. */
	readonly lambda: Float64Array;
	/** γ of the documents, `[rows × topics]`. */
	readonly gamma: Float64Array;
	readonly topics: number;
	readonly alpha: number;
	readonly eta: number;
}

/** E[ln p(w | θ, β)] + E[ln p(θ) − ln q(θ)] + E[ln p(β) − ln q(β)], the last for all of β whatever the documents. */
export function variationalBound(matrix: SparseMatrix, { lambda, gamma, topics, alpha, eta }: BoundParts): number {
	const { rows, columns, starts, indices, values } = matrix;
	const theta = logExpectation(gamma, topics);
	const beta = logExpectation(lambda, columns);
	let score = dirichlet(gamma, theta, topics, alpha) + dirichlet(lambda, beta, columns, eta);
	const terms = new Float64Array(topics);
	for (let row = 0; row < rows; row++) {
		for (let at = starts[row]!; at < starts[row + 1]!; at++) {
			let largest = Number.NEGATIVE_INFINITY;
			for (let k = 0; k < topics; k++) {
				terms[k] = theta[row * topics + k]! + beta[k * columns + indices[at]!]!;
				largest = Math.max(largest, terms[k]!);
			}
			let sum = 0;
			for (let k = 0; k < topics; k++) sum += Math.exp(terms[k]! - largest);
			score += values[at]! * (largest + Math.log(sum));
		}
	}
	return score;
}

/** E[ln x] of rows x ~ Dirichlet(a): ψ(a) − ψ(Σ a). */
export function logExpectation(parameters: Float64Array, width: number): Float64Array {
	const expected = new Float64Array(parameters.length);
	for (let from = 0; from < parameters.length; from += width) {
		let total = 0;
		for (let i = 0; i < width; i++) total += parameters[from + i]!;
		const all = digamma(total);
		for (let i = 0; i < width; i++) expected[from + i] = digamma(parameters[from + i]!) - all;
	}
	return expected;
}

/** Σ over rows of E[ln p(x | prior) − ln q(x | a)]. */
function dirichlet(parameters: Float64Array, expected: Float64Array, width: number, prior: number): number {
	let score = (parameters.length / width) * (logGamma(prior * width) - width * logGamma(prior));
	for (let from = 0; from < parameters.length; from += width) {
		let total = 0;
		for (let at = from; at < from + width; at++) {
			const a = parameters[at]!;
			score += (prior - a) * expected[at]! + logGamma(a);
			total += a;
		}
		score -= logGamma(total);
	}
	return score;
}
