// Loads the kernel of word vectors' training, over a memory that threads share. Its functions are in assembly: arguments are addresses in bytes and numbers.
import { binary } from './binary.js';

/** The kernel over one memory, in one thread. */
export interface Kernel {
	usePlan(plan: number): void;
	/** Where the table of σ and −log σ lies. */
	useSigmoid(table: number): void;
	seedRandom(low: number, high: number): void;
	fill(table: number, from: number, to: number, width: number, stride: number, bound: number, seed: number): void;
	/** Learns from `count` numbers of words at a rate; negative ones end sentences. */
	train(ids: number, count: number, rate: number): void;
	/** Σ −log σ of one word in 16 since it was asked last, and of how many predictions. */
	takeLoss(): number;
	takeLosses(): number;
}

/** A memory that threads share. */
export interface SharedMemory {
	readonly buffer: SharedArrayBuffer;
}

/** What is used of the global of this name: neither es2023 nor Node's types declare it. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object, imports: object) => { readonly exports: object };
	readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedMemory;
};

/** Bytes that the kernel's addresses reach. */
export const memoryLimit = 2 ** 32;

/** Makes a memory of at least so many bytes. */
export function createMemory(bytes: number): SharedMemory {
	const pages = Math.ceil(bytes / 65536);
	return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

let module: object | undefined;

/** The kernel over a memory. */
export function kernelOver(memory: SharedMemory): Kernel {
	module ??= new WebAssembly.Module(Buffer.from(binary, 'base64'));
	return new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel;
}
