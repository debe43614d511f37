// Loads the kernel that trains classifiers, over a memory that threads share. Its functions are in assembly: arguments are whole numbers (addresses in bytes) and float32s.
import { binary } from './binary.js';

/** A memory that threads share: it travels to them as it is. */
export interface SharedMemory {
	readonly buffer: SharedArrayBuffer;
}

/** The kernel of one thread. */
export interface Kernel {
	setMatrices(input: number, output: number, stride: number, panel: number, words: number, bucket: number, kept: number): void;
	setTokens(hashes: number, targets: number, starts: number, rows: number, ngrams: number): void;
	setLoss(kind: number, labels: number, choices: number, nodes: number, negatives: number): void;
	setRate(progress: number, tokens: number, rate: number, every: number): void;
	setThread(hidden: number, gradient: number, scores: number, wanted: number, list: number, seed: number): void;
	fillRows(from: number, to: number, width: number, bound: number, seed: number): void;
	train(block: number, count: number, sums: number): void;
}

/** What is used of the global of this name: neither es2023 nor Node's types declare it. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object, imports: object) => { readonly exports: object };
	readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedMemory;
};

/** Bytes that 32-bit addresses reach. */
export const memoryLimit = 2 ** 32;

/** The first address that is free: the kernel keeps tables below. */
export const memoryStart = 65536;

/** Makes a memory of `bytes`. */
export function createMemory(bytes: number): SharedMemory {
	const pages = Math.ceil(bytes / 65536);
	return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The kernel of this thread over a memory. */
export function createKernel(memory: SharedMemory): Kernel {
	const module = new WebAssembly.Module(Buffer.from(binary, 'base64'));
	return new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel;
}

/** Registers of a panel, and bytes of a row in panels: of the panels that the kernel has the one that leaves least room unused, the wider of equal ones. */
export function panelsOf(width: number): { panel: number; stride: number } {
	const registers = Math.ceil(width / 4);
	const choices = [13, 8, 4].map((panel) => ({ panel, stride: 16 * panel * Math.ceil(registers / panel) }));
	return choices.reduce((best, choice) => (choice.stride < best.stride ? choice : best));
}
