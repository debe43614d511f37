// Words by their UTF-16 code units: a trie in one hash table of typed arrays, with the frequency and the tag of each node.

/** Numbers of a node in the table: its parent + 1 (0: the place is free), the code unit that leads to it, its frequency, its tag + 1. */
const width = 4;
const [parentAt, unitAt, frequencyAt, tagAt] = [0, 1, 2, 3] as const;

/** The greatest frequency of a word. */
export const greatestFrequency = 0x7fffffff;

/** ln n of small n; most words of a dictionary are rare. */
const logs = Float64Array.from({ length: 1 << 16 }, (_, n) => Math.log(n));

/**
 * A dictionary of words. A node is a word or the beginning of one (frequency 0), numbered from 1; 0 is the root, and what a step that leads
 * nowhere gives.
 */
export class Trie {
	/** The sum of all frequencies, as jieba counts it: what replaces a frequency is added, too. */
	total = 0;
	/** The names of tags. */
	readonly tags: string[] = [];
	#slots: Int32Array;
	#shift: number;
	#count = 0;
	#tagIds = new Map<string, number>();

	/** A trie over a table of zeros, whose length is a power of two, from 64 on. */
	constructor(slots: Int32Array = new Int32Array(1 << 12)) {
		this.#slots = slots;
		this.#shift = Math.clz32(slots.length / width) + 1;
	}

	/** A trie over a table that another one filled. */
	static over(slots: Int32Array, { total, count, tags }: { total: number; count: number; tags: readonly string[] }): Trie {
		const trie = new Trie(slots);
		trie.total = total;
		trie.#count = count;
		for (const tag of tags) trie.#tagId(tag);
		return trie;
	}

	/** Nodes. */
	get count(): number {
		return this.#count;
	}

	/** A trie of its own with the same words. */
	copy(): Trie {
		return Trie.over(new Int32Array(this.#slots), this);
	}

	/** The node that a code unit leads to, or 0. */
	step(node: number, unit: number): number {
		const slots = this.#slots;
		const parent = node + 1;
		const last = slots.length - width;
		let at = (hashOf(parent, unit) >>> this.#shift) * width;
		for (;;) {
			const found = slots[at]!;
			if (found === 0) return 0;
			if (found === parent && slots[at + unitAt] === unit) return (at >>> 2) + 1;
			at = at === last ? 0 : at + width;
		}
	}

	/** The node of a text, or 0. */
	find(text: string, from = 0, to: number = text.length): number {
		let node = 0;
		for (let at = from; at < to; at++) {
			node = this.step(node, text.charCodeAt(at));
			if (node === 0) return 0;
		}
		return node;
	}

	/** The frequency of a node; that of the root is 0. */
	frequency(node: number): number {
		return node === 0 ? 0 : this.#slots[(node - 1) * width + frequencyAt]!;
	}

	/** ln of the frequency of a node. */
	logOf(frequency: number): number {
		return frequency < logs.length ? logs[frequency]! : Math.log(frequency);
	}

	/** The tag of a node, or undefined. */
	tag(node: number): string | undefined {
		return node === 0 ? undefined : this.tags[this.#slots[(node - 1) * width + tagAt]! - 1];
	}

	/** Sets the frequency of a word, which is not empty, and its tag, where one is given. */
	set(text: string, from: number, to: number, frequency: number, tag: string | undefined): void {
		this.#makeRoom(to - from);
		let node = 0;
		for (let at = from; at < to; at++) {
			const unit = text.charCodeAt(at);
			node = this.step(node, unit) || this.#add(node, unit);
		}
		const slot = (node - 1) * width;
		this.#slots[slot + frequencyAt] = frequency;
		if (tag) this.#slots[slot + tagAt] = this.#tagId(tag) + 1;
		this.total += frequency;
	}

	#tagId(tag: string): number {
		let id = this.#tagIds.get(tag);
		if (id === undefined) {
			id = this.tags.push(tag) - 1;
			this.#tagIds.set(tag, id);
		}
		return id;
	}

	/** Room for so many more nodes: three in five places are taken at most. */
	#makeRoom(nodes: number): void {
		while ((this.#count + nodes) * 5 > (this.#slots.length / width) * 3) this.#grow();
	}

	#add(node: number, unit: number): number {
		const slots = this.#slots;
		let at = (hashOf(node + 1, unit) >>> this.#shift) * width;
		while (slots[at] !== 0) at = at === slots.length - width ? 0 : at + width;
		slots[at + parentAt] = node + 1;
		slots[at + unitAt] = unit;
		this.#count++;
		return (at >>> 2) + 1;
	}

	/** Twice the places. Nodes have other numbers then: each is placed after its parent. */
	#grow(): void {
		const old = this.#slots;
		this.#slots = new Int32Array(old.length * 2);
		this.#shift--;
		this.#count = 0;
		const moved = new Int32Array(old.length / width);
		const waiting: number[] = [];
		for (let first = 0; first < moved.length; first++) {
			for (let slot = first; old[slot * width] !== 0 && moved[slot] === 0; slot = old[slot * width]! - 2) {
				waiting.push(slot);
				if (old[slot * width] === 1) break;
			}
			for (let slot = waiting.pop(); slot !== undefined; slot = waiting.pop()) {
				const parent = old[slot * width]! - 1;
				const node = this.#add(parent === 0 ? 0 : moved[parent - 1]!, old[slot * width + unitAt]!);
				moved[slot] = node;
				const at = (node - 1) * width;
				this.#slots[at + frequencyAt] = old[slot * width + frequencyAt]!;
				this.#slots[at + tagAt] = old[slot * width + tagAt]!;
			}
		}
	}
}

function hashOf(parent: number, unit: number): number {
	const mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
	return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
}
