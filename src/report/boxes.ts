// Rectangles and points found by where they are: a grid of cells.

/** A rectangle. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Whether two rectangles have more than an edge in common. */
export const overlap = (a: Box, b: Box): boolean =>
	a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Whether the line from one point to another meets a rectangle (Liang & Barsky 1984). */
export function crosses(x: number, y: number, toX: number, toY: number, box: Box): boolean {
	let [from, to] = [0, 1];
	for (const [start, step, least, most] of [
		[x, toX - x, box.x, box.x + box.width],
		[y, toY - y, box.y, box.y + box.height],
	] as const) {
		if (step === 0) {
			if (start <= least || start >= most) return false;
			continue;
		}
		const [a, b] = [(least - start) / step, (most - start) / step];
		from = Math.max(from, Math.min(a, b));
		to = Math.min(to, Math.max(a, b));
	}
	return from < to;
}

/** Boxes by number, and what is near them. */
export class Grid {
	readonly #size: number;
	readonly #cells = new Map<number, number[]>();
	readonly #boxes = new Map<number, Box>();

	constructor(size: number) {
		this.#size = size;
	}

	add(id: number, box: Box): void {
		this.#boxes.set(id, box);
		for (const cell of this.#over(box)) {
			const own = this.#cells.get(cell);
			if (own) own.push(id);
			else this.#cells.set(cell, [id]);
		}
	}

	remove(id: number): void {
		for (const cell of this.#over(this.#boxes.get(id)!)) {
			const own = this.#cells.get(cell)!;
			own.splice(own.indexOf(id), 1);
		}
		this.#boxes.delete(id);
	}

	/** The numbers of the boxes that overlap one, rising. */
	overlapping(box: Box): number[] {
		const found = new Set<number>();
		for (const cell of this.#over(box)) {
			for (const id of this.#cells.get(cell) ?? []) if (overlap(this.#boxes.get(id)!, box)) found.add(id);
		}
		return [...found].sort((a, b) => a - b);
	}

	/** How many boxes a line meets. */
	crossing(x: number, y: number, toX: number, toY: number): number {
		const box = { x: Math.min(x, toX), y: Math.min(y, toY), width: Math.abs(toX - x) + 1e-9, height: Math.abs(toY - y) + 1e-9 };
		return this.overlapping(box).filter((id) => crosses(x, y, toX, toY, this.#boxes.get(id)!)).length;
	}

	#over({ x, y, width, height }: Box): number[] {
		const cells: number[] = [];
		const place = (value: number) => Math.floor(value / this.#size);
		for (let row = place(y); row <= place(y + height); row++) {
			for (let column = place(x); column <= place(x + width); column++) cells.push(row * 65536 + column);
		}
		return cells;
	}
}
