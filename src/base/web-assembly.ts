// Kernels in WebAssembly and their memories: what the files `kernel/kernel.ts` load theirs with.

/** A memory that one thread has. Its `buffer` is another one after `grow`. */
export interface KernelMemory {
	readonly buffer: ArrayBuffer;
	/** Takes pages of 64 KiB. */
	grow(pages: number): number;
}

/** A memory that threads share: it travels to them as it is. */
export interface SharedMemory {
	readonly buffer: SharedArrayBuffer;
}

/** What is used of the global of this name: neither es2023 nor Node's types declare it. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object, imports: object) => { readonly exports: object };
	readonly Memory: new (size: { initial: number; maximum: number; shared?: boolean }) => KernelMemory & SharedMemory;
};

/** Bytes that 32-bit addresses reach. */
export const memoryLimit = 2 ** 32;

/** Pages of so many bytes. */
export const pagesOf = (bytes: number): number => Math.ceil(bytes / 65536);

/** Makes a memory of at least `bytes`, which may grow to `most`. Throws a RangeError of the engine where there is none so large. */
export function createMemory(bytes: number, most: number = bytes): KernelMemory {
	return new WebAssembly.Memory({ initial: pagesOf(bytes), maximum: pagesOf(most) });
}

/** Makes a memory of at least `bytes` that threads share. */
export function createSharedMemory(bytes: number): SharedMemory {
	return new WebAssembly.Memory({ initial: pagesOf(bytes), maximum: pagesOf(bytes), shared: true });
}

/** Gives a function that makes a kernel over a memory. It is compiled, from base64, when it is needed first. */
export function kernelMaker<Kernel>(binary: string): (memory: KernelMemory | SharedMemory) => Kernel {
	let module: object | undefined;
	return (memory) => {
		module ??= compiled(binary);
		return new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel;
	};
}

function compiled(binary: string): object {
	try {
		return new WebAssembly.Module(Buffer.from(binary, 'base64'));
	} catch (cause) {
		throw new Error(
			'textloom: expected an engine with WebAssembly, its SIMD and threads, got one without. Use Node.js 20 or newer on a processor with SSE4.1 or NEON, without --jitless.',
			{ cause },
		);
	}
}
