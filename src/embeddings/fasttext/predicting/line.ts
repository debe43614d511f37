// A text to predict of as the rows that stand for it, as fastText reads a line.
import { endOfLine, indexOf } from '../dictionary.js';
import type { FastTextFile } from '../file.js';
import { fastTextHash, hashStart } from '../hash.js';
import { rowOfBucket, rowsOfWords } from '../vectors.js';
import { eachWordNgram } from './word-ngrams.js';

/** Rows of the input matrix, and labels that the text names. */
export interface Line {
	readonly rows: readonly number[];
	/** Labels by their numbers. */
	readonly labels: readonly number[];
}

/** Reads texts, or tokens as they are. A line ends with the token `</s>`, whether or not it has a line break; other line breaks are white space. */
export type ReadLine = (input: string | readonly string[]) => Line;

const encoder = new TextEncoder();
const isWhite = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13) || byte === 0;
/** Words whose rows are kept, so that frequent ones are cut into n-grams once. */
const mostKept = 100_000;

/** Makes the reader of a model. `label` is what labels begin with. */
export function lineReader(file: FastTextFile, label: string): ReadLine {
	const { args, dictionary } = file;
	const { find } = indexOf(dictionary);
	const words = rowsOfWords(file);
	const prefix = Buffer.from(label);
	const end = encoder.encode(endOfLine);
	const kept = new Map<number, readonly number[]>();
	const hasNgrams = args.wordNgrams > 1 && args.bucket > 0 && dictionary.kept?.size !== 0;

	const rowsOf = (entry: number): readonly number[] => {
		if (args.maxn <= 0) return [entry];
		let rows = kept.get(entry);
		if (!rows) {
			rows = words.known(entry);
			if (kept.size < mostKept) kept.set(entry, rows);
		}
		return rows;
	};

	return (input) => {
		const [rows, labels, hashes]: [number[], number[], number[]] = [[], [], []];
		const add = (bytes: Uint8Array, from: number, to: number, hash: number) => {
			const entry = find(bytes, from, to, hash);
			if (entry >= dictionary.words) {
				labels.push(entry - dictionary.words);
				return;
			}
			if (entry < 0 && prefix.equals(bytes.subarray(from, Math.min(to, from + prefix.length)))) return;
			if (entry >= 0) for (const row of rowsOf(entry)) rows.push(row);
			else if (args.maxn > 0) for (const row of words.unknownBytes(bytes.subarray(from, to))) rows.push(row);
			if (hasNgrams) hashes.push(hash);
		};
		if (typeof input === 'string') eachToken(encoder.encode(input), add);
		else {
			for (const token of input) {
				const bytes = encoder.encode(token);
				if (bytes.length > 0) add(bytes, 0, bytes.length, fastTextHash(bytes));
			}
		}
		add(end, 0, end.length, fastTextHash(end));
		if (hasNgrams) {
			eachWordNgram(hashes, { longest: args.wordNgrams, bucket: args.bucket }, (bucket) => {
				const row = rowOfBucket(dictionary, bucket);
				if (row !== undefined) rows.push(row);
			});
		}
		return { rows, labels };
	};
}

function eachToken(bytes: Uint8Array, found: (bytes: Uint8Array, from: number, to: number, hash: number) => void): void {
	for (let at = 0; at < bytes.length; at++) {
		const start = at;
		let hash = hashStart;
		for (; at < bytes.length && !isWhite(bytes[at]!); at++) hash = Math.imul(hash ^ ((bytes[at]! << 24) >> 24), 0x01000193);
		if (at > start) found(bytes, start, at, hash >>> 0);
	}
}
