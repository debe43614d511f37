// An embedding table in host memory: rows are copied into the graph's input, their gradients are summed by row and applied.
import type { Optimizer } from '../optim/index.js';
import type { TablePlan } from './training-graph.js';

/** A table with its optimizer's state. Rows that a batch does not touch stay as they are. */
export class Table {
	readonly weights: Float32Array;
	readonly state: readonly Float32Array[];
	readonly #plan: TablePlan;
	readonly #optimizer: Optimizer;
	/** For each row of the table, its place among those touched in this step, plus one; 0 between steps. */
	readonly #place: Int32Array;
	#ids = new Int32Array(0);
	#sums = new Float32Array(0);

	constructor(plan: TablePlan, optimizer: Optimizer, weights: Float32Array) {
		this.#plan = plan;
		this.#optimizer = optimizer;
		this.weights = weights;
		this.state = optimizer.slots.map(() => new Float32Array(weights.length));
		this.#place = new Int32Array(plan.rows);
	}

	/** Copies the rows of `ids` into `out`, one after the other. */
	gather(ids: Int32Array, out: Float32Array): void {
		const { width } = this.#plan;
		const { weights } = this;
		for (let at = 0, to = 0; at < ids.length; at++) {
			const from = ids[at]! * width;
			for (let i = from; i < from + width; i++) out[to++] = weights[i]!;
		}
	}

	/** Sums the gradients of equal ids, in order, and updates their rows. */
	update(ids: Int32Array, gradient: Float32Array, { rate, step }: { rate: number; step: number }): void {
		const { width, frozenRow } = this.#plan;
		if (this.#ids.length < ids.length) {
			this.#ids = new Int32Array(ids.length);
			this.#sums = new Float32Array(ids.length * width);
		}
		const place = this.#place;
		const sums = this.#sums;
		let touched = 0;
		for (let at = 0, from = 0; at < ids.length; at++, from += width) {
			const id = ids[at]!;
			if (id === frozenRow) continue;
			const known = place[id]!;
			if (known === 0) {
				this.#ids[touched] = id;
				place[id] = touched + 1;
				for (let i = 0, to = touched * width; i < width; i++) sums[to + i] = gradient[from + i]!;
				touched++;
			} else {
				for (let i = 0, to = (known - 1) * width; i < width; i++) sums[to + i] = sums[to + i]! + gradient[from + i]!;
			}
		}
		const rows = this.#ids.subarray(0, touched);
		for (const id of rows) place[id] = 0;
		this.#optimizer.updateRows({ table: this.weights, state: this.state, ids: rows, gradient: sums, width, rate, step });
	}
}
