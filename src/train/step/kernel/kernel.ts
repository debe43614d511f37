// Loads the kernel of host tables, of parameters in host memory and of dropout masks. Its functions are in assembly: arguments are whole numbers (addresses in bytes) and float32s.
import { createMemory, type KernelMemory, kernelMaker, memoryLimit, pagesOf } from '../../../base/index.js';
import { binary } from './binary.js';

/** An update of rows: `ids, count, width, gradient, table`, the optimizer's slots, its scalars. */
export type RowFunction = (...values: number[]) => void;

/** The kernel over one memory. */
export interface Kernel {
	readonly adagrad: RowFunction;
	readonly adam: RowFunction;
	readonly momentum: RowFunction;
	readonly rmsprop: RowFunction;
	readonly sgd: RowFunction;
	outside(ids: number, count: number, rows: number): number;
	gather(ids: number, count: number, width: number, table: number, out: number): void;
	mask(out: number, blocks: number, key1: number, key2: number, dropped: number, kept: number): void;
	sum(ids: number, count: number, width: number, gradient: number, place: number, frozen: number): number;
}

const kernelOver = kernelMaker<Kernel>(binary);

/** Makes a memory of at least `bytes` and the kernel over it. */
export function createKernel(bytes: number): { memory: KernelMemory; kernel: Kernel } {
	const memory = createMemory(bytes, memoryLimit);
	return { memory, kernel: kernelOver(memory) };
}

/** Makes a memory at least so large; views of its buffer must then be made anew. */
export function grow(memory: KernelMemory, bytes: number): void {
	const pages = pagesOf(bytes) - pagesOf(memory.buffer.byteLength);
	if (pages > 0) memory.grow(pages);
}
