// Pairs of words that stand near each other, counted in the order in which they are first met.
import type { Edges } from '../graph/word-graph.js';

/** The pairs of nodes whose places are less than `window` apart; a place with a node below 0 is passed over, but counts as a place. */
export function nearPairs(nodes: Int32Array, size: number, window: number, { directed = false } = {}): Edges {
	const places = new Map<number, number>();
	const [from, to, weights]: [number[], number[], number[]] = [[], [], []];
	for (let i = 0; i < nodes.length; i++) {
		const a = nodes[i]!;
		if (a < 0) continue;
		const end = Math.min(nodes.length, i + window);
		for (let j = i + 1; j < end; j++) {
			const b = nodes[j]!;
			if (b < 0) continue;
			const key = directed || a <= b ? a * size + b : b * size + a;
			const place = places.get(key);
			if (place !== undefined) weights[place]!++;
			else {
				places.set(key, weights.length);
				from.push(a);
				to.push(b);
				weights.push(1);
			}
		}
	}
	return { from, to, weights };
}

/** Numbers for words, in the order in which they are first met. */
export interface Numbered {
	/** The number of the word at each place, or −1. */
	readonly nodes: Int32Array;
	readonly words: readonly string[];
}

/** Numbers the words of places; undefined stands for a place without a word. */
export function numbered(count: number, wordAt: (place: number) => string | undefined): Numbered {
	const numbers = new Map<string, number>();
	const words: string[] = [];
	const nodes = new Int32Array(count);
	for (let i = 0; i < count; i++) {
		const word = wordAt(i);
		if (word === undefined) {
			nodes[i] = -1;
			continue;
		}
		let number = numbers.get(word);
		if (number === undefined) {
			number = words.length;
			numbers.set(word, number);
			words.push(word);
		}
		nodes[i] = number;
	}
	return { nodes, words };
}

/** The same graph of those nodes alone that have an edge: their numbers in the order in which edges name them, and the edges between these. */
export function connected({ from, to, weights }: Edges, size: number): { readonly kept: readonly number[]; readonly edges: Edges } {
	const renumbered = new Int32Array(size).fill(-1);
	const kept: number[] = [];
	const numberOf = (node: number) => {
		if (renumbered[node] === -1) renumbered[node] = kept.push(node) - 1;
		return renumbered[node]!;
	};
	const moved = { from: new Int32Array(from.length), to: new Int32Array(to.length), weights };
	for (let e = 0; e < from.length; e++) {
		moved.from[e] = numberOf(from[e]!);
		moved.to[e] = numberOf(to[e]!);
	}
	return { kept, edges: moved };
}
