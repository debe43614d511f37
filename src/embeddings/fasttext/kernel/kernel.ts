// Loads the kernel that trains classifiers, over a memory that threads share. Its functions are in assembly: arguments are whole numbers (addresses in bytes) and float32s.
import { kernelMaker, type SharedMemory } from '../../../base/index.js';
import { binary } from './binary.js';

/** The kernel of one thread. */
export interface Kernel {
	setMatrices(input: number, output: number, stride: number, panel: number, words: number, bucket: number, kept: number): void;
	setTokens(hashes: number, targets: number, starts: number, rows: number, ngrams: number): void;
	setLoss(kind: number, labels: number, choices: number, nodes: number, negatives: number): void;
	setRate(progress: number, tokens: number, rate: number, every: number): void;
	setThread(hidden: number, gradient: number, scores: number, wanted: number, list: number, seed: number): void;
	fillRows(from: number, to: number, width: number, bound: number, seed: number): void;
	train(block: number, count: number, sums: number): void;
	assign(points: number, count: number, width: number, centroids: number, halves: number, codes: number): void;
}

/** The first address that is free: the kernel keeps tables below. */
export const memoryStart = 65536;

/** The kernel of this thread over a memory. */
export const createKernel: (memory: SharedMemory) => Kernel = kernelMaker<Kernel>(binary);

/** Registers of a panel, and bytes of a row in panels: of the panels that the kernel has the one that leaves least room unused, the wider of equal ones. */
export function panelsOf(width: number): { panel: number; stride: number } {
	const registers = Math.ceil(width / 4);
	const choices = [13, 8, 4].map((panel) => ({ panel, stride: 16 * panel * Math.ceil(registers / panel) }));
	return choices.reduce((best, choice) => (choice.stride < best.stride ? choice : best));
}
