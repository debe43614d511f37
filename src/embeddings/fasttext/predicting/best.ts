// The most probable labels. Equal ones come in the order of fastText built with libstdc++: that of its heap.

/** A label by its number, and its probability. */
export interface Scored {
	readonly number: number;
	readonly score: number;
}

interface Item extends Scored {
	readonly key: number;
}

/** What is asked for. */
export interface Asked {
	readonly k: number;
	readonly threshold: number;
	/** What is added to a probability before its logarithm is taken, which is what fastText compares, with 32 bits. */
	readonly plus: number;
}

/** The `k` largest probabilities from `threshold` on, falling. */
export function bestOf(probabilities: Float64Array, { k, threshold, plus }: Asked): Scored[] {
	const heap: Item[] = [];
	for (let number = 0; number < probabilities.length; number++) {
		const score = probabilities[number]!;
		if (score < threshold) continue;
		const key = Math.fround(Math.log(plus === 0 ? score : Math.fround(score) + plus));
		if (heap.length === k && key < heap[0]!.key) continue;
		heap.push({ number, score, key });
		rise(heap, heap.length - 1, heap.at(-1)!);
		if (heap.length <= k) continue;
		leastToEnd(heap, heap.length);
		heap.pop();
	}
	for (let size = heap.length; size > 1; size--) leastToEnd(heap, size);
	return heap.map(({ number, score }) => ({ number, score }));
}

/** Moves the hole up to where the item belongs: the least is on top. */
function rise(heap: Item[], from: number, item: Item): void {
	let hole = from;
	for (let parent = (hole - 1) >> 1; hole > 0 && heap[parent]!.key > item.key; parent = (hole - 1) >> 1) {
		heap[hole] = heap[parent]!;
		hole = parent;
	}
	heap[hole] = item;
}

/** Takes the least of the first `size` to their end. */
function leastToEnd(heap: Item[], size: number): void {
	const [last, length] = [heap[size - 1]!, size - 1];
	heap[length] = heap[0]!;
	let [hole, child] = [0, 0];
	while (child < (length - 1) >> 1) {
		child = 2 * (child + 1);
		if (heap[child]!.key > heap[child - 1]!.key) child--;
		heap[hole] = heap[child]!;
		hole = child;
	}
	if (length % 2 === 0 && child === (length - 2) >> 1) {
		child = 2 * (child + 1);
		heap[hole] = heap[child - 1]!;
		hole = child - 1;
	}
	rise(heap, hole, last);
}
