// State that goes round from step to step: each tensor has two buffers, a run reads one and writes the other.
import { sizeOf, type Tensor } from '../../graph/index.js';
import { nextName } from './names.js';
import type { StatePlan } from './training-graph.js';

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** Numbers by name. */
export type Numbers = Readonly<Record<string, Float32Array>>;

/** A tensor for each plan, with the numbers of its name or zeros. */
export function buffers(plans: readonly StatePlan[], start: Numbers): Record<string, Tensor> {
	return Object.fromEntries(
		plans.map(({ name, shape }) => {
			const data = new Float32Array(sizeOf(shape));
			data.set(start[name] ?? []);
			return [name, { dtype: 'float32', shape, data }];
		}),
	);
}

/** The buffers of some states. */
export class Turns {
	/** What a run reads, by name. */
	readonly now: Record<string, Tensor>;
	/** What it writes; after it, what was read. */
	readonly other: Record<string, Tensor>;

	constructor(plans: readonly StatePlan[], start: Numbers) {
		this.now = buffers(plans, start);
		this.other = buffers(plans, {});
	}

	/** Where a run writes, by the names of the results that it has. */
	fetches(results: readonly string[]): Tensors {
		return Object.fromEntries(this.#in(results).map((name) => [nextName(name), this.other[name]!]));
	}

	/** After a run: what it wrote is what the next one reads. */
	turn(results: readonly string[]): void {
		for (const name of this.#in(results)) [this.now[name], this.other[name]] = [this.other[name]!, this.now[name]!];
	}

	/** Zeros for the next run. */
	clear(): void {
		for (const { data } of Object.values(this.now)) (data as Float32Array).fill(0);
	}

	#in(results: readonly string[]): string[] {
		const wanted = new Set(results);
		return Object.keys(this.now).filter((name) => wanted.has(nextName(name)));
	}
}

/** The numbers of tensors. */
export function numbersOf(tensors: Tensors): Numbers {
	return Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data as Float32Array]));
}
