// The Huffman tree of hierarchical softmax: frequent words have short ways (Mikolov et al. 2013, section 2.1).
import { huffmanTree as fastTextTree } from '../softmax/huffman.js';

/** A tree over words: of each word and each inner node its parent · 2 + the side it is on, −1 for the root. Inner nodes are numbered from 0. */
export interface Tree {
	readonly words: Int32Array;
	readonly nodes: Int32Array;
}

/** The tree of some counts: that of fastText, over the words by falling count. */
export function huffmanTree(counts: Float64Array): Tree {
	const order = Int32Array.from(counts, (_, word) => word).sort((a, b) => counts[b]! - counts[a]! || a - b);
	const size = counts.length;
	const { left, right } = fastTextTree(Float64Array.from(order, (word) => counts[word]!));
	const [words, nodes] = [new Int32Array(size).fill(-1), new Int32Array(Math.max(0, size - 1)).fill(-1)];
	for (let node = 0; node < nodes.length; node++) {
		for (const [side, child] of [left[size + node]!, right[size + node]!].entries()) {
			if (child < size) words[order[child]!] = 2 * node + side;
			else nodes[child - size] = 2 * node + side;
		}
	}
	return { words, nodes };
}

/** A tree and one of more words under a new root: the nodes that are there keep their numbers and so what was learned of them. */
export function joinedTree(tree: Tree, counts: Float64Array): Tree {
	const more = huffmanTree(counts);
	const shift = tree.nodes.length;
	const root = shift + more.nodes.length;
	const moved = (parent: number) => (parent < 0 ? 2 * root + 1 : parent + 2 * shift);
	const under = (parent: number) => (parent < 0 ? 2 * root : parent);
	return {
		words: concat(tree.words.map(under), more.words.map(moved)),
		nodes: concat(tree.nodes.map(under), more.nodes.map(moved), Int32Array.of(-1)),
	};
}

function concat(...parts: readonly Int32Array[]): Int32Array {
	const whole = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/** The way from the root to each word, one after the other: node · 2 + side for each step. */
export interface Paths {
	readonly starts: Uint32Array;
	readonly steps: Uint32Array;
	/** Steps of the longest one. */
	readonly longest: number;
}

/** All ways through a tree. */
export function pathsOf({ words, nodes }: Tree): Paths {
	const starts = new Uint32Array(words.length + 1);
	let longest = 0;
	for (let word = 0; word < words.length; word++) {
		let length = 0;
		for (let at = words[word]!; at >= 0; at = nodes[at >> 1]!) length++;
		starts[word + 1] = starts[word]! + length;
		longest = Math.max(longest, length);
	}
	const steps = new Uint32Array(starts[words.length]!);
	for (let word = 0; word < words.length; word++) {
		let place = starts[word + 1]!;
		for (let at = words[word]!; at >= 0; at = nodes[at >> 1]!) steps[--place] = at;
	}
	return { starts, steps, longest };
}
