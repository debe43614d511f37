// A data set in memory, ready to be cut into batches: the numbers of all documents, one array for each input. 120,000 news texts take 20 MB.
import { zeroTensor } from '../../graph/index.js';
import { documents, type Source } from '../../stream/index.js';
import { hashOf, type Samples } from '../fit/samples.js';
import { type Arrays, batched, type Inputs, type Padding } from './arrays.js';

/** The numbers of documents. */
export interface Dataset {
	readonly size: number;
	/** The numbers of a document, as views. */
	at(doc: number): Arrays;
	/** The sizes of all documents along each named axis. */
	readonly lengths: Readonly<Record<string, Uint32Array>>;
	fingerprint(): string;
}

/** One input of all documents, one after the other. */
class Column {
	#data: Int32Array;
	#filled = 0;
	readonly #starts: number[] = [];
	readonly #shapes: number[] = [];
	readonly #rank: number;

	constructor({ dtype, shape }: Inputs[string]) {
		this.#data = zeroTensor(dtype, [1 << 10]).data as Int32Array;
		this.#rank = shape.length - 1;
	}

	add({ data, shape }: Arrays[string]): void {
		if (this.#filled + data.length > this.#data.length) {
			const kind = this.#data.constructor as Int32ArrayConstructor;
			const larger = new kind(Math.max(2 * this.#data.length, this.#filled + data.length));
			larger.set(this.#data.subarray(0, this.#filled));
			this.#data = larger;
		}
		this.#data.set(data, this.#filled);
		this.#starts.push(this.#filled);
		this.#shapes.push(...shape);
		this.#filled += data.length;
	}

	at(doc: number): Arrays[string] {
		const data = this.#data.subarray(this.#starts[doc]!, this.#starts[doc + 1] ?? this.#filled);
		return { data, shape: this.#shapes.slice(doc * this.#rank, (doc + 1) * this.#rank) };
	}

	/** The size of a document along an axis of its own, the first of which is number 0. */
	sizeAt(doc: number, axis: number): number {
		return this.#shapes[doc * this.#rank + axis]!;
	}

	/** All that it holds, to be hashed. */
	get all(): ArrayBufferView[] {
		return [this.#data.subarray(0, this.#filled), Uint32Array.from(this.#shapes)];
	}
}

/** Collects documents as numbers. */
export async function pack(docs: Source<object>, inputs: Inputs, arraysOf: (doc: never) => Arrays): Promise<Dataset> {
	const columns = Object.entries(inputs).map(([name, input]) => ({ name, input, column: new Column(input) }));
	let size = 0;
	for await (const chunk of documents(docs).chunks()) {
		for (const doc of chunk) {
			const arrays = arraysOf(doc as never);
			for (const { name, column } of columns) column.add(arrays[name]!);
		}
		size += chunk.length;
	}
	const at = (doc: number) => Object.fromEntries(columns.map(({ name, column }) => [name, column.at(doc)]));
	const axes = columns.flatMap(({ input, column }) =>
		input.shape.slice(1).flatMap((axis, place) => (typeof axis === 'string' ? [{ axis, column, place }] : [])),
	);
	const lengths: Record<string, Uint32Array> = {};
	for (const { axis, column, place } of axes) {
		const found = Uint32Array.from({ length: size }, (_, doc) => column.sizeAt(doc, place));
		lengths[axis] = lengths[axis]?.map((length, doc) => Math.max(length, found[doc]!)) ?? found;
	}
	return { size, at, lengths, fingerprint: () => hashOf(...columns.flatMap(({ name, column }) => [name, ...column.all])) };
}

/** The documents as samples: those of a batch are padded to the longest of them, and to the least sizes. */
export function samplesIn({ size, at, lengths, fingerprint }: Dataset, inputs: Inputs, padding: Padding): Samples {
	const least = (axis: string, all: Uint32Array) => all.map((length) => Math.max(length, padding.least?.[axis] ?? 0));
	return {
		size,
		lengths: Object.fromEntries(Object.entries(lengths).map(([axis, all]) => [axis, least(axis, all)])),
		batch: (docs) => batched(Array.from(docs, at), inputs, padding),
		fingerprint,
	};
}
