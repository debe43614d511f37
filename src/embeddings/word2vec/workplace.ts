// What a training run and its threads tell each other.
import type { SharedMemory } from '../../base/index.js';

/** What a thread works with. */
export interface Workplace {
	readonly memory: SharedMemory;
	readonly plan: number;
	readonly ids: number;
	readonly sigmoid: number;
	/** The open file of the text, and where its blocks begin. */
	readonly file: number;
	readonly starts: Float64Array;
	readonly wordStarts: Float64Array;
	/** The next block; 1 where the threads are to stop. */
	readonly control: Int32Array;
	/** Words that this thread has done in this pass. */
	readonly done: Float64Array;
}

/** One pass. */
export interface Pass {
	readonly seed: number;
	/** Passes before this one, and of the whole run. */
	readonly before: number;
	readonly epochs: number;
	readonly alpha: number;
	readonly minAlpha: number;
}

/** Σ −log σ, and of how many predictions. */
export interface Loss {
	readonly sum: number;
	readonly count: number;
}

/** Places in `control`. */
export const [nextBlock, stopped] = [0, 1] as const;
