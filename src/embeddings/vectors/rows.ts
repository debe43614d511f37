// Rows of numbers in chunks: each a WebAssembly memory of its own with a kernel over it, so that together they may be larger than one memory can be.
import { createKernel, type Kernel } from './kernel/kernel.js';

/** Rows that are compared at a time: what one call of the kernel gives results for. */
export const blockRows = 1024;

/** Queries that are compared at a time. */
export const queriesAtOnce = 4;

/** Some of the rows, one after the other. */
export interface Chunk {
	/** The place of its first row among all. */
	readonly first: number;
	readonly capacity: number;
	readonly buffer: ArrayBuffer;
	readonly kernel: Kernel;
	/** Where its lengths, queries and results lie, in bytes; the rows begin at 0. */
	readonly at: Places;
	/** How many of its rows are there. */
	count: number;
	/** How many of the lengths are known. */
	known: number;
	/** How many rows have codes. */
	coded: number;
}

/** Where things lie in a chunk's memory, in bytes. */
interface Places {
	readonly norms: number;
	readonly queries: number;
	readonly out: number;
	/** Codes of the rows (kernel/assembly/codes.ts). Nothing is written there before they are needed, so that they cost no memory. */
	readonly codes: number;
	readonly scales: number;
	readonly errors: number;
}

/** Rows that can be added to, and read. */
export interface Rows {
	readonly width: number;
	readonly count: number;
	readonly chunks: readonly Chunk[];
	/** Adds a row, copied. */
	append(row: Float32Array): void;
	/** A row as it lies in memory: whoever changes it changes the row. */
	view(index: number): Float32Array;
	/** The length of a row; all are computed once. */
	norm(index: number): number;
	/** The chunk of a row, with the lengths of its rows known. */
	chunkOf(index: number): Chunk;
	/** The same with codes of its rows. */
	codedChunkOf(index: number): Chunk;
	/** The first row, from one on, with a number that is NaN or infinite; -1 where there is none. */
	firstBad(from?: number): number;
}

/** How rows are kept. */
export interface RowsOptions {
	/** How many will come, where that is known. */
	readonly expected?: number | undefined;
	/** Bytes of rows in one chunk, about. Default 256 MiB. */
	readonly chunkBytes?: number;
}

/** The least number of rows that memory is taken for where it is not known how many come. */
const fewRows = 1024;

/** Makes an empty store for rows of `width` numbers. */
export function createRows(width: number, { expected, chunkBytes = 2 ** 28 }: RowsOptions = {}): Rows {
	const stride = width * 4;
	const chunks: Chunk[] = [];
	const most = Math.max(1, Math.floor(chunkBytes / stride));
	let count = 0;
	const grown = () => {
		// Memory that nothing was written to costs nothing: where it is not known how many come, it is doubled.
		const wanted = expected === undefined || expected <= count ? Math.max(fewRows, count) : expected - count;
		const chunk = createChunk(count, Math.min(wanted, most), width);
		chunks.push(chunk);
		return chunk;
	};
	const holding = (index: number) => {
		let place = chunks.length - 1;
		while (chunks[place]!.first > index) place--;
		return chunks[place]!;
	};
	const chunkOf = (index: number) => withNorms(holding(index), stride);
	return {
		width,
		get count() {
			return count;
		},
		chunks,
		append(row) {
			let chunk = chunks.at(-1);
			if (!chunk || chunk.count === chunk.capacity) chunk = grown();
			new Float32Array(chunk.buffer, chunk.count * stride, width).set(row);
			chunk.count++;
			count++;
		},
		view(index) {
			const chunk = holding(index);
			return new Float32Array(chunk.buffer, (index - chunk.first) * stride, width);
		},
		norm(index) {
			const chunk = chunkOf(index);
			return new Float32Array(chunk.buffer, chunk.at.norms + (index - chunk.first) * 4, 1)[0]!;
		},
		chunkOf,
		codedChunkOf: (index) => withCodes(chunkOf(index), width),
		firstBad(from = 0) {
			for (const chunk of chunks) {
				const skipped = Math.max(0, from - chunk.first);
				if (skipped >= chunk.count) continue;
				const place = chunk.kernel.firstBad(skipped * stride, (chunk.count - skipped) * width);
				if (place >= 0) return chunk.first + skipped + Math.floor(place / width);
			}
			return -1;
		},
	};
}

/** Bytes of a vector in whole registers. */
export const registers = (width: number) => Math.ceil(width / 4) * 16;

/** Bytes of a row's codes in whole registers. */
export const codeBytes = (width: number) => Math.ceil(width / 16) * 16;

function createChunk(first: number, capacity: number, width: number): Chunk {
	let end = 0;
	const place = (bytes: number) => {
		const at = end;
		end += Math.ceil(bytes / 16) * 16;
		return at;
	};
	// Behind the last row are three rows and a register, which the kernel reads, too. Queries are four of float32.
	place((capacity + 3) * width * 4 + 16);
	const [perRow, codes] = [(capacity + 4) * 4, (capacity + 3) * codeBytes(width)];
	const at = {
		...{ norms: place(perRow), queries: place(queriesAtOnce * registers(width)), out: place(blockRows * queriesAtOnce * 4) },
		...{ codes: place(codes), scales: place(perRow), errors: place(perRow) },
	};
	const { buffer, kernel } = createKernel(end);
	return { first, capacity, buffer, kernel, at, count: 0, known: 0, coded: 0 };
}

function withNorms(chunk: Chunk, stride: number): Chunk {
	const { kernel, at, known, count } = chunk;
	if (known < count) kernel.norms(known * stride, stride, at.norms + known * 4, count - known);
	chunk.known = count;
	return chunk;
}

function withCodes(chunk: Chunk, width: number): Chunk {
	const { kernel, at, coded, count } = chunk;
	const bytes = codeBytes(width);
	if (coded < count) {
		const [norms, scales, errors] = [at.norms + coded * 4, at.scales + coded * 4, at.errors + coded * 4];
		kernel.encode(coded * width * 4, width, norms, at.codes + coded * bytes, bytes, scales, errors, count - coded);
	}
	chunk.coded = count;
	return chunk;
}
