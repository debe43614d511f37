// The rows of a model that matter most.
import { endOfLine, entryBytes, type FastTextDictionary, indexOf, packedTexts } from '../dictionary.js';
import { type DenseMatrix, denseMatrix } from '../matrix.js';

/** A dictionary without the words and buckets whose rows are gone, and the rows that are left. */
export interface Pruned {
	readonly dictionary: FastTextDictionary;
	readonly input: DenseMatrix;
}

/** Keeps the `cutoff` rows of the largest norm, and that of the end of a line. Words stay in their order; buckets come by falling norms. */
export function prune(dictionary: FastTextDictionary, input: DenseMatrix, cutoff: number): Pruned {
	const norms = rowNorms(input);
	const end = indexOf(dictionary).findText(endOfLine);
	if (end >= 0) norms[end] = Number.POSITIVE_INFINITY;
	const order = Uint32Array.from({ length: input.rows }, (_, row) => row)
		.sort((a, b) => norms[b]! - norms[a]!)
		.subarray(0, cutoff);
	const words = order.filter((row) => row < dictionary.words).sort();
	const buckets = order.filter((row) => row >= dictionary.words);
	const entries = [...words, ...Array.from({ length: dictionary.starts.length - 1 - dictionary.words }, (_, i) => dictionary.words + i)];
	const rows = [...words, ...buckets];
	const numbers = new Float32Array(rows.length * input.width);
	for (const [place, row] of rows.entries()) numbers.set(input.row(row), place * input.width);
	return {
		dictionary: {
			...{ words: words.length, tokens: dictionary.tokens },
			...packedTexts(entries.map((entry) => entryBytes(dictionary, entry))),
			counts: Float64Array.from(entries, (entry) => dictionary.counts[entry]!),
			kept: new Map([...buckets].map((row, place) => [row - dictionary.words, place])),
		},
		input: denseMatrix(rows.length, input.width, numbers),
	};
}

/** The Euclidean norm of each row. */
export function rowNorms(matrix: DenseMatrix): Float32Array {
	return Float32Array.from({ length: matrix.rows }, (_, row) => {
		let sum = 0;
		for (const value of matrix.row(row)) sum += value * value;
		return Math.sqrt(sum);
	});
}
