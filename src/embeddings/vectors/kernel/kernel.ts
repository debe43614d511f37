// Loads the kernel of similarities. Its functions are in assembly: arguments are whole numbers, addresses in bytes.
import { createMemory, type KernelMemory, kernelMaker } from '../../../base/index.js';
import { binary } from './binary.js';

/** The kernel over one memory. */
export interface Kernel {
	scores(rows: number, stride: number, bytes: number, query: number, norms: number, out: number, count: number): void;
	scoresOfFour(rows: number, stride: number, bytes: number, queries: number, norms: number, out: number, count: number): void;
	norms(rows: number, stride: number, out: number, count: number): void;
	firstBad(from: number, count: number): number;
	encode(rows: number, width: number, norms: number, codes: number, codeBytes: number, scales: number, errors: number, count: number): void;
	bounds(codes: number, codeBytes: number, query: number, scales: number, errors: number, factor: number, out: number, count: number): void;
}

const kernelOver = kernelMaker<Kernel>(binary);

function memoryOf(bytes: number): KernelMemory {
	try {
		return createMemory(bytes);
	} catch (cause) {
		const size = Math.ceil(bytes / 1e6);
		throw new RangeError(
			`word vectors: expected ${size} MB of memory for rows, got none. Load fewer words, or drop vectors that are not needed.`,
			{ cause },
		);
	}
}

/** Makes a memory of at least `bytes`, which stays as large, and the kernel over it. */
export function createKernel(bytes: number): { buffer: ArrayBuffer; kernel: Kernel } {
	const memory = memoryOf(bytes);
	return { buffer: memory.buffer, kernel: kernelOver(memory) };
}
