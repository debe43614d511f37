// Where everything lies in the memory that the threads of a training run share.
import { createSharedMemory, memoryLimit, type SharedMemory } from '../../base/index.js';
import { type Kernel, kernelOver } from './kernel/kernel.js';
import type { Settings } from './options.js';
import { sigmoidPlaces, sigmoidTable } from './tables.js';

/** What a run learns with. */
export interface Content {
	readonly settings: Settings;
	/** Rows of the tables. */
	readonly words: number;
	readonly inputRows: number;
	readonly outputRows: number;
	readonly nodeRows: number;
	/** The row of each number of the text. */
	readonly rows: Int32Array;
	readonly keep?: Uint32Array | undefined;
	readonly aliases?: Uint32Array | undefined;
	readonly paths?: { readonly starts: Uint32Array; readonly steps: Uint32Array; readonly longest: number } | undefined;
	/** The rows of the input that make up each word. */
	readonly pieces?: { readonly starts: Uint32Array; readonly rows: Uint32Array } | undefined;
}

/** A memory with what is in it. */
export interface Layout {
	readonly memory: SharedMemory;
	readonly kernel: Kernel;
	/** Bytes between two rows. */
	readonly stride: number;
	/** Where the tables begin, in bytes; 0 for one that is not there. */
	readonly input: number;
	readonly output: number;
	readonly nodes: number;
	readonly sigmoid: number;
	/** For each thread its plan, and room for the numbers of a block. */
	readonly threads: readonly { readonly plan: number; readonly ids: number }[];
}

/** Gibibytes of so many bytes. */
const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/**
 * Makes the memory of a run and writes what does not change into it.
 *
 * @throws {RangeError} where it would be more than 4 GiB, with what it would be.
 */
export function layOut(who: string, content: Content, workers: number): Layout {
	const { settings, keep, aliases, paths, pieces } = content;
	const { window, negative } = settings;
	const stride = Math.ceil(settings.vectorSize / 4) * 16;
	let end = 1024;
	const place = (bytes: number) => {
		const at = end;
		end = Math.ceil((at + bytes) / 64) * 64;
		return at;
	};
	const placed = (array: ArrayBufferView | undefined) => (array === undefined ? 0 : place(array.byteLength));
	const table = (rows: number) => (rows === 0 ? 0 : place(rows * stride));
	const [input, output, nodes] = [table(content.inputRows), table(content.outputRows), table(content.nodeRows)];
	const sigmoid = place(8 * sigmoidPlaces);
	const at = {
		...{ rows: placed(content.rows), keep: placed(keep), aliases: placed(aliases) },
		...{
			pathStarts: placed(paths?.starts),
			paths: placed(paths?.steps),
			pieceStarts: placed(pieces?.starts),
			pieces: placed(pieces?.rows),
		},
	};
	const [ring, targets] = [2 ** Math.ceil(Math.log2(2 * window + 1)), (paths?.longest ?? 0) + negative + 1 + 6];
	const threads = Array.from({ length: workers }, () => {
		const lists = { kept: 4 * settings.batchWords, contexts: 8 * window, targets: 4 * targets, labels: 4 * targets, rates: 4 * targets };
		const rooms = { ...lists, products: 64 * window, counts: 4 * ring, ring: 2 * ring * stride, spare: 4 * stride };
		return {
			...{ plan: place(256), ids: place(4 * settings.batchWords) },
			rooms: Object.values(rooms).map(place),
		};
	});
	if (end > memoryLimit - 65536) {
		const rows = content.inputRows + content.outputRows + content.nodeRows;
		const next =
			2 * rows * stride > end
				? 'Raise minCount, set maxFinalVocab, or lower vectorSize or bucket.'
				: `Lower window, negative, batchWords or workers (${workers}).`;
		throw new RangeError(
			`${who}: expected training to take less than 4 GiB, got ${gib(end)}: ${rows} rows of ${settings.vectorSize} numbers, and what threads work with. ${next}`,
		);
	}
	const memory = allocate(who, end);
	const { buffer } = memory;
	const put = (address: number, array: Uint32Array | Int32Array | Float32Array | undefined) => {
		if (array !== undefined)
			new Uint8Array(buffer, address, array.byteLength).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
	};
	put(sigmoid, sigmoidTable());
	put(at.rows, content.rows);
	put(at.keep, keep);
	put(at.aliases, aliases);
	put(at.pathStarts, paths?.starts);
	put(at.paths, paths?.steps);
	put(at.pieceStarts, pieces?.starts);
	put(at.pieces, pieces?.rows);
	const flag = (value: boolean) => (value ? 1 : 0);
	for (const { plan, rooms } of threads) {
		// In the order of kernel/assembly/plan.ts.
		put(
			plan,
			Uint32Array.of(
				...[stride, input, output, nodes, content.words, at.rows, at.keep, at.aliases, at.pathStarts, at.paths, at.pieceStarts, at.pieces],
				...[window, negative, flag(settings.sg), flag(settings.cbowMean), flag(settings.shrinkWindows), ring - 1, ...rooms],
			),
		);
	}
	return { memory, kernel: kernelOver(memory), stride, input, output, nodes, sigmoid, threads };
}

function allocate(who: string, bytes: number): SharedMemory {
	try {
		return createSharedMemory(bytes);
	} catch (cause) {
		throw new Error(`${who}: expected ${gib(bytes)} of memory, got none so large. Raise minCount, or lower vectorSize or bucket.`, {
			cause,
		});
	}
}
