// The embedding tables of a run that stay outside its graph.
import type { Tensor } from '../../graph/index.js';
import type { Optimizer } from '../../optim/index.js';
import { joined } from './arrays.js';
import { Table } from './table.js';
import type { Minibatch } from './trainable.js';
import type { TrainingGraph } from './training-graph.js';
import type { Numbers, Tensors } from './turns.js';

/** Tables by the plans of a graph. */
export class HostTables {
	readonly #tables: readonly { readonly plan: TrainingGraph['tables'][number]; readonly table: Table }[];
	readonly #slots: readonly string[];
	/** Ids and gradients of the batches that one step takes together, by table. */
	readonly #kept: { ids: Int32Array; gradient: Float32Array }[][];

	constructor({ tables, slots }: TrainingGraph, optimizer: Optimizer, start: Numbers) {
		this.#slots = slots;
		this.#tables = tables.map((plan) => ({ plan, table: new Table(plan, optimizer, start[plan.name]!) }));
		this.#kept = tables.map(() => []);
		for (const { plan, table } of this.#tables) {
			for (const [place, slot] of slots.entries()) table.state[place]!.set(start[`${plan.name}:${slot}`] ?? []);
		}
	}

	/** The rows of a batch, by the names of the graph's inputs; with those of a slot added, where one is named. */
	rows(batch: Minibatch, added?: string): Tensors {
		return this.#each(batch, ({ input }, table, ids) => [
			input,
			added ? table.gatherWith(this.#slots.indexOf(added), ids) : table.gather(ids),
		]);
	}

	/** Where a run writes the gradients of these rows. */
	gradients(batch: Minibatch): Tensors {
		return this.#each(batch, ({ gradient }, table, ids) => [gradient, table.gradient(ids.length)]);
	}

	/** Keeps the gradients of a batch that others of the same step follow. */
	keep(batch: Minibatch): void {
		for (const [place, { plan, table }] of this.#tables.entries()) {
			const ids = idsOf(plan, batch);
			this.#kept[place]!.push({ ids, gradient: table.gradient(ids.length).slice() });
		}
	}

	/** Updates the rows of the step's last batch and of those that were kept; gives the norm of each table's gradient, where asked for. */
	update(batch: Minibatch, { norms = false, ...clock }: { rate: number; step: number; norms?: boolean }): Record<string, number> {
		const found: Record<string, number> = {};
		for (const [place, { plan, table }] of this.#tables.entries()) {
			const ids = this.#joined(table, idsOf(plan, batch), this.#kept[place]!);
			this.#kept[place] = [];
			const norm = table.update(ids, { ...clock, norm: norms });
			if (norm !== undefined) found[plan.name] = norm;
		}
		return found;
	}

	/** The weights by name: views, or copies that later steps leave. */
	weights({ copy }: { copy: boolean }): Numbers {
		return Object.fromEntries(this.#tables.map(({ plan, table }) => [plan.name, copy ? table.weights.slice() : table.weights]));
	}

	/** Copies of weights and slots by name. */
	state(): Numbers {
		const slots = this.#tables.flatMap(({ plan, table }) =>
			this.#slots.map((slot, place) => [`${plan.name}:${slot}`, table.state[place]!.slice()] as const),
		);
		return { ...this.weights({ copy: true }), ...Object.fromEntries(slots) };
	}

	/** All ids of a step, with their gradients in the table's own memory. */
	#joined(table: Table, ids: Int32Array, kept: readonly { ids: Int32Array; gradient: Float32Array }[]): Int32Array {
		if (kept.length === 0) return ids;
		const gradient = joined([...kept.map(({ gradient }) => gradient), table.gradient(ids.length)]);
		const all = joined([...kept.map(({ ids }) => ids), ids]);
		table.gradient(all.length).set(gradient);
		return all;
	}

	#each(
		batch: Minibatch,
		make: (plan: TrainingGraph['tables'][number], table: Table, ids: Int32Array) => readonly [string, Float32Array],
	): Tensors {
		return Object.fromEntries(
			this.#tables.map(({ plan, table }): [string, Tensor] => {
				const [name, data] = make(plan, table, idsOf(plan, batch));
				const { shape } = batch[plan.ids]!;
				return [name, { dtype: 'float32', shape: [...(plan.turned ? shape.toReversed() : shape), plan.width], data }];
			}),
		);
	}
}

/** The ids in the order in which the graph takes their rows. */
function idsOf({ ids, turned }: Pick<TrainingGraph['tables'][number], 'ids' | 'turned'>, batch: Minibatch): Int32Array {
	const { data, shape } = batch[ids]! as { data: Int32Array; shape: readonly number[] };
	if (!turned) return data;
	const rows = shape[0]!;
	const exchanged = new Int32Array(data.length);
	for (let row = 0, from = 0; row < rows; row++) for (let to = row; to < data.length; to += rows) exchanged[to] = data[from++]!;
	return exchanged;
}
