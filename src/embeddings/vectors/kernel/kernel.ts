// Loads the kernel of similarities. Its functions are in assembly: arguments are whole numbers, addresses in bytes.
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

/** What is used of the global of this name: neither es2023 nor Node's types declare it. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object, imports: object) => { readonly exports: object };
	readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
};

let module: object | undefined;

function memoryOf(pages: number): { readonly buffer: ArrayBuffer } {
	try {
		return new WebAssembly.Memory({ initial: pages, maximum: pages });
	} catch (cause) {
		const size = Math.ceil((pages * 65536) / 1e6);
		throw new RangeError(
			`word vectors: expected ${size} MB of memory for rows, got none. Load fewer words, or drop vectors that are not needed.`,
			{ cause },
		);
	}
}

/** Makes a memory of at least `bytes`, which stays as large, and the kernel over it. */
export function createKernel(bytes: number): { buffer: ArrayBuffer; kernel: Kernel } {
	const pages = Math.ceil(bytes / 65536);
	const memory = memoryOf(pages);
	module ??= new WebAssembly.Module(Buffer.from(binary, 'base64'));
	return { buffer: memory.buffer, kernel: new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel };
}
