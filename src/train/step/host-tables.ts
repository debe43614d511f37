// The embedding tables of a run that stay outside its graph.
import type { Tensor } from '../../graph/index.js';
import type { RowOperation } from '../../optim/index.js';
import { joined } from './arrays.js';
import type { Minibatch } from './model.js';
import type { State } from './state.js';
import { Table } from './table.js';
import type { TablePlan, TrainingGraph } from './training-plan.js';
import type { Tensors } from './turns.js';

/** What is done to the touched rows of each table in a step, by the table's name. */
export type RowOperations = Readonly<Record<string, readonly RowOperation[]>>;

interface HostTable {
	readonly plan: TablePlan;
	readonly table: Table;
}

/** Tables by the plans of a graph. */
export class HostTables {
	readonly #tables: readonly HostTable[];
	readonly #slots: readonly string[];
	/** Ids and gradients of the batches that one step takes together, by table. */
	readonly #kept: { ids: Int32Array; gradient: Float32Array }[][];

	constructor({ tables, slots }: TrainingGraph, { weights, slots: start, ages }: State) {
		this.#slots = slots.map(({ name }) => name);
		this.#tables = tables.map((plan) => ({ plan, table: new Table(plan, slots, weights[plan.name]!.data as Float32Array) }));
		this.#kept = tables.map(() => []);
		for (const { plan, table } of this.#tables) {
			for (const [place, slot] of this.#slots.entries()) table.state[place]!.set((start[slot]?.[plan.name]?.data ?? []) as Float32Array);
			table.ages = (ages[plan.name]?.data ?? new Int32Array()) as Int32Array;
		}
	}

	/** The rows of a batch that are wanted (default all), by the names of the graph's inputs; with those of a slot added, where one is named. */
	rows(batch: Minibatch, wanted?: readonly string[], added?: string): Tensors {
		const tables = this.#tables.filter(({ plan }) => wanted?.includes(plan.input) ?? true);
		return each(tables, batch, ({ input }, table, ids) => [
			input,
			added ? table.gatherWith(this.#slots.indexOf(added), ids) : table.gather(ids),
		]);
	}

	/** The rows of a batch by the names of the graph's inputs, as arrays of their own. */
	copies(batch: Minibatch): Tensors {
		return each(this.#tables, batch, ({ input }, table, ids) => [input, table.gather(ids).slice()]);
	}

	/** The shapes of these rows, or of their gradients by the names of the graph's outputs. */
	shapes(batch: Minibatch, of: 'input' | 'gradient' = 'input'): Readonly<Record<string, readonly number[]>> {
		return Object.fromEntries(this.#tables.map(({ plan }) => [plan[of], rowShape(plan, batch)]));
	}

	/** Where a run writes the gradients of these rows. */
	gradients(batch: Minibatch): Tensors {
		return each(this.#tables, batch, ({ gradient }, table, ids) => [gradient, table.gradient(ids.length)]);
	}

	/** Keeps the gradients of a batch that others of the same step follow. */
	keep(batch: Minibatch): void {
		for (const [place, { plan, table }] of this.#tables.entries()) {
			const ids = idsOf(plan, batch);
			this.#kept[place]!.push({ ids, gradient: table.gradient(ids.length).slice() });
		}
	}

	/** Keeps gradients of a batch, or of a part of one, that were computed elsewhere: by the names of the graph's outputs. */
	take(batch: Minibatch, gradients: Readonly<Record<string, { readonly data: ArrayLike<number> }>>): void {
		for (const [place, { plan }] of this.#tables.entries()) {
			this.#kept[place]!.push({ ids: idsOf(plan, batch), gradient: gradients[plan.gradient]!.data as Float32Array });
		}
	}

	/** Forgets the gradients of a step that was not finished. */
	forget(): void {
		for (const kept of this.#kept) kept.length = 0;
	}

	/** Updates the rows that were kept, and those of the step's last batch where there is one that was not; gives the norm of each table's gradient, where asked for. */
	update(batch: Minibatch | undefined, operations: RowOperations, { norms = false }: { norms?: boolean } = {}): Record<string, number> {
		const found: Record<string, number> = {};
		for (const [place, { plan, table }] of this.#tables.entries()) {
			const ids = this.#joined(table, batch && idsOf(plan, batch), this.#kept[place]!);
			this.#kept[place] = [];
			const norm = table.update(ids, operations[plan.name]!, { norm: norms });
			if (norm !== undefined) found[plan.name] = norm;
		}
		return found;
	}

	/** The weights by name: views of the tables. */
	weights(): Tensors {
		return Object.fromEntries(this.#tables.map(({ plan, table }) => [plan.name, tensorOf(plan, table.weights)]));
	}

	/** For each row of a table the steps since it was touched, by the table's name, where a slot shrinks in them. */
	ages(): Tensors {
		const kept = this.#tables.map(({ plan, table }) => [plan, table.ages] as const).filter(([, ages]) => ages.length > 0);
		return Object.fromEntries(kept.map(([{ name, rows }, data]): [string, Tensor] => [name, { dtype: 'int32', shape: [rows], data }]));
	}

	/** The slots by their names: views of the tables, or what they are now of rows that were idle. */
	slots({ settled = false } = {}): Readonly<Record<string, Tensors>> {
		const numbers = this.#tables.map(({ table }) => (settled ? table.settled() : table.state));
		return Object.fromEntries(
			this.#slots.map((slot, place) => [
				slot,
				Object.fromEntries(this.#tables.map(({ plan }, own) => [plan.name, tensorOf(plan, numbers[own]![place]!)])),
			]),
		);
	}

	/** All ids of a step, with their gradients in the table's own memory. */
	#joined(table: Table, last: Int32Array | undefined, kept: readonly { ids: Int32Array; gradient: Float32Array }[]): Int32Array {
		if (kept.length === 0) return last!;
		const own = last ? [{ ids: last, gradient: table.gradient(last.length).slice() }] : [];
		const parts = [...kept, ...own];
		const all = joined(parts.map(({ ids }) => ids));
		const into = table.gradient(all.length);
		let at = 0;
		for (const { gradient } of parts) {
			into.set(gradient, at);
			at += gradient.length;
		}
		return all;
	}
}

/** A tensor of each table's numbers for a batch. */
function each(
	tables: readonly HostTable[],
	batch: Minibatch,
	make: (plan: TablePlan, table: Table, ids: Int32Array) => readonly [string, Float32Array],
): Tensors {
	return Object.fromEntries(
		tables.map(({ plan, table }): [string, Tensor] => {
			const [name, data] = make(plan, table, idsOf(plan, batch));
			return [name, { dtype: 'float32', shape: rowShape(plan, batch), data }];
		}),
	);
}

/** The shape of a batch's rows. */
function rowShape({ ids, turned, width }: TablePlan, batch: Minibatch): readonly number[] {
	const { shape } = batch[ids]!;
	return [...(turned ? shape.toReversed() : shape), width];
}

const tensorOf = ({ rows, width }: TablePlan, data: Float32Array): Tensor => ({ dtype: 'float32', shape: [rows, width], data });

/** The ids in the order in which the graph takes their rows. */
function idsOf({ ids, turned }: Pick<TablePlan, 'ids' | 'turned'>, batch: Minibatch): Int32Array {
	const { data, shape } = batch[ids]! as { data: Int32Array; shape: readonly number[] };
	if (!turned) return data;
	const rows = shape[0]!;
	const exchanged = new Int32Array(data.length);
	for (let row = 0, from = 0; row < rows; row++) for (let to = row; to < data.length; to += rows) exchanged[to] = data[from++]!;
	return exchanged;
}
