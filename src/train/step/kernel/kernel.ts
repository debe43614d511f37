// Loads the kernel of host tables, of parameters in host memory and of dropout masks. Its functions are in assembly: arguments are whole numbers (addresses in bytes) and float32s.
import { binary } from './binary.js';

/** A memory with 32-bit addresses. Its `buffer` is another one after `grow`. */
export interface Memory {
	readonly buffer: ArrayBuffer;
	/** Takes pages of 64 KiB. */
	grow(pages: number): number;
}

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

/** What is used of the global of this name: neither es2023 nor Node's types declare it. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object, imports: object) => { readonly exports: object };
	readonly Memory: new (size: { initial: number; maximum: number }) => Memory;
};

let module: object | undefined;

/** Makes a memory of at least `bytes` and the kernel over it. */
export function createKernel(bytes: number): { memory: Memory; kernel: Kernel } {
	module ??= new WebAssembly.Module(Buffer.from(binary, 'base64'));
	const memory = new WebAssembly.Memory({ initial: pagesOf(bytes), maximum: pagesOf(memoryLimit) });
	return { memory, kernel: new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel };
}

/** Bytes that 32-bit addresses reach. */
export const memoryLimit = 2 ** 32;

/** Makes a memory at least so large; views of its buffer must then be made anew. */
export function grow(memory: Memory, bytes: number): void {
	const pages = pagesOf(bytes) - pagesOf(memory.buffer.byteLength);
	if (pages > 0) memory.grow(pages);
}

const pagesOf = (bytes: number): number => Math.ceil(bytes / 65536);
