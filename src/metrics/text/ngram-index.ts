// The n-grams of a text's references as a tree, in which those of a hypothesis are looked for: of n-grams that go on from none nothing is made.

/** Sequences of numbers from 0 on, as many as an order at most. */
export interface NgramIndex {
	/** Forgets all, at once. */
	clear(): void;
	/** Adds the sequences of a reference below a root. Of several below one root, each counts as often as in the one that has it most often. */
	add(root: number, tokens: Int32Array): void;
	/** Adds to `counts[at + n − 1]` how many sequences of n numbers are below a root, each as often as it counts there. */
	match(root: number, tokens: Int32Array, counts: Float64Array, at: number): void;
}

/** Words of a slot: parent, token, node, and the time it was taken at: what is from before the last `clear` is free. */
const slotWords = 4;

/** An index of sequences of 1 … `order` numbers. Roots are numbers from 0. */
export function ngramIndex(order: number): NgramIndex {
	let slots = new Int32Array(1024 * slotWords);
	let [size, time, texts] = [0, 1, 0];
	// Of each node: how often it counts, how often it was seen in a text, and which text that was.
	let limits = new Int32Array(512);
	let seen = new Int32Array(512);
	let seenIn = new Int32Array(512);

	/** The slot of a node, or the free one where it would be. */
	const slotOf = (parent: number, token: number) => {
		const mask = slots.length - 1;
		let h = Math.imul(parent, 0x9e3779b1) ^ Math.imul(token, 0x85ebca6b);
		h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
		for (let at = ((h ^ (h >>> 15)) * slotWords) & mask; ; at = (at + slotWords) & mask) {
			if (slots[at + 3] !== time || (slots[at] === parent && slots[at + 1] === token)) return at;
		}
	};
	const put = (at: number, parent: number, token: number, node: number) => {
		slots[at] = parent;
		slots[at + 1] = token;
		slots[at + 2] = node;
		slots[at + 3] = time;
	};
	const grow = () => {
		const old = slots;
		slots = new Int32Array(old.length * 2);
		for (let from = 0; from < old.length; from += slotWords) {
			if (old[from + 3] === time) put(slotOf(old[from]!, old[from + 1]!), old[from]!, old[from + 1]!, old[from + 2]!);
		}
		[limits, seen, seenIn] = [limits, seen, seenIn].map((array) => {
			const longer = new Int32Array(array.length * 2);
			longer.set(array);
			return longer;
		}) as [Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>];
	};
	const found = (parent: number, token: number) => {
		const at = slotOf(parent, token);
		return slots[at + 3] === time ? slots[at + 2]! : -1;
	};
	const made = (parent: number, token: number) => {
		const at = slotOf(parent, token);
		if (slots[at + 3] === time) return slots[at + 2]!;
		const node = size++;
		put(at, parent, token, node);
		limits[node] = 0;
		// At most half full.
		if (size * slotWords * 2 > slots.length - slotWords) grow();
		return node;
	};
	/** How often a node was seen in the text, this time included. */
	const count = (node: number) => {
		if (seenIn[node] !== texts) {
			seenIn[node] = texts;
			seen[node] = 0;
		}
		return ++seen[node]!;
	};

	return {
		clear() {
			size = 0;
			time++;
		},
		add(root, tokens) {
			texts++;
			for (let first = 0; first < tokens.length; first++) {
				const end = Math.min(first + order, tokens.length);
				for (let at = first, node = -1 - root; at < end; at++) {
					node = made(node, tokens[at]!);
					const times = count(node);
					if (times > limits[node]!) limits[node] = times;
				}
			}
		},
		match(root, tokens, counts, at) {
			texts++;
			for (let first = 0; first < tokens.length; first++) {
				const end = Math.min(first + order, tokens.length);
				for (let last = first, node = -1 - root; last < end; last++) {
					node = found(node, tokens[last]!);
					if (node < 0) break;
					if (count(node) <= limits[node]!) counts[at + last - first]!++;
				}
			}
		},
	};
}
