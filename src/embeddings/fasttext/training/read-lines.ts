// Reads lines of a file as fastText does: tokens are what stands between white space and zeros; a line break is a token of its own.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { hashStart } from '../hash.js';
import { type Chunk, ChunkWriter } from './corpus.js';
import { type TokenList, TokenTable } from './token-table.js';

/** What a reader has read. */
export interface ReadPart {
	readonly chunks: readonly Chunk[];
	readonly list: TokenList;
	readonly tokens: number;
}

const newline = 10;
/** 1 for what separates tokens: space, tab, line break, vertical tab, form feed, carriage return, zero. */
const isWhite = new Uint8Array(256);
for (const byte of [0, 9, newline, 11, 12, 13, 32]) isWhite[byte] = 1;

/** Takes bytes, block by block. */
export class LineReader {
	readonly #table = new TokenTable();
	readonly #writer = new ChunkWriter();
	/** The token that the last block broke off. */
	#rest: Uint8Array = new Uint8Array(0);

	/** Reads a block. */
	add(given: Uint8Array): void {
		const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, given]) : given;
		const [table, writer, size] = [this.#table, this.#writer, bytes.length];
		let at = 0;
		while (at < size) {
			const start = at;
			let hash = hashStart;
			let byte = 0;
			for (; at < size; at++) {
				byte = bytes[at]!;
				if (isWhite[byte] === 1) break;
				hash = Math.imul(hash ^ ((byte << 24) >> 24), 0x01000193);
			}
			if (at === size) {
				this.#rest = bytes.slice(start);
				return;
			}
			if (at > start) writer.add(table.add(bytes, start, at, hash));
			if (byte === newline) writer.add(0);
			at++;
		}
		this.#rest = new Uint8Array(0);
	}

	/** What was read in all. */
	finish(): ReadPart {
		if (this.#rest.length > 0) {
			// A token that the file ends with.
			this.add(Uint8Array.of(32));
		}
		const chunks = this.#writer.finish();
		const list = this.#table.list();
		// Each line has one end of a line, but for the last of a file that does not end so.
		list.counts[0] = chunks.reduce((sum, { ends, tokens }) => sum + ends.length - (tokens.at(-1) === 0 ? 0 : 1), 0);
		return { chunks, list, tokens: this.#writer.total };
	}
}

/** Bytes that are read at once. */
const blockSize = 2 ** 20;

/** Reads the lines that begin in part `part` of `parts` equal ones of a file. */
export function readPart(path: string, part: number, parts: number): ReadPart {
	const file = openSync(path, 'r');
	try {
		const { size } = fstatSync(file);
		const end = lineStart(file, Math.floor((size * (part + 1)) / parts), size);
		const reader = new LineReader();
		const block = new Uint8Array(blockSize);
		for (let at = lineStart(file, Math.floor((size * part) / parts), size); at < end; ) {
			const count = readSync(file, block, 0, Math.min(blockSize, end - at), at);
			if (count === 0) break;
			reader.add(block.subarray(0, count));
			at += count;
		}
		return reader.finish();
	} finally {
		closeSync(file);
	}
}

/** The first place from `at` on where a line begins. */
function lineStart(file: number, at: number, size: number): number {
	if (at === 0 || at >= size) return Math.min(at, size);
	const block = new Uint8Array(4096);
	for (let from = at - 1; from < size; from += block.length) {
		const count = readSync(file, block, 0, block.length, from);
		const found = block.subarray(0, count).indexOf(newline);
		if (found >= 0) return from + found + 1;
	}
	return size;
}
