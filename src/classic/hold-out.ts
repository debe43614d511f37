// A share of the rows of each class put aside, by seed.
import { permutation } from '../base/index.js';
import type { Targets } from './targets.js';

/**
 * The rows to fit on and the rows put aside, in their order: of each class the same share, one row at least on either side.
 *
 * @throws {RangeError} for a class of one row.
 */
export function holdOut(
	who: string,
	{ classes, targets }: Targets,
	{ share, seed }: { share: number; seed: number },
): { fit: number[]; aside: number[] } {
	const rows = classes.map((): number[] => []);
	for (const [row, target] of targets.entries()) rows[target]!.push(row);
	const chosen = new Set<number>();
	for (const [place, mine] of rows.entries()) {
		if (mine.length < 2) {
			throw new RangeError(
				`${who}: expected two rows of each class to calibrate on some, got ${mine.length} of '${classes[place]}'. Add rows, or leave calibration out.`,
			);
		}
		const count = Math.min(Math.max(Math.round(share * mine.length), 1), mine.length - 1);
		for (const at of permutation(mine.length, seed, place).subarray(0, count)) chosen.add(mine[at]!);
	}
	const all = Array.from(targets.keys());
	return { fit: all.filter((row) => !chosen.has(row)), aside: all.filter((row) => chosen.has(row)) };
}
