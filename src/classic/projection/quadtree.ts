// A tree of squares over points of the plane, for forces of far points taken together (Barnes & Hut 1986), in arrays that are used again.

/** Below this depth points of one square stay together: they are as good as equal. */
const deepest = 40;
/** Numbers of a node in `nodes`: its centre of mass, how many points it has, and its squared width. */
const size = 4;

/** The tree. A walk goes from node to node + 1, its first child, or to `after[node]`, past all that is in it. */
export class Quadtree {
	/** x, y, points and squared width of each node; the width of a leaf is −1. */
	nodes = new Float64Array(0);
	after = new Int32Array(0);
	count = 0;
	/** Points in the order of the leaves. */
	readonly #order: Int32Array;
	readonly #moved: Int32Array;
	#points: Float64Array = new Float64Array(0);

	constructor(points: number) {
		this.#order = new Int32Array(points);
		this.#moved = new Int32Array(points);
		this.#grow(4 * points + 64);
	}

	/** Builds it anew over points, x and y of each. */
	build(points: Float64Array): void {
		let [left, right, top, bottom] = [points[0]!, points[0]!, points[1]!, points[1]!];
		for (let at = 0; at < points.length; at += 2) {
			left = Math.min(left, points[at]!);
			right = Math.max(right, points[at]!);
			top = Math.min(top, points[at + 1]!);
			bottom = Math.max(bottom, points[at + 1]!);
		}
		this.#points = points;
		this.count = 0;
		for (let i = 0; i < this.#order.length; i++) this.#order[i] = i;
		this.#add(0, this.#order.length, (left + right) / 2, (top + bottom) / 2, Math.max(right - left, bottom - top) / 2, 0);
	}

	/** A node of the points from `from` up to `to` of the order, and all that is in it. */
	#add(from: number, to: number, x: number, y: number, half: number, depth: number): void {
		const node = this.count++;
		if (node >= this.after.length) this.#grow(2 * node);
		const [points, order] = [this.#points, this.#order];
		let [sumX, sumY] = [0, 0];
		for (let i = from; i < to; i++) {
			sumX += points[2 * order[i]!]!;
			sumY += points[2 * order[i]! + 1]!;
		}
		const leaf = to - from === 1 || depth === deepest || half === 0;
		const at = node * size;
		this.nodes[at] = sumX / (to - from);
		this.nodes[at + 1] = sumY / (to - from);
		this.nodes[at + 2] = to - from;
		this.nodes[at + 3] = leaf ? -1 : (2 * half) ** 2;
		if (!leaf) {
			const middle = this.#part(from, to, 1, y);
			const upper = this.#part(from, middle, 0, x);
			const lower = this.#part(middle, to, 0, x);
			const quarter = half / 2;
			if (upper > from) this.#add(from, upper, x - quarter, y - quarter, quarter, depth + 1);
			if (middle > upper) this.#add(upper, middle, x + quarter, y - quarter, quarter, depth + 1);
			if (lower > middle) this.#add(middle, lower, x - quarter, y + quarter, quarter, depth + 1);
			if (to > lower) this.#add(lower, to, x + quarter, y + quarter, quarter, depth + 1);
		}
		this.after[node] = this.count;
	}

	/** Moves points below a limit to the front, others behind them, each in their order; returns where the others begin. */
	#part(from: number, to: number, axis: 0 | 1, limit: number): number {
		const [points, order, moved] = [this.#points, this.#order, this.#moved];
		let [low, high] = [from, 0];
		for (let i = from; i < to; i++) {
			const point = order[i]!;
			if (points[2 * point + axis]! < limit) order[low++] = point;
			else moved[high++] = point;
		}
		for (let i = 0; i < high; i++) order[low + i] = moved[i]!;
		return low;
	}

	#grow(nodes: number): void {
		const old = { nodes: this.nodes, after: this.after };
		this.nodes = new Float64Array(nodes * size);
		this.after = new Int32Array(nodes);
		this.nodes.set(old.nodes);
		this.after.set(old.after);
	}
}
