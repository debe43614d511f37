// What the threads of a training are told: where everything lies, and what to do.
import type { FastTextLoss } from '../args.js';
import type { Layout } from './layout.js';

/** The numbers of a training. */
export interface Plan {
	readonly layout: Layout;
	readonly dim: number;
	readonly words: number;
	readonly bucket: number;
	readonly isPruned: boolean;
	readonly wordNgrams: number;
	readonly loss: FastTextLoss;
	readonly labels: number;
	readonly neg: number;
	readonly lr: number;
	readonly lrUpdateRate: number;
	readonly epoch: number;
	readonly seed: number;
	/** Tokens of all epochs. */
	readonly total: number;
	/** Tokens of a block. */
	readonly block: number;
}

/** Losses as the kernel numbers them. */
export const kernelLosses: readonly FastTextLoss[] = ['softmax', 'hs', 'ns', 'ova'];
