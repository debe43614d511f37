// The edges of a slice: where it begins and ends.
import { addDim, type Dim, differenceDims, minDim } from '../dim.js';

/** Beyond any size: "to the end" for Slice. */
export const toEnd = 2 ** 31 - 1;

/** One end of a slice: an offset from the front, or from the end. */
export interface Edge {
	readonly offset: number;
	readonly fromEnd: boolean;
	/** Where it lies at least: 1 for the beginning of a way back, which a place before the first element makes the first one, too. */
	readonly least?: 0 | 1;
}

const edge = (bound: number, by: number): Edge =>
	bound >= toEnd
		? { offset: 0, fromEnd: true }
		: bound <= -toEnd
			? { offset: 0, fromEnd: false }
			: { offset: bound + by, fromEnd: bound < 0 };

/** The elements a slice walks over, in rising order: from `low` to before `high`. Backwards it begins at `high` - 1 and stops after `low`. */
export function sliceEdges(from: number, to: number, step: number): { low: Edge; high: Edge } {
	return step > 0 ? { low: edge(from, 0), high: edge(to, 0) } : { low: edge(to, 1), high: { ...edge(from, 1), least: 1 } };
}

/** Where an edge lies among `dim` elements: at an end where there are fewer. Of 3 elements the edge 5 lies at 3; of `time` at `min(time,5)`. */
export function placeOf({ offset, fromEnd, least = 0 }: Edge, dim: Dim): Dim {
	if (typeof dim === 'number') return Math.min(Math.max(fromEnd ? dim + offset : offset, least), dim);
	// max(dim + offset, least) = dim + least - min(dim, least - offset)
	return fromEnd ? differenceDims(addDim(dim, least), minDim(dim, least - offset)) : minDim(dim, Math.max(offset, least));
}
