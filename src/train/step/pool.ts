// Arrays that are used again: fresh memory is touched page by page, and calls for the garbage collector.

/** Arrays of float32 by their names; each grows to the largest length that was asked for. */
export class Pool {
	readonly #arrays = new Map<string, Float32Array>();

	/** An array of this length. What it held is left in it; it is used again at the next call with the name. */
	take(name: string, length: number): Float32Array {
		const known = this.#arrays.get(name);
		if (known && known.length >= length) return known.subarray(0, length);
		const made = new Float32Array(length);
		this.#arrays.set(name, made);
		return made;
	}
}
