// What the rows of a model begin with, where that is not random numbers.
import { entryBytes, type FastTextDictionary, indexOf } from '../dictionary.js';
import { fastTextHash } from '../hash.js';
import type { DenseMatrix } from '../matrix.js';
import type { WholeOptions } from './options.js';

/** Writes a row of a matrix. */
export type WriteRow = (row: number, values: Float32Array) => void;

/** Writes what is known of the rows before a training. */
export type Start = (input: WriteRow, output: WriteRow) => void;

/** Rows of vectors that were given, and of the model to go on from. */
export function startOf(dictionary: FastTextDictionary, { from, pretrainedVectors }: WholeOptions): Start {
	return (input, output) => {
		const { find, findText } = indexOf(dictionary);
		if (from) {
			const { dictionary: old } = from;
			const [oldInput, oldOutput] = [from.input as DenseMatrix, from.output as DenseMatrix];
			// The inner nodes of another tree ask other questions: with `hs` they begin anew, unless labels and their order are the same.
			const keepsOutput = from.args.loss !== 'hs' || sameLabels(old, dictionary);
			for (let entry = 0; entry < old.starts.length - 1; entry++) {
				const text = entryBytes(old, entry);
				const now = find(text, 0, text.length, fastTextHash(text));
				if (entry < old.words) input(now, oldInput.row(entry));
				else if (keepsOutput) output(now - dictionary.words, oldOutput.row(entry - old.words));
			}
			for (let bucket = 0; old.words + bucket < oldInput.rows; bucket++) input(dictionary.words + bucket, oldInput.row(old.words + bucket));
		}
		if (!pretrainedVectors) return;
		const { words, width, rows } = pretrainedVectors;
		const chunks = rows instanceof Float32Array ? [rows] : rows;
		let word = 0;
		for (const chunk of chunks) {
			for (let at = 0; at < chunk.length; at += width, word++) {
				const entry = findText(words[word]!);
				if (entry >= 0 && entry < dictionary.words) input(entry, chunk.subarray(at, at + width));
			}
		}
	};
}

function sameLabels(a: FastTextDictionary, b: FastTextDictionary): boolean {
	const labels = ({ words, bytes, starts }: FastTextDictionary) => Buffer.from(bytes.subarray(starts[words]!)).toString('latin1');
	return labels(a) === labels(b) && Buffer.from(a.counts.subarray(a.words)).equals(Buffer.from(b.counts.subarray(b.words)));
}
