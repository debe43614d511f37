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

/** Things by number in the cells of a grid over an area. */
class Cells {
	readonly cells: number[][];
	readonly #area: Box;
	readonly #size: number;
	readonly #columns: number;

	constructor(area: Box, size: number) {
		this.#area = area;
		this.#size = size;
		this.#columns = Math.floor(area.width / size) + 1;
		this.cells = Array.from({ length: this.#columns * (Math.floor(area.height / size) + 1) }, () => []);
	}

	/** The cells that a box lies over; what is outside of the area belongs to the cells at its edge. */
	over({ x, y, width, height }: Box): number[][] {
		const column = (value: number) => Math.min(Math.max(Math.floor((value - this.#area.x) / this.#size), 0), this.#columns - 1);
		const row = (value: number) =>
			Math.min(Math.max(Math.floor((value - this.#area.y) / this.#size), 0), this.cells.length / this.#columns - 1);
		const [left, right, bottom] = [column(x), column(x + width), row(y + height)];
		const found: number[][] = [];
		for (let line = row(y); line <= bottom; line++) {
			for (let at = line * this.#columns + left, end = line * this.#columns + right; at <= end; at++) found.push(this.cells[at]!);
		}
		return found;
	}
}

/** Boxes by number, and which of them others overlap. */
export class BoxGrid {
	readonly #cells: Cells;
	readonly #boxes = new Map<number, Box>();

	constructor(area: Box) {
		this.#cells = new Cells(area, 48);
	}

	add(id: number, box: Box): void {
		this.#boxes.set(id, box);
		for (const cell of this.#cells.over(box)) cell.push(id);
	}

	remove(id: number): void {
		for (const cell of this.#cells.over(this.#boxes.get(id)!)) cell.splice(cell.indexOf(id), 1);
		this.#boxes.delete(id);
	}

	/** The numbers of boxes that overlap one: all, or the first so many that are found. */
	overlapping(box: Box, most = Number.POSITIVE_INFINITY): number[] {
		const found: number[] = [];
		for (const cell of this.#cells.over(box)) {
			for (const id of cell) {
				if (!overlap(this.#boxes.get(id)!, box) || found.includes(id)) continue;
				found.push(id);
				if (found.length === most) return found;
			}
		}
		return found;
	}

	/** How many boxes a line meets. */
	crossing(x: number, y: number, toX: number, toY: number): number {
		const box = { x: Math.min(x, toX), y: Math.min(y, toY), width: Math.abs(toX - x) + 1e-9, height: Math.abs(toY - y) + 1e-9 };
		return this.overlapping(box).filter((id) => crosses(x, y, toX, toY, this.#boxes.get(id)!)).length;
	}
}

/** Points of one size, and how many of them a box covers. */
export class PointGrid {
	readonly #cells: Cells;
	readonly #points: readonly (readonly [x: number, y: number])[];
	readonly #radius: number;

	constructor(area: Box, points: readonly (readonly [x: number, y: number])[], radius: number) {
		this.#cells = new Cells(area, 24);
		this.#points = points;
		this.#radius = radius;
		for (const [id, [x, y]] of points.entries()) this.#cells.over({ x, y, width: 0, height: 0 })[0]!.push(id);
	}

	/** How many are covered, `most` at most. */
	under({ x, y, width, height }: Box, most: number): number {
		const r = this.#radius;
		let count = 0;
		for (const cell of this.#cells.over({ x: x - r, y: y - r, width: width + 2 * r, height: height + 2 * r })) {
			for (const id of cell) {
				const [pointX, pointY] = this.#points[id]!;
				if (pointX <= x - r || pointX >= x + width + r || pointY <= y - r || pointY >= y + height + r) continue;
				count++;
				if (count === most) return count;
			}
		}
		return count;
	}
}
