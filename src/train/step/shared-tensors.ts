// Numbers of a run's parameters in memory that threads share.
import { sizeOf, type Tensor } from '../../graph/index.js';
import type { ParameterState } from './training-plan.js';
import type { Tensors } from './turns.js';

type Floats = Float32Array<SharedArrayBuffer> | Float64Array<SharedArrayBuffer>;

type Kind = { readonly BYTES_PER_ELEMENT: number; new (buffer: SharedArrayBuffer, at: number, length: number): Floats };

const kinds = { float32: Float32Array, float64: Float64Array } as unknown as Readonly<Record<string, Kind>>;

/** Each tensor begins on a cache line. */
const line = 64;

/** Tensors of some parameters, one after the other in one buffer. ONNX Runtime refuses shared memory: numbers are copied in and out. */
export class SharedTensors {
	readonly buffer: SharedArrayBuffer;
	readonly #views: ReadonlyMap<string, Floats>;

	constructor(plans: readonly ParameterState[], buffer?: SharedArrayBuffer) {
		let size = 0;
		const places = plans.map(({ name, dtype, shape }) => {
			const kind = kinds[dtype]!;
			const [at, length] = [size, sizeOf(shape)];
			size = Math.ceil((size + length * kind.BYTES_PER_ELEMENT) / line) * line;
			return { name, kind, at, length };
		});
		this.buffer = buffer ?? new SharedArrayBuffer(size);
		this.#views = new Map(places.map(({ name, kind, at, length }) => [name, new kind(this.buffer, at, length)]));
	}

	/** Writes tensors, of which each has the name of its parameter, or that which `named` makes of it. */
	write(tensors: Tensors, named = (name: string) => name): void {
		for (const [name, view] of this.#views) view.set(tensors[named(name)]!.data as Float32Array);
	}

	/** Reads into tensors. */
	read(tensors: Tensors): void {
		for (const [name, view] of this.#views) (tensors[name]!.data as Float32Array).set(view);
	}

	/** Adds to tensors. */
	addTo(tensors: Tensors, named = (name: string) => name): void {
		for (const [name, view] of this.#views) added(tensors[named(name)]!, view);
	}
}

function added({ data }: Tensor, view: Floats): void {
	const sum = data as Float32Array;
	for (let i = 0; i < sum.length; i++) sum[i]! += view[i]!;
}
