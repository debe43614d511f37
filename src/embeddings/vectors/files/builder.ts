// Vectors as they are read, row by row: what is refused of them, and how much memory they may take.
import { isUtf8 } from 'node:buffer';
import { freemem } from 'node:os';
import { DataError } from '../../../base/index.js';
import type { VectorParts } from '../parts.js';
import { createRows } from '../rows.js';
import { vectorsOver, type WordVectors } from '../word-vectors.js';

/** Where a row begins: on a line, or at a byte; or the number of its word. */
export type RowPlace = { readonly line: number } | { readonly byte: number } | { readonly word: number };

/** How a file is read, whatever its format. */
export interface Reading {
	/** The function that reads, for messages. */
	readonly who: string;
	readonly file: string;
	/** Rows that are read at most. */
	readonly limit: number;
	/** Bytes that vectors may take. */
	readonly maxMemory: number;
	readonly signal: AbortSignal | undefined;
	/** Takes the error of a row that is left out, or throws it. */
	readonly report: (error: DataError) => void;
	/** A word of its bytes; undefined for bytes that are not of the encoding. */
	readonly decode: (bytes: Buffer) => string | undefined;
}

/** Vectors that are being read. */
export interface Builder {
	readonly width: number;
	/** How many rows were met, those that were left out among them. */
	readonly met: number;
	/** How many were kept. */
	readonly kept: number;
	/** Whether there are as many as are wanted. */
	readonly full: boolean;
	/** Takes a row, copied. */
	add(word: Buffer | string, row: Float32Array, place: RowPlace): void;
	/** A row that cannot be read. */
	fault(reason: string, place: RowPlace): void;
	/** The end of a file that cannot be read on. */
	fail(reason: string, place: RowPlace): never;
	/** The vectors, with the counts of their words and what makes vectors of others, where these are known. */
	finish(counts?: Uint32Array | Float64Array, unseen?: VectorParts['unseen']): WordVectors;
}

/** What a word costs beside its row: a string, its place in a list and in a map. Bytes, about. */
const bytesOfWord = 100;

/** Bytes that can be had. */
export const memoryLeft = (): number => process.availableMemory?.() ?? freemem();

/** Begins to read rows of `width` numbers; `said` is how many there are, where the file says so. */
export function createBuilder(reading: Reading, width: number, said?: number): Builder {
	const { who, file, limit, maxMemory, report, decode } = reading;
	const wanted = said === undefined ? undefined : Math.min(said, limit);
	const bytesOf = (count: number) => count * (4 * width + 4 + bytesOfWord);
	const allow = (count: number, what: string) => {
		if (bytesOf(count) <= maxMemory) return;
		throw new DataError(
			`${who}: expected vectors that fit into ${shownBytes(maxMemory)} of memory, got ${what} of ${width} numbers in ${file}, about ${shownBytes(bytesOf(count))}. Read fewer, such as { limit: ${Math.max(1, Math.floor(maxMemory / bytesOf(1) / 2))} }, or set maxMemory.`,
			{ file },
		);
	};
	if (wanted !== undefined) allow(wanted, `${wanted} rows`);
	const rows = createRows(width, { expected: wanted });
	const words: string[] = [];
	const places = new Map<string, number>();
	let met = 0;
	const errorAt = (reason: string, place: RowPlace) => {
		if ('line' in place) return new DataError(reason, { file, line: place.line });
		const at = 'byte' in place ? `byte ${place.byte}` : `word ${place.word}`;
		return new DataError(`${file}: ${at}: ${reason}`, { file });
	};
	const fault = (reason: string, place: RowPlace) => {
		met++;
		report(errorAt(reason, place));
	};
	return {
		width,
		get met() {
			return met;
		},
		get kept() {
			return words.length;
		},
		get full() {
			return words.length >= limit;
		},
		fault,
		fail(reason, place) {
			throw errorAt(reason, place);
		},
		add(given, row, place) {
			const word = typeof given === 'string' ? given : decode(given);
			if (word === undefined)
				return fault(
					`expected a word in the file's encoding, got bytes that are not. Name the encoding, such as encoding: 'latin1', or set invalidUtf8: 'replace'.`,
					place,
				);
			if (places.has(word))
				return fault(
					`expected each word once, got ${shown(word)} again (first in row ${places.get(word)! + 1}). Leave it out with onError: 'skip'.`,
					place,
				);
			if (words.length % 4096 === 0 && wanted === undefined) allow(words.length, `more than ${words.length} rows`);
			met++;
			places.set(word, words.length);
			words.push(word);
			rows.append(row);
		},
		finish: (counts, unseen) => vectorsOver({ words, places, rows, counts: counts?.slice(0, words.length) as typeof counts, unseen }),
	};
}

/** A word in a message. */
export const shown = (word: string): string => JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}…` : word);

const shownBytes = (bytes: number): string => (bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`);

/** What makes words of bytes: UTF-8, or another encoding by its name. Bytes that are not of it are replaced, or make a word undefined. */
export function decoderOf(encoding: string, replace: boolean): (bytes: Buffer) => string | undefined {
	if (/^utf-?8$/i.test(encoding)) return (bytes) => (replace || isUtf8(bytes) ? bytes.toString('utf8') : undefined);
	const decoder = new TextDecoder(encoding, { fatal: !replace });
	return (bytes) => {
		try {
			return decoder.decode(bytes);
		} catch {
			return undefined;
		}
	};
}
