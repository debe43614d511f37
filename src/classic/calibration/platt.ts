// Platt's scaling: a sigmoid from scores to probabilities (Platt 1999; Lin, Lin & Weng 2007, "A note on Platt's probabilistic outputs").
import { sigmoid, softplus } from '../classifier.js';

/** P(class | score) = 1 / (1 + exp(a · score + b)) */
export interface Sigmoid {
	readonly a: number;
	readonly b: number;
}

/**
 * Fits a sigmoid to scores, by Newton's method. Targets are not 1 and 0 but (n₊ + 1) / (n₊ + 2) and 1 / (n₋ + 2), as in the paper, so that classes that
 * are separated give finite numbers.
 *
 * @param truth 1 where the row is of the class, else 0.
 */
export function plattScaling(scores: Float64Array, truth: ArrayLike<number>): Sigmoid {
	let positive = 0;
	for (let i = 0; i < scores.length; i++) if (truth[i]! > 0) positive++;
	const negative = scores.length - positive;
	const [high, low] = [(positive + 1) / (positive + 2), 1 / (negative + 2)];
	// Scores of size 1, so that the sums below are of one size.
	const size = scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0) || 1;
	let [a, b] = [0, Math.log((negative + 1) / (positive + 1))];
	/** Σ ln(1 + eʷ) − t w, w = −(a score + b) */
	const loss = (a: number, b: number) => {
		let sum = 0;
		for (let i = 0; i < scores.length; i++) {
			const w = -((a * scores[i]!) / size + b);
			sum += softplus(w) - (truth[i]! > 0 ? high : low) * w;
		}
		return sum;
	};
	let value = loss(a, b);
	for (let step = 0; step < 200; step++) {
		let [ga, gb, haa, hab, hbb] = [0, 0, 1e-12, 0, 1e-12];
		for (let i = 0; i < scores.length; i++) {
			const score = scores[i]! / size;
			const p = sigmoid(-(a * score + b));
			const slope = (truth[i]! > 0 ? high : low) - p;
			const curvature = p * (1 - p);
			ga += slope * score;
			gb += slope;
			haa += curvature * score * score;
			hab += curvature * score;
			hbb += curvature;
		}
		if (Math.abs(ga) < 1e-10 && Math.abs(gb) < 1e-10) break;
		const determinant = haa * hbb - hab * hab;
		const [da, db] = [-(hbb * ga - hab * gb) / determinant, -(haa * gb - hab * ga) / determinant];
		let length = 1;
		let next = loss(a + da, b + db);
		while (next > value + 1e-4 * length * (ga * da + gb * db) && length > 1e-10) {
			length /= 2;
			next = loss(a + length * da, b + length * db);
		}
		if (length <= 1e-10) break;
		[a, b, value] = [a + length * da, b + length * db, next];
	}
	return { a: a / size, b };
}
