// Probabilities of labels, as the loss of a model has them.
import type { FastTextFile } from '../file.js';
import { huffmanTree } from '../training/huffman.js';

/** Probabilities of all labels, of the mean of a text's rows. */
export type Probabilities = (hidden: Float32Array) => Float64Array;

/** The probabilities of a model: they sum to 1 with `softmax` and `hs`; with `ns` and `ova` each label has its own. fastText adds 1e-5 to what it shows. */
export function probabilitiesOf({ args, dictionary, output }: FastTextFile): Probabilities {
	const labels = output.rows;
	const scores = (hidden: Float32Array) => Float64Array.from({ length: labels }, (_, label) => output.dot(label, hidden));
	if (args.loss === 'softmax') return (hidden) => softmax(scores(hidden));
	if (args.loss !== 'hs') return (hidden) => scores(hidden).map(sigmoidOfTable);
	const tree = huffmanTree(dictionary.counts.subarray(dictionary.words));
	return (hidden) => {
		// From the root, the last node, downwards: a node comes before its two.
		const shares = new Float64Array(tree.left.length);
		shares[shares.length - 1] = 1;
		for (let node = shares.length - 1; node >= labels; node--) {
			const right = 1 / (1 + Math.exp(-output.dot(node - labels, hidden)));
			shares[tree.left[node]!] = shares[node]! * (1 - right);
			shares[tree.right[node]!] = shares[node]! * right;
		}
		return shares.subarray(0, labels);
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
