// Labels as numbers, so that rows of one class are found by an index.
import { expectLabel, type Label } from './label.js';

/** The classes of rows. */
export interface Strata {
	/** The class of each row, in order of first appearance. */
	readonly codes: Uint32Array;
	/** The label of each class. */
	readonly names: readonly Label[];
	/** The rows of each class. */
	readonly counts: Uint32Array;
}

/** The classes of labels. Throws a TypeError for what is no label. */
export function strataOf(who: string, labels: ArrayLike<Label>): Strata {
	const known = new Map<Label, number>();
	const counts: number[] = [];
	const codes = new Uint32Array(labels.length);
	for (let row = 0; row < labels.length; row++) {
		const label = labels[row]!;
		let code = known.get(label);
		if (code === undefined) {
			expectLabel(who, label, row);
			code = counts.push(0) - 1;
			known.set(label, code);
		}
		codes[row] = code;
		counts[code]!++;
	}
	return { codes, names: [...known.keys()], counts: Uint32Array.from(counts) };
}
