// Documents in the order in which they came: in memory up to a number, then all of them in a temporary file.
import { type ChunkFile, openChunkFile } from './chunk-file.js';

/** Documents that are kept. */
export interface KeptDocuments {
	readonly count: number;
	/** Whether they are in a file: then it costs less to add many at once. */
	readonly filed: boolean;
	add(docs: object[]): Promise<void>;
	/** Those from a place on, as many as lie together there. */
	from(place: number): Promise<object[]>;
	/** Removes the file. */
	close(): Promise<void>;
}

/** Documents that are written at once, at least: a generator gives one at a time. */
export const blockSize = 256;

/** Keeps documents: more than `inMemory` go to a file. */
export function keepDocuments(inMemory: number): KeptDocuments {
	/** The place of the first document of each block. */
	let starts: number[] = [];
	let memory: object[][] = [];
	let file: ChunkFile | undefined;
	let opened: ChunkFile | undefined;
	let count = 0;
	return {
		get count() {
			return count;
		},
		get filed() {
			return file !== undefined;
		},
		async add(docs) {
			if (docs.length === 0) return;
			if (!file && count + docs.length <= inMemory) memory.push(docs);
			else if (file) await file.add(docs);
			else {
				opened = await openChunkFile('chain');
				const blocks = joined([...memory, docs]);
				for (const block of blocks) await opened.add(block);
				// Only now: until all is written, it is read from memory.
				[file, memory, starts] = [opened, [], blocks.map((_, i) => i * blockSize)];
				count += docs.length;
				return;
			}
			starts.push(count);
			count += docs.length;
		},
		async from(place) {
			const at = lastUpTo(starts, place);
			const block = file ? await file.read(at) : memory[at]!;
			return starts[at] === place ? block : block.slice(place - starts[at]!);
		},
		async close() {
			memory = [];
			await opened?.close();
		},
	};
}

/** Documents in blocks of one size, the last of which may be smaller. */
function joined(chunks: readonly object[][]): object[][] {
	const all = chunks.flat();
	return Array.from({ length: Math.ceil(all.length / blockSize) }, (_, i) => all.slice(i * blockSize, (i + 1) * blockSize));
}

/** The place of the last of ascending numbers that is no larger than `limit`; the first is not. */
function lastUpTo(numbers: readonly number[], limit: number): number {
	let [low, high] = [0, numbers.length];
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (numbers[middle]! <= limit) low = middle;
		else high = middle;
	}
	return low;
}
