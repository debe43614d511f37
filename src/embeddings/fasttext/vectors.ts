// Word vectors of a fastText model: of words as fastText prints them, of others by their n-grams.
import type { VectorParts } from '../vectors/parts.js';
import { endOfLine, entryBytes, entryTexts, type FastTextDictionary, indexOf } from './dictionary.js';
import type { FastTextFile } from './file.js';
import { chunkRowsOf } from './matrix.js';
import { bracketed, bracketedBytes, subwordBuckets } from './subwords.js';

/**
 * The vectors of a model's words: the mean of the word's own row and those of its n-grams, as `fasttext print-word-vectors` gives them. A word that the model
 * does not know has the mean of the rows of its n-grams, and none where the model has no n-grams.
 *
 * @example
 * const parts = fastTextVectors(await readFastText('cc.en.300.bin'));
 * parts.unseen?.('unfriendable');
 */
export function fastTextVectors(file: FastTextFile): VectorParts {
	const { args, dictionary } = file;
	const count = dictionary.words;
	const { vector, unseen } = vectorsOfWords(file);
	const [width, chunkRows] = [args.dim, chunkRowsOf(args.dim)];
	const rows: Float32Array[] = [];
	for (let from = 0; from < count; from += chunkRows) {
		const chunk = new Float32Array(Math.min(chunkRows, count - from) * width);
		for (let i = 0; i * width < chunk.length; i++) vector(from + i, chunk.subarray(i * width, (i + 1) * width));
		rows.push(chunk);
	}
	return { words: entryTexts(dictionary, 0, count), width, rows, counts: dictionary.counts.subarray(0, count), ...(unseen && { unseen }) };
}

/** The vectors of a model's words, one by one. */
export interface VectorsOfWords {
	/** Adds the vector of the word of an entry to zeros. */
	vector(entry: number, into: Float32Array): Float32Array;
	/** That of a word by its text; undefined of a model without n-grams. */
	readonly unseen: VectorParts['unseen'];
}

/** Makes vectors of a model's words. */
export function vectorsOfWords(file: FastTextFile): VectorsOfWords {
	const { args, dictionary, input } = file;
	const rowsOf = rowsOfWords(file);
	const { findText } = indexOf(dictionary);
	const unseen = (word: string) => {
		const entry = findText(word);
		const found = entry >= 0 && entry < dictionary.words ? rowsOf.known(entry) : rowsOf.unknown(word);
		return found.length === 0 ? undefined : mean(found, new Float32Array(args.dim));
	};
	const hasSubwords = args.maxn > 0 && (dictionary.kept ? dictionary.kept.size > 0 : args.bucket > 0);
	return { vector: (entry, into) => mean(rowsOf.known(entry), into), unseen: hasSubwords ? unseen : undefined };

	function mean(of: readonly number[], into: Float32Array): Float32Array {
		for (const row of of) input.addRow(into, row);
		const share = Math.fround(1 / of.length);
		for (let i = 0; i < into.length; i++) into[i]! *= share;
		return into;
	}
}

/** The rows of the input matrix that stand for a word. */
export interface RowsOfWords {
	/** Of the word of an entry: its own, then those of its n-grams. */
	known(entry: number): number[];
	/** Of a word without an entry: those of its n-grams. */
	unknown(word: string): number[];
	unknownBytes(word: Uint8Array): number[];
}

/** The rows of words of a model. */
export function rowsOfWords({ args, dictionary }: Pick<FastTextFile, 'args' | 'dictionary'>): RowsOfWords {
	const rows = (bytes: Uint8Array) => subwordBuckets(bytes, args).flatMap((bucket) => rowOfBucket(dictionary, bucket) ?? []);
	const end = Buffer.from(endOfLine);
	return {
		known(entry) {
			const text = entryBytes(dictionary, entry);
			if (end.equals(text)) return [entry];
			return [entry, ...rows(bracketedBytes(text))];
		},
		unknown: (word) => (word === endOfLine ? [] : rows(bracketed(word))),
		unknownBytes: (word) => (end.equals(word) ? [] : rows(bracketedBytes(word))),
	};
}

/** The row of a bucket; none where it was pruned. */
export function rowOfBucket({ words, kept }: FastTextDictionary, bucket: number): number | undefined {
	if (!kept) return words + bucket;
	const row = kept.get(bucket);
	return row === undefined ? undefined : words + row;
}
