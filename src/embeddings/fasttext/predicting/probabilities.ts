// Probabilities of labels, as the loss of a model has them.

import { huffmanTree } from '../../softmax/huffman.js';
import type { FastTextFile } from '../file.js';

/** Probabilities of all labels, of the mean of a text's rows. */
export type Probabilities = (hidden: Float32Array) => Float64Array;

/** What fastText adds to probabilities before it takes their logarithm. */
export const added = 1e-5;

/**
 * The probabilities of a model: they sum to 1 with `softmax`; with `ns` and `ova` each label has its own. fastText adds 1e-5 to what it shows of these. With `hs` it adds
 * it at each step down the tree, and ranks by the product: so does this.
 */
export function probabilitiesOf({ args, dictionary, output }: FastTextFile): Probabilities {
	const labels = output.rows;
	const scores = (hidden: Float32Array) => Float64Array.from({ length: labels }, (_, label) => output.dot(label, hidden));
	if (args.loss === 'softmax') return (hidden) => softmax(scores(hidden));
	if (args.loss !== 'hs') return (hidden) => scores(hidden).map(sigmoidOfTable);
	const tree = huffmanTree(dictionary.counts.subarray(dictionary.words));
	return (hidden) => {
		// Logarithms, from the root, the last node, downwards: a node comes before its two. Of 32 bits, as there, so that the order is the same.
		const logs = new Float32Array(tree.left.length);
		for (let node = logs.length - 1; node >= labels; node--) {
			const right = Math.fround(1 / (1 + Math.exp(-Math.fround(output.dot(node - labels, hidden)))));
			logs[tree.left[node]!] = logs[node]! + Math.fround(Math.log(1 - right + added));
			logs[tree.right[node]!] = logs[node]! + Math.fround(Math.log(right + added));
		}
		return Float64Array.from(logs.subarray(0, labels), Math.exp);
	};
}

function softmax(scores: Float64Array): Float64Array {
	let most = Number.NEGATIVE_INFINITY;
	for (const score of scores) if (score > most) most = score;
	let sum = 0;
	for (let i = 0; i < scores.length; i++) {
		scores[i] = Math.exp(scores[i]! - most);
		sum += scores[i]!;
	}
	for (let i = 0; i < scores.length; i++) scores[i]! /= sum;
	return scores;
}

/** The sigmoid in steps of 1/32 between −8 and 8, as fastText has it: what is beyond is 0 or 1. */
function sigmoidOfTable(x: number): number {
	if (x < -8) return 0;
	if (x > 8) return 1;
	return 1 / (1 + Math.exp(8 - Math.floor((x + 8) * 32) / 32));
}
