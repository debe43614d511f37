// What a fastText file holds.
import type { FastTextArgs } from './args.js';
import type { FastTextDictionary } from './dictionary.js';
import type { FastTextMatrix } from './matrix.js';

/** How each file begins. */
export const fileMagic = 793712314;
/** The version that is written; the one before is read, too. */
export const fileVersion = 12;

/** A model as it lies in a `.bin` or `.ftz` file. */
export interface FastTextFile {
	readonly args: FastTextArgs;
	readonly dictionary: FastTextDictionary;
	/** A row for each word, then one for each bucket. */
	readonly input: FastTextMatrix;
	/** A row for each label or, of unsupervised models, each word; with the loss `hs` for each node of the tree. */
	readonly output: FastTextMatrix;
}
