// Where labels of points go, so that none overlaps another: candidates around each point, the best that is free, then rounds in which labels make room.
import { type Box, BoxGrid, PointGrid } from './boxes.js';

/** A label to place: its point and its size. */
export interface Label {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Where a label is. */
export interface Placed extends Box {
	/** Where the line from its point ends, for a label that is not beside it. */
	readonly leader?: readonly [x: number, y: number];
}

/** What labels are placed among. */
export interface Surroundings {
	/** Where they must be. */
	readonly area: Box;
	/** Points that are better not covered: x and y of each. */
	readonly points: readonly (readonly [x: number, y: number])[];
	/** How large these are. */
	readonly radius: number;
	/** Whether labels may be at a distance, with a line to their point. */
	readonly leaders: boolean;
}

interface Candidate extends Placed {
	/** What is against it whatever else is there. */
	readonly cost: number;
}

/** Directions of labels beside their point, the best first. */
const beside = [
	[1, 0],
	[0, -1],
	[0, 1],
	[-1, 0],
	[1, -1],
	[1, 1],
	[-1, -1],
	[-1, 1],
] as const;
/** Distances of labels with a line, in heights of a label; and in how many directions. */
const far = [1, 2, 3.5];
const directions = 12;
const rounds = 3;
/** Points under a label that count: where there are more, one place is as bad as another. */
const mostCovered = 8;
/** Places from which a label asks others away. */
const asked = 12;

/** Places labels, the first before the others; undefined for those that find no place. The same labels are placed alike each time. */
export function placeLabels(labels: readonly Label[], around: Surroundings): (Placed | undefined)[] {
	const points = new PointGrid(around.area, around.points, around.radius);
	const candidates = labels.map((label) => candidatesOf(label, points, around));
	const grid = new BoxGrid(around.area);
	const chosen: (Candidate | undefined)[] = labels.map(() => undefined);
	const put = (id: number, candidate: Candidate | undefined) => {
		if (chosen[id]) grid.remove(id);
		if (candidate) grid.add(id, candidate);
		chosen[id] = candidate;
	};
	/** The free candidate of least cost; a line over other labels costs, too. */
	const best = (id: number): Candidate | undefined => {
		let [found, least]: [Candidate | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
		for (const candidate of candidates[id]!) {
			if (candidate.cost >= least || grid.overlapping(candidate, 1).length > 0) continue;
			const { x, y } = labels[id]!;
			const cost = candidate.cost + (candidate.leader ? 2 * grid.crossing(x, y, ...candidate.leader) : 0);
			if (cost < least) [found, least] = [candidate, cost];
		}
		return found;
	};
	for (let id = 0; id < labels.length; id++) put(id, best(id));
	for (let round = 0; round < rounds; round++) {
		let moved = false;
		for (let id = 0; id < labels.length; id++) {
			const old = chosen[id];
			put(id, undefined);
			// Where it was is free, so that there is always one again.
			put(id, best(id) ?? old);
			if (!chosen[id]) makeRoom(id);
			moved ||= chosen[id] !== old;
		}
		if (!moved) break;
	}

	/** Places a label where one other is, if that one finds another place. */
	function makeRoom(id: number): void {
		for (const candidate of candidates[id]!.slice(0, asked)) {
			const [other, ...more] = grid.overlapping(candidate, 2);
			if (other === undefined || more.length > 0) continue;
			const old = chosen[other];
			put(other, undefined);
			put(id, candidate);
			const next = best(other);
			if (next) {
				put(other, next);
				return;
			}
			put(id, undefined);
			put(other, old);
		}
	}
	return chosen.map((candidate) => {
		if (!candidate) return undefined;
		const { cost: _, ...placed } = candidate;
		return placed;
	});
}

/** Places of a label within the area, the cheapest first. */
function candidatesOf({ x, y, width, height }: Label, points: PointGrid, { area, radius, leaders }: Surroundings): Candidate[] {
	const inside = ({ x, y, width, height }: Box) =>
		x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height;
	const gap = radius + 2;
	const at = (centerX: number, centerY: number, cost: number, leader: boolean): Candidate[] => {
		const box = { x: centerX - width / 2, y: centerY - height / 2, width, height };
		if (!inside(box)) return [];
		const covered = points.under(box, mostCovered);
		const end = [clamp(x, box.x, box.x + width), clamp(y, box.y, box.y + height)] as const;
		return [{ ...box, cost: covered + cost, ...(leader && { leader: end }) }];
	};
	// In a corner the label's corner is at the point's edge.
	const near = beside.flatMap(([dx, dy], rank) => {
		const away = dx !== 0 && dy !== 0 ? gap * Math.SQRT1_2 : gap;
		return at(x + dx * (width / 2 + away), y + dy * (height / 2 + away), 0.02 * rank, false);
	});
	const distant = (leaders ? far : []).flatMap((distance, ring) =>
		Array.from({ length: directions }, (_, i) => i).flatMap((i) => {
			const [dx, dy] = [Math.cos((2 * Math.PI * i) / directions), Math.sin((2 * Math.PI * i) / directions)];
			const away = gap + distance * height;
			return at(x + dx * (away + width / 2), y + dy * (away + height / 2), 1.5 + ring + 0.01 * i, true);
		}),
	);
	return [...near, ...distant].sort((a, b) => a.cost - b.cost);
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
