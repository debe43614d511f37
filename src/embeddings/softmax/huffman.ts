// The binary tree of hierarchical softmax, as fastText builds it.

/** A tree over targets: leaves 0 … n − 1, then the inner nodes, of which the last is the root. */
export interface HuffmanTree {
	readonly left: Int32Array;
	readonly right: Int32Array;
	/** The way from target i to the root: `path[starts[i]] … path[starts[i + 1]]`, each the row of an inner node · 2, + 1 where the way is its right. */
	readonly starts: Uint32Array;
	readonly path: Uint32Array;
}

/** Builds the tree of counts that fall. Of equal counts an inner node goes before a leaf. */
export function huffmanTree(counts: ArrayLike<number>): HuffmanTree {
	const leaves = counts.length;
	const nodes = Math.max(1, 2 * leaves - 1);
	const weights = new Float64Array(nodes).fill(1e15);
	weights.set(counts);
	const [left, right, parent, isRight] = [0, 1, 2, 3].map(() => new Int32Array(nodes).fill(-1)) as [
		Int32Array,
		Int32Array,
		Int32Array,
		Int32Array,
	];
	let [leaf, node] = [leaves - 1, leaves];
	const least = () => (leaf >= 0 && weights[leaf]! < weights[node]! ? leaf-- : node++);
	for (let made = leaves; made < nodes; made++) {
		const [a, b] = [least(), least()];
		[left[made], right[made], parent[a], parent[b], isRight[b]] = [a, b, made, made, 1];
		weights[made] = weights[a]! + weights[b]!;
	}
	const starts = new Uint32Array(leaves + 1);
	const path: number[] = [];
	for (let target = 0; target < leaves; target++) {
		for (let at = target; parent[at] !== -1; at = parent[at]!) path.push(2 * (parent[at]! - leaves) + (isRight[at] === 1 ? 1 : 0));
		starts[target + 1] = path.length;
	}
	return { left, right, starts, path: Uint32Array.from(path) };
}
