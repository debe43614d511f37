// Loads the kernel of linear algebra. Its functions are in assembly: arguments are whole numbers, addresses in bytes.
import { createMemory, kernelMaker } from '../../../base/index.js';
import { binary } from './binary.js';

/** The kernel over one memory. */
export interface Kernel {
	times(starts: number, indices: number, values: number, dense: number, product: number, width: number, from: number, to: number): void;
	descend(w: number, xht: number, hht: number, gradients: number, width: number, rows: number, l1: number): number;
	addDots(a: number, b: number, stride: number, bytes: number, sums: number, width: number): void;
}

/** Bytes that a memory may have here: more is left to plain loops. */
export const memoryLimit = 2 ** 31;

const kernelOver = kernelMaker<Kernel>(binary);

/** Makes a memory of at least `bytes`, which stays as large, and the kernel over it. */
export function createKernel(bytes: number): { buffer: ArrayBuffer; kernel: Kernel } {
	const memory = createMemory(bytes);
	return { buffer: memory.buffer, kernel: kernelOver(memory) };
}
