// Dropout masks of a step, drawn by the kernel into memory of its own: functions of the seed, the step and the mask, whatever was drawn before.

import { randomKeys } from '../../base/index.js';
import { type Sizes, sizeOf } from '../../graph/index.js';
import { createKernel, grow } from './kernel/kernel.js';
import { shapeIn } from './model.js';
import type { MaskPlan } from './step-inputs.js';
import { streams } from './weights.js';

/** Numbers drawn together, and their bytes. */
const [perBlock, blockBytes] = [8, 32];

/** Draws the masks of a plan. An array that it hands out holds until the same mask is drawn again. */
export class Masks {
	readonly #plans: readonly MaskPlan[];
	readonly #seed: number;
	/** One memory for each mask: together they may be larger than one can be. */
	readonly #kernels: readonly ReturnType<typeof createKernel>[];

	constructor(plans: readonly MaskPlan[], seed: number) {
		this.#plans = plans;
		this.#seed = seed;
		this.#kernels = plans.map(() => createKernel(blockBytes));
	}

	/** The mask number `place` of `draws` steps or batches one after the other, numbered from `from`. */
	draw(place: number, sizes: Sizes, { from, draws }: { from: number; draws: number }): Float32Array {
		const { rate, shape } = this.#plans[place]!;
		const { memory, kernel } = this.#kernels[place]!;
		const size = sizeOf(shapeIn(shape, sizes));
		const blocks = Math.ceil(size / perBlock);
		grow(memory, (draws - 1) * size * 4 + blocks * blockBytes);
		// 16 random bits each; what is kept is scaled so that the mean is exactly 1.
		const dropped = Math.min(Math.round(rate * 65536), 65535);
		for (let draw = 0; draw < draws; draw++) {
			const stream = streams.masks + (from + draw) * this.#plans.length + place;
			const [first, second] = randomKeys(this.#seed, stream);
			kernel.mask(draw * size * 4, blocks, first, second, dropped, 65536 / (65536 - dropped));
		}
		return new Float32Array(memory.buffer, 0, draws * size);
	}
}
