// The host table in plain JavaScript: the reference of its test, and the peer of its benchmark.
import type { Optimizer } from 'textloom';

/** What `Table` does, with one array for each thing. */
export class PlainTable {
	readonly weights: Float32Array;
	readonly state: readonly Float32Array[];
	readonly #width: number;
	readonly #frozenRow: number | undefined;
	readonly #optimizer: Optimizer;
	readonly #place: Int32Array;

	constructor({ width, frozenRow }: { width: number; frozenRow?: number }, optimizer: Optimizer, weights: Float32Array) {
		this.#width = width;
		this.#frozenRow = frozenRow;
		this.#optimizer = optimizer;
		this.weights = weights.slice();
		this.state = optimizer.slots.map(() => new Float32Array(weights.length));
		this.#place = new Int32Array(weights.length / width);
	}

	gather(ids: Int32Array, out: Float32Array): void {
		const width = this.#width;
		const { weights } = this;
		for (let at = 0, to = 0; at < ids.length; at++) {
			const from = ids[at]! * width;
			for (let i = from; i < from + width; i++) out[to++] = weights[i]!;
		}
	}

	/** `sums` is room for as many rows as there are distinct ids. */
	update(ids: Int32Array, gradient: Float32Array, sums: Float32Array, { rate, step }: { rate: number; step: number }): void {
		const width = this.#width;
		const place = this.#place;
		const touched = new Int32Array(ids.length);
		let count = 0;
		for (let at = 0, from = 0; at < ids.length; at++, from += width) {
			const id = ids[at]!;
			if (id === this.#frozenRow) continue;
			const known = place[id]!;
			if (known === 0) {
				touched[count++] = id;
				place[id] = count;
				for (let i = 0, to = (count - 1) * width; i < width; i++) sums[to + i] = gradient[from + i]!;
			} else {
				for (let i = 0, to = (known - 1) * width; i < width; i++) sums[to + i] = sums[to + i]! + gradient[from + i]!;
			}
		}
		const rows = touched.subarray(0, count);
		for (const id of rows) place[id] = 0;
		this.#optimizer.updateRows!({ name: 'words', table: this.weights, state: this.state, ids: rows, gradient: sums, width, rate, step });
	}
}
