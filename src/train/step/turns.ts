// State that goes round from step to step: each tensor has two buffers, a run reads one and writes the other. What is only written has one.
import { type DType, type Tensor, zeroTensor } from '../../graph/index.js';
import { nextName } from './names.js';

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** A state: its name as an input of the graph, and what it begins with; 0 where nothing is given. */
export interface TurnPlan {
	readonly name: string;
	readonly dtype: DType;
	readonly shape: readonly number[];
	readonly start?: Tensor | undefined;
}

/** The buffers of some states. */
export class Turns {
	/** What a run reads, by name. */
	readonly now: Record<string, Tensor>;
	/** What it writes; after it, what was read. */
	readonly other: Record<string, Tensor>;

	constructor(plans: readonly TurnPlan[], { read = true }: { readonly read?: boolean } = {}) {
		const zeros = ({ name, dtype, shape }: TurnPlan): [string, Tensor] => [name, zeroTensor(dtype, shape)];
		this.now = Object.fromEntries(plans.map((plan) => (plan.start ? [plan.name, { ...plan.start, shape: plan.shape }] : zeros(plan))));
		this.other = read ? Object.fromEntries(plans.map(zeros)) : this.now;
	}

	/** Where a run writes, by the names of the results that it has. */
	targets(results: readonly string[]): Tensors {
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
