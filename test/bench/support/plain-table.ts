// The host table in plain JavaScript: the reference of its test, and the peer of its benchmark.
import type { Optimizer, RowOperation } from 'textloom/optim';

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
		for (const operation of this.#optimizer.updateRows!({ names: ['words'], rate, step })) this.#operate(operation, rows, sums);
		for (const [slot, { idleDecay = 1 }] of this.#optimizer.slots.entries()) {
			const numbers = this.state[slot]!;
			for (let at = 0; at < numbers.length; at++) if (!rows.includes(Math.floor(at / width))) numbers[at]! *= idleDecay;
		}
	}

	/** An instruction by its formula, a number at a time. */
	#operate(operation: RowOperation, rows: Int32Array, gradient: Float32Array): void {
		const width = this.#width;
		const { weights: w, state } = this;
		const length = rows.length * width;
		const norm = Math.sqrt(gradient.subarray(0, length).reduce((sum, g) => sum + g * g, 0));
		for (let from = 0; from < length; from++) {
			const at = rows[Math.floor(from / width)]! * width + (from % width);
			const g = gradient[from]!;
			switch (operation.do) {
				case 'sgd':
					w[at]! -= operation.rate * g;
					break;
				case 'adam': {
					const [m, v] = operation.slots.map((slot) => state[slot]!) as [Float32Array, Float32Array];
					m[at] = operation.beta1 * m[at]! + g;
					v[at] = operation.beta2 * v[at]! + g * g;
					w[at]! -= (operation.a * m[at]!) / (Math.sqrt(v[at]!) + operation.e);
					break;
				}
				case 'adagrad': {
					const sum = state[operation.slot]!;
					sum[at]! += g * g;
					w[at]! -= (operation.rate * g) / (Math.sqrt(sum[at]! + operation.accumulator) + operation.epsilon);
					break;
				}
				case 'clipNorm':
					gradient[from] = g * Math.min(1, operation.norm / (norm + 1e-6));
					break;
				case 'clipValue':
					gradient[from] = Math.min(operation.value, Math.max(-operation.value, g));
					break;
				case 'penalty':
					gradient[from] = g + operation.l1 * Math.sign(w[at]!) + operation.l2 * w[at]!;
					break;
				case 'decay':
					w[at]! *= operation.share;
					break;
				case 'averageBefore':
					state[operation.slot]![at]! += w[at]!;
					break;
				case 'averageAfter':
					state[operation.slot]![at] = operation.share * (state[operation.slot]![at]! - w[at]!);
			}
		}
	}
}
