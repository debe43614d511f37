// An undirected graph with weights in compressed rows: what TextRank and LexRank rank.

/** The edges of node n are at `starts[n]` to `starts[n + 1]`: the node at the other end, and the weight. */
export interface WordGraph {
	readonly size: number;
	readonly starts: Int32Array;
	readonly ends: Int32Array;
	readonly weights: Float64Array;
}

/** Edges as they are found: each counts for both of its nodes, in this order. A loop counts twice. */
export interface Edges {
	readonly from: ArrayLike<number>;
	readonly to: ArrayLike<number>;
	readonly weights: ArrayLike<number>;
}

/** The graph of `size` nodes with these edges; the edges of a node keep their order. */
export function wordGraph(size: number, { from, to, weights }: Edges): WordGraph {
	const count = from.length;
	const starts = new Int32Array(size + 1);
	for (let e = 0; e < count; e++) {
		starts[from[e]! + 1]!++;
		starts[to[e]! + 1]!++;
	}
	for (let n = 0; n < size; n++) starts[n + 1]! += starts[n]!;
	const next = starts.slice(0, size);
	const ends = new Int32Array(2 * count);
	const all = new Float64Array(2 * count);
	for (let e = 0; e < count; e++) {
		const [a, b, weight] = [from[e]!, to[e]!, weights[e]!];
		let at = next[a]!++;
		ends[at] = b;
		all[at] = weight;
		at = next[b]!++;
		ends[at] = a;
		all[at] = weight;
	}
	return { size, starts, ends, weights: all };
}

/** Of each edge its weight as a share of those of the node at its other end, from which rank flows. A node without edges has no share. */
export function shares({ size, starts, ends, weights }: WordGraph): Float64Array {
	const sums = new Float64Array(size);
	for (let n = 0; n < size; n++) for (let e = starts[n]!; e < starts[n + 1]!; e++) sums[n]! += weights[e]!;
	const found = new Float64Array(weights.length);
	for (let e = 0; e < found.length; e++) found[e] = weights[e]! / sums[ends[e]!]!;
	return found;
}
