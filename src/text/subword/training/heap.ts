// A binary heap: the item that `before` puts first comes out first.

/** A priority queue. `before` must be a strict order. */
export class Heap<T> {
	readonly #items: T[] = [];
	readonly #before: (a: T, b: T) => boolean;

	constructor(before: (a: T, b: T) => boolean) {
		this.#before = before;
	}

	push(item: T): void {
		const items = this.#items;
		let at = items.push(item) - 1;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (!this.#before(item, items[parent]!)) break;
			items[at] = items[parent]!;
			at = parent;
		}
		items[at] = item;
	}

	/** Takes the first item out; undefined when there is none. */
	pop(): T | undefined {
		const items = this.#items;
		const top = items[0];
		const last = items.pop();
		if (items.length === 0 || last === undefined) return top;
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= items.length) break;
			if (child + 1 < items.length && this.#before(items[child + 1]!, items[child]!)) child++;
			if (!this.#before(items[child]!, last)) break;
			items[at] = items[child]!;
			at = child;
		}
		items[at] = last;
		return top;
	}
}
