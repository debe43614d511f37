// An embedding table in host memory: a kernel gathers rows for the graph, sums their gradients by row and updates the rows.
import { type KernelMemory, memoryLimit } from '../../base/index.js';
import type { RowOperation, Slot } from '../../optim/index.js';
import { createKernel, grow, type Kernel } from './kernel/kernel.js';
import { normOf, operate } from './row-kernel.js';
import type { TablePlan } from './training-plan.js';

/** Bytes of a cache line: each part of the memory begins on one. */
const line = 64;

/**
 * A table with its optimizer's state. Rows that a batch does not touch stay as they are, but for slots with an `idleDecay`. All lies in one memory of 4 GB at most:
 * weights, slots, one number for each row, then ids, rows and gradients of the largest batch so far.
 * Arrays that it hands out are views of that memory; those from before a larger batch are empty after it.
 */
export class Table {
	readonly #plan: TablePlan;
	readonly #memory: KernelMemory;
	readonly #kernel: Kernel;
	/** Addresses: the weights, the slots, then for each row its place among those touched in this step, plus one; 0 between steps. */
	readonly #table = 0;
	readonly #slots: readonly number[];
	readonly #place: number;
	/** Addresses for the largest batch. */
	#ids: number;
	#rows = 0;
	#gradient = 0;
	#capacity = 0;

	/** Steps done here, and for each row that after which it was touched last: what slots shrink by in between is made up for where it is read. */
	#now = 0;
	readonly #touched: Int32Array;
	readonly #decays: readonly number[];

	/** A table with slots beside the weights. */
	constructor(plan: TablePlan, slots: readonly Pick<Slot, 'idleDecay'>[], weights: Float32Array) {
		this.#plan = plan;
		this.#decays = slots.map(({ idleDecay = 1 }) => idleDecay);
		this.#touched = new Int32Array(this.#decays.some((decay) => decay !== 1) ? plan.rows : 0);
		const { rows, width } = plan;
		const whole = aligned(rows * width * 4);
		this.#slots = slots.map((_, slot) => whole * (slot + 1));
		this.#place = whole * (slots.length + 1);
		this.#ids = this.#place + aligned(rows * 4);
		this.#checkSize(this.#ids);
		({ memory: this.#memory, kernel: this.#kernel } = createKernel(this.#ids));
		this.weights.set(weights);
	}

	get weights(): Float32Array {
		return this.#floats(this.#table, this.#plan.rows);
	}

	/** The optimizer's slots, each laid out as the weights. Of rows that were idle they are as they were `ages` steps ago. */
	get state(): readonly Float32Array[] {
		return this.#slots.map((slot) => this.#floats(slot, this.#plan.rows));
	}

	/** For each row the steps since it was touched, where a slot shrinks in them; else nothing. */
	get ages(): Int32Array {
		return this.#touched.map((step) => this.#now - step);
	}

	set ages(ages: Int32Array) {
		this.#touched.set(ages.map((age) => this.#now - age));
	}

	/** The slots as they are now: those that shrink as copies. */
	settled(): readonly Float32Array[] {
		const { rows, width } = this.#plan;
		return this.state.map((numbers, slot) => {
			if (this.#decays[slot] === 1) return numbers;
			const now = numbers.slice();
			for (let row = 0; row < rows; row++) {
				const share = this.#shrunk(slot, row);
				for (let at = row * width, end = at + width; at < end; at++) now[at]! *= share;
			}
			return now;
		});
	}

	/** The rows of `ids`, one after the other; they hold until the next call. */
	gather(ids: Int32Array): Float32Array {
		this.#takeIds(ids);
		this.#kernel.gather(this.#ids, ids.length, this.#plan.width, this.#table, this.#rows);
		return this.#floats(this.#rows, ids.length);
	}

	/** The same rows, with those of a slot added. */
	gatherWith(slot: number, ids: Int32Array): Float32Array {
		const rows = this.gather(ids);
		const { width } = this.#plan;
		const added = this.#floats(this.#slots[slot]!, this.#plan.rows);
		for (let at = 0, to = 0; at < ids.length; at++) {
			const from = ids[at]! * width;
			const share = this.#shrunk(slot, ids[at]!);
			for (let i = from; i < from + width; i++) rows[to++]! += share * added[i]!;
		}
		return rows;
	}

	/** Where the gradients of a batch's rows go, to be written before `update`. */
	gradient(count: number): Float32Array {
		this.#reserve(count);
		return this.#floats(this.#gradient, count);
	}

	/** Sums the gradients of equal ids, in order, and updates their rows. The gradients are overwritten. Gives their norm where asked for. */
	update(ids: Int32Array, operations: readonly RowOperation[], { norm = false }: { norm?: boolean } = {}): number | undefined {
		this.#takeIds(ids);
		const { width, frozenRow = -1 } = this.#plan;
		const touched = this.#kernel.sum(this.#ids, ids.length, width, this.#gradient, this.#place, frozenRow);
		const gradient = this.#floats(this.#gradient, touched);
		const size = norm ? normOf(gradient) : undefined;
		const places = new Int32Array(this.#memory.buffer, this.#ids, touched);
		const rows = { table: this.weights, slots: this.state, ids: places, gradient, width };
		this.#wake(places);
		for (const operation of operations) operate(rows, operation, this.#kernel);
		return size;
	}

	/** Brings what shrinks of rows that are touched to what it is before this step, which counts from then on. */
	#wake(ids: Int32Array): void {
		const before = this.#now++;
		if (this.#touched.length === 0) return;
		const { width } = this.#plan;
		for (const [slot, numbers] of this.state.entries()) {
			if (this.#decays[slot] === 1) continue;
			for (const id of ids) {
				const share = this.#decays[slot]! ** (before - this.#touched[id]!);
				for (let at = id * width, end = at + width; at < end; at++) numbers[at]! *= share;
			}
		}
		for (const id of ids) this.#touched[id] = this.#now;
	}

	/** The share that is left of a slot's numbers in a row. */
	#shrunk(slot: number, row: number): number {
		return this.#decays[slot] === 1 ? 1 : this.#decays[slot]! ** (this.#now - this.#touched[row]!);
	}

	/** Copies the ids of a batch into the memory, and refuses those that are no rows. */
	#takeIds(ids: Int32Array): void {
		this.#reserve(ids.length);
		new Int32Array(this.#memory.buffer, this.#ids, ids.length).set(ids);
		const { name, rows } = this.#plan;
		const wrong = this.#kernel.outside(this.#ids, ids.length, rows);
		if (wrong >= 0) {
			throw new RangeError(
				`table ${name}: expected ids in [0, ${rows}), got ${ids[wrong]} at position ${wrong}. Encode with the model's own vocabulary.`,
			);
		}
	}

	/** Makes room for a batch of `count` ids. What an earlier batch left is lost when it grows. */
	#reserve(count: number): void {
		if (count <= this.#capacity) return;
		const rowBytes = aligned(count * this.#plan.width * 4);
		const rows = this.#ids + aligned(count * 4);
		this.#checkSize(rows + 2 * rowBytes);
		grow(this.#memory, rows + 2 * rowBytes);
		this.#rows = rows;
		this.#gradient = rows + rowBytes;
		this.#capacity = count;
	}

	#checkSize(bytes: number): void {
		if (bytes <= memoryLimit) return;
		const { name, rows, width } = this.#plan;
		throw new RangeError(
			`table ${name}: expected at most 4 GB with the optimizer's state and the batch, got ${(bytes / 2 ** 30).toFixed(1)} GB (${rows} rows × ${width}). ` +
				"Keep it in the graph with tables: 'graph', or make it smaller.",
		);
	}

	#floats(address: number, rows: number): Float32Array {
		return new Float32Array(this.#memory.buffer, address, rows * this.#plan.width);
	}
}

function aligned(bytes: number): number {
	return Math.ceil(bytes / line) * line;
}
