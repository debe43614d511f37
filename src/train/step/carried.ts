// States that a model carries from batch to batch: 0 at the beginning, then what the run before gave.
import { type Sizes, showShape, type Tensor, zeroTensor } from '../../graph/index.js';
import { shapeIn } from './model.js';
import { nextName } from './names.js';
import type { CarriedPlan } from './training-plan.js';
import type { Tensors } from './turns.js';

/** The states of one pass over batches. */
export class Carried {
	readonly #plans: readonly CarriedPlan[];
	#now: Tensors;

	constructor(plans: readonly CarriedPlan[], start: Tensors = {}) {
		this.#plans = plans;
		this.#now = start;
	}

	/** The states before a batch of these sizes. */
	before(sizes: Sizes): Tensors {
		return Object.fromEntries(
			this.#plans.map(({ name, dtype, shape }): [string, Tensor] => {
				const expected = shapeIn(shape, sizes);
				const state = this.#now[name] ?? zeroTensor(dtype, expected);
				if (state.shape.join() !== expected.join()) {
					throw new RangeError(
						`step: expected batches of one size while the state ${name} is carried, got one for ${showShape(expected)} after ${showShape(state.shape)}. Let the samples give their order, and leave out what does not fill a batch.`,
					);
				}
				return [name, state];
			}),
		);
	}

	/** The names of a run's results that are states. */
	results(outputs: readonly string[]): string[] {
		return this.#plans.map(({ name }) => nextName(name)).filter((name) => outputs.includes(name));
	}

	/** Takes what a run gave. */
	take(results: Tensors): void {
		const taken = this.#plans.flatMap(({ name }) => (results[nextName(name)] ? [[name, results[nextName(name)]!] as const] : []));
		this.#now = { ...this.#now, ...Object.fromEntries(taken) };
	}

	/** What stands now; nothing before the first batch. */
	get now(): Tensors {
		return this.#now;
	}

	/** Begins anew. */
	clear(): void {
		this.#now = {};
	}
}
