// What moves the points of t-SNE: the gradient of the Kullback–Leibler divergence, its attracting and its repelling part.
import type { Affinities } from './affinities.js';
import { Quadtree } from './quadtree.js';

/** Adds the repelling part Σ q² (yᵢ − yⱼ), not divided by Z yet, to `forces`; returns Z = Σ q over all ordered pairs, where q = 1 / (1 + ‖yᵢ − yⱼ‖²). */
export type Repulsion = (points: Float64Array, forces: Float64Array) => number;

/** Every pair. */
export const everyPair: Repulsion = (points, forces) => {
	let z = 0;
	for (let i = 0; i < points.length; i += 2) {
		const [x, y] = [points[i]!, points[i + 1]!];
		let [sumX, sumY] = [0, 0];
		for (let j = i + 2; j < points.length; j += 2) {
			const dx = x - points[j]!;
			const dy = y - points[j + 1]!;
			const q = 1 / (1 + dx * dx + dy * dy);
			z += 2 * q;
			const square = q * q;
			sumX += square * dx;
			sumY += square * dy;
			forces[j]! -= square * dx;
			forces[j + 1]! -= square * dy;
		}
		forces[i]! += sumX;
		forces[i + 1]! += sumY;
	}
	return z;
};

/** Squares that are narrower than `angle` times their distance count as one point at their centre of mass (van der Maaten 2014). */
export function barnesHut(count: number, angle: number): Repulsion {
	const tree = new Quadtree(count);
	return (points, forces) => {
		tree.build(points);
		const { nodes, after, count: last } = tree;
		const limit = angle * angle;
		// Each point meets itself once, with q = 1 and no force.
		let z = -count;
		for (let i = 0; i < points.length; i += 2) {
			const [x, y] = [points[i]!, points[i + 1]!];
			let [sumX, sumY] = [0, 0];
			for (let node = 0; node < last; ) {
				const at = 4 * node;
				const dx = x - nodes[at]!;
				const dy = y - nodes[at + 1]!;
				const distance = dx * dx + dy * dy;
				if (nodes[at + 3]! >= limit * distance) {
					node++;
					continue;
				}
				const q = 1 / (1 + distance);
				const some = nodes[at + 2]! * q;
				z += some;
				sumX += some * q * dx;
				sumY += some * q * dy;
				node = after[node]!;
			}
			forces[i]! += sumX;
			forces[i + 1]! += sumY;
		}
		return z;
	};
}

/** Adds factor · Σ p q (yᵢ − yⱼ) to `forces`. */
export function attract({ starts, places, values }: Affinities, points: Float64Array, factor: number, forces: Float64Array): void {
	for (let row = 0; row + 1 < starts.length; row++) {
		const [x, y] = [points[2 * row]!, points[2 * row + 1]!];
		let [sumX, sumY] = [0, 0];
		for (let at = starts[row]!, end = starts[row + 1]!; at < end; at++) {
			const other = 2 * places[at]!;
			const dx = x - points[other]!;
			const dy = y - points[other + 1]!;
			const pull = (factor * values[at]!) / (1 + dx * dx + dy * dy);
			sumX += pull * dx;
			sumY += pull * dy;
			forces[other]! -= pull * dx;
			forces[other + 1]! -= pull * dy;
		}
		forces[2 * row]! += sumX;
		forces[2 * row + 1]! += sumY;
	}
}

/** Σ p log(p / q) over all ordered pairs, where p are `factor` times the affinities. */
export function divergence({ starts, places, values }: Affinities, points: Float64Array, z: number, factor: number): number {
	let sum = 0;
	for (let row = 0; row + 1 < starts.length; row++) {
		for (let at = starts[row]!; at < starts[row + 1]!; at++) {
			const p = factor * values[at]!;
			if (p < Number.MIN_VALUE) continue;
			const other = 2 * places[at]!;
			const distance = (points[2 * row]! - points[other]!) ** 2 + (points[2 * row + 1]! - points[other + 1]!) ** 2;
			sum += 2 * p * Math.log(p * z * (1 + distance));
		}
	}
	return sum;
}
