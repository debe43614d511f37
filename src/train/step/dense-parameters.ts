// The parameters of a graph in host memory: sessions read them there and write gradients there, a kernel updates them in place.
import { memoryLimit } from '../../base/index.js';
import { sizeOf, type Tensor } from '../../graph/index.js';
import type { RowOperation } from '../../optim/index.js';
import type { RowOperations } from './host-tables.js';
import { createKernel, type Kernel } from './kernel/kernel.js';
import { normOf, operate, scale, shareOf, type TouchedRows } from './row-kernel.js';
import type { State } from './state.js';
import type { ParameterState, TrainingGraph } from './training-plan.js';
import type { Tensors } from './turns.js';

/** Each array begins on a cache line. */
const line = 64;
const aligned = (bytes: number) => Math.ceil(bytes / line) * line;

/** Whether parameters with so many slots fit into the kernel's memory. */
export const fits = (shapes: readonly (readonly number[])[], slots: number): boolean =>
	shapes.reduce((sum, shape) => sum + aligned(4 * sizeOf(shape)) * (2 + slots), line) <= memoryLimit;

/** A parameter as one row, with its slots and its gradient. */
interface Row extends TouchedRows {
	readonly plan: ParameterState;
}

/** Parameters with an optimizer's slots. */
export class DenseParameters {
	readonly #rows: readonly Row[];
	readonly #kernel: Kernel;
	readonly #slots: readonly string[];
	/** Views of the memory, by the parameters' names. */
	readonly weights: Tensors;

	constructor({ parameters, slots }: Pick<TrainingGraph, 'parameters' | 'slots'>, { weights, slots: start }: State) {
		this.#slots = slots.map(({ name }) => name);
		// The number of the only row comes first.
		let at = line;
		const places = parameters.map((plan) => {
			const each = aligned(4 * sizeOf(plan.shape));
			const from = at;
			at += each * (2 + slots.length);
			return { plan, from, each };
		});
		const { memory, kernel } = createKernel(at);
		this.#kernel = kernel;
		const ids = new Int32Array(memory.buffer, 0, 1);
		this.#rows = places.map(({ plan, from, each }) => {
			const width = sizeOf(plan.shape);
			const view = (place: number) => new Float32Array(memory.buffer, from + place * each, width);
			const row = { plan, ids, width, table: view(0), gradient: view(1), slots: this.#slots.map((_, slot) => view(2 + slot)) };
			row.table.set(weights[plan.name]!.data as Float32Array);
			for (const [place, slot] of this.#slots.entries()) row.slots[place]!.set((start[slot]?.[plan.name]?.data ?? []) as Float32Array);
			return row;
		});
		this.weights = this.#named(({ table }) => table);
	}

	/** The slots by their names: views. */
	slots(): Readonly<Record<string, Tensors>> {
		return Object.fromEntries(this.#slots.map((slot, place) => [slot, this.#named(({ slots }) => slots[place]!)]));
	}

	/** Where gradients go, by the names that `named` makes of the parameters'. */
	gradients(named: (name: string) => string): Tensors {
		return Object.fromEntries(Object.entries(this.#named(({ gradient }) => gradient)).map(([name, tensor]) => [named(name), tensor]));
	}

	/** Updates all of them by their gradients, which are overwritten. Norms that gradients are clipped by are those of all together. */
	update(operations: RowOperations): void {
		const lists = this.#rows.map((row) => ({ row, parts: partsOf(operations[row.plan.name]!) }));
		const count = Math.max(0, ...lists.map(({ parts }) => parts.length));
		for (let part = 0; part < count; part++) {
			for (const { row, parts } of lists) for (const operation of parts[part]?.operations ?? []) operate(row, operation, this.#kernel);
			const clip = lists[0]!.parts[part]?.clip;
			if (clip === undefined) continue;
			const norm = Math.hypot(...this.#rows.map(({ gradient }) => normOf(gradient)));
			const share = shareOf(clip, norm);
			if (share < 1) for (const { gradient } of this.#rows) scale(gradient, share);
		}
	}

	#named(pick: (row: Row) => Float32Array): Record<string, Tensor> {
		return Object.fromEntries(
			this.#rows.map((row): [string, Tensor] => [row.plan.name, { dtype: 'float32', shape: row.plan.shape, data: pick(row) }]),
		);
	}
}

/** Operations up to each clipping by a norm, and that norm. */
function partsOf(operations: readonly RowOperation[]): { operations: RowOperation[]; clip?: number }[] {
	const parts: { operations: RowOperation[]; clip?: number }[] = [{ operations: [] }];
	for (const operation of operations) {
		if (operation.do !== 'clipNorm') parts.at(-1)!.operations.push(operation);
		else {
			parts.at(-1)!.clip = operation.norm;
			parts.push({ operations: [] });
		}
	}
	return parts;
}
