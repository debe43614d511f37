// PageRank of undirected graphs with weights: until it settles, and jieba's ten sweeps.
import { is, type Kinds } from '../../base/index.js';
import { shares, type WordGraph } from './word-graph.js';

/** How ranks are computed. */
export interface RankOptions {
	/** The share of a node's rank that comes from its neighbours: d. Default 0.85. */
	readonly damping?: number;
	/** Stops when no rank, of a mean of 1, moved by more. Default 1e-6. */
	readonly tolerance?: number;
	/** The most rounds. Default 1000. */
	readonly iterations?: number;
}

/** The kinds of these options. */
export const rankKinds: Kinds<RankOptions> = { damping: is.number(0, 1), tolerance: is.positive, iterations: is.whole(1) };

/**
 * S(a) = (1 − d) + d Σ w(a, b) / Σ w(b, ·) · S(b) (Mihalcea & Tarau 2004, section 2.2), from 1 on, all at once in each round. The mean is 1
 * where each node has an edge; divided by their number it is PageRank. A node without edges has 1 − d.
 */
export function pageRank(graph: WordGraph, { damping = 0.85, tolerance = 1e-6, iterations = 1000 }: RankOptions = {}): Float64Array {
	const { size, starts, ends } = graph;
	const parts = shares(graph);
	let ranks = new Float64Array(size).fill(1);
	let next = new Float64Array(size);
	for (let round = 0; round < iterations; round++) {
		let moved = 0;
		for (let n = 0; n < size; n++) {
			let sum = 0;
			for (let e = starts[n]!; e < starts[n + 1]!; e++) sum += parts[e]! * ranks[ends[e]!]!;
			next[n] = 1 - damping + damping * sum;
			moved = Math.max(moved, Math.abs(next[n]! - ranks[n]!));
		}
		[ranks, next] = [next, ranks];
		if (moved <= tolerance) break;
	}
	// Nodes that stand alike are equal, whatever the order of sums: ties are broken by order, not by the last bits.
	return ranks.map((rank) => Math.round(rank * 1e12) / 1e12);
}

/**
 * jieba's ranks: `sweeps` rounds over the nodes in `order`, each of which sees what became of those before it, from 1 / nodes on; then
 * (w − min / 10) / (max − min / 10). The sums are in jieba's order, so that the numbers are the same to the last bit.
 */
export function sweptRank(graph: WordGraph, order: ArrayLike<number>, damping = 0.85, sweeps = 10): Float64Array {
	const { size, starts, ends } = graph;
	const parts = shares(graph);
	const ranks = new Float64Array(size).fill(1 / size);
	for (let sweep = 0; sweep < sweeps; sweep++) {
		for (let i = 0; i < size; i++) {
			const n = order[i]!;
			let sum = 0;
			for (let e = starts[n]!; e < starts[n + 1]!; e++) sum += parts[e]! * ranks[ends[e]!]!;
			ranks[n] = 1 - damping + damping * sum;
		}
	}
	let [least, most] = [Number.POSITIVE_INFINITY, 0];
	for (const rank of ranks) {
		least = Math.min(least, rank);
		most = Math.max(most, rank);
	}
	for (let n = 0; n < size; n++) ranks[n] = (ranks[n]! - least / 10) / (most - least / 10);
	return ranks;
}
