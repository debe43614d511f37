// Loads the kernel of word vectors' training, over a memory that threads share. Its functions are in assembly: arguments are addresses in bytes and numbers.
import { kernelMaker, type SharedMemory } from '../../../base/index.js';
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

/** The kernel of this thread over a memory. */
export const kernelOver: (memory: SharedMemory) => Kernel = kernelMaker<Kernel>(binary);
