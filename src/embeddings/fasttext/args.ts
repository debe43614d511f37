// The arguments that a fastText file keeps, and their numbers there.

/** How a model was trained. */
export type FastTextKind = 'cbow' | 'skipgram' | 'supervised';

/** What it was trained to lessen. */
export type FastTextLoss = 'hs' | 'ns' | 'softmax' | 'ova';

/** fastText's arguments, as its files have them. */
export interface FastTextArgs {
	readonly model: FastTextKind;
	readonly loss: FastTextLoss;
	/** Numbers of a vector. */
	readonly dim: number;
	/** Size of the context window. */
	readonly ws: number;
	readonly epoch: number;
	readonly minCount: number;
	/** Negative samples for each target. */
	readonly neg: number;
	/** The longest row of words that has a bucket. */
	readonly wordNgrams: number;
	/** Rows for n-grams, of characters and of words. */
	readonly bucket: number;
	/** The shortest and the longest n-gram of characters; `maxn` 0: none. */
	readonly minn: number;
	readonly maxn: number;
	/** Tokens of a thread between two looks at the learning rate. */
	readonly lrUpdateRate: number;
	/** Threshold of subsampling. */
	readonly t: number;
}

/** The whole numbers of the arguments in the order of a file; `t`, a float64, follows. */
export const argOrder = [
	'dim',
	'ws',
	'epoch',
	'minCount',
	'neg',
	'wordNgrams',
	'loss',
	'model',
	'bucket',
	'minn',
	'maxn',
	'lrUpdateRate',
] as const satisfies readonly (keyof FastTextArgs)[];

/** Losses and kinds by their numbers in a file, from 1. */
export const lossOrder: readonly FastTextLoss[] = ['hs', 'ns', 'softmax', 'ova'];
export const kindOrder: readonly FastTextKind[] = ['cbow', 'skipgram', 'supervised'];
