// The word mover's distance (Kusner et al., From Word Embeddings To Document Distances, 2015).
import { type Core, type DenseVector, euclidean, unitOf, vectorOf } from './core.js';
import { transportCost } from './transport.js';

/** The words of a document that have vectors: how often each, and how many there are in all. */
export interface Heaps {
	readonly counts: ReadonlyMap<string, number>;
	readonly vectors: readonly DenseVector[];
	readonly total: number;
}

/** What a document weighs where. */
export function heaps(core: Core, tokens: readonly string[], normalize: boolean): Heaps {
	const counts = new Map<string, number>();
	const vectors: DenseVector[] = [];
	let total = 0;
	for (const token of tokens) {
		const count = counts.get(token);
		if (count === undefined) {
			const vector = vectorOf(core, token);
			if (!vector) continue;
			vectors.push(normalize ? unitOf(vector) : vector);
		}
		counts.set(token, (count ?? 0) + 1);
		total++;
	}
	return { counts, vectors, total };
}

/** The distance; Infinity where one is empty. */
export function moversDistance(a: Heaps, b: Heaps): number {
	if (a.total === 0 || b.total === 0) return Infinity;
	const costs = new Float64Array(a.vectors.length * b.vectors.length);
	for (const [i, one] of a.vectors.entries())
		for (const [j, other] of b.vectors.entries()) costs[i * b.vectors.length + j] = euclidean(one, other);
	// Shares of the whole as whole numbers: each count times the other's total.
	const supplies = Array.from(a.counts.values(), (count) => count * b.total);
	const demands = Array.from(b.counts.values(), (count) => count * a.total);
	return transportCost(supplies, demands, costs) / (a.total * b.total);
}
