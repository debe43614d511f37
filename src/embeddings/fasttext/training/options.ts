// How a classifier is trained: fastText's options, in camel case, with its defaults.
import { availableParallelism } from 'node:os';
import { is, type Kind, type Kinds, OptionError } from '../../../base/index.js';
import type { VectorParts } from '../../vectors/parts.js';
import type { FastTextLoss } from '../args.js';
import type { FastTextFile } from '../file.js';

/** What is learned, and how; names and defaults are fastText's. */
export interface FastTextClassifierOptions {
	/** The learning rate of the first step; it falls to 0 in a straight line. Default 0.1; 0.05 with `from`. */
	readonly lr?: number;
	/** Numbers of a vector. Default 100. */
	readonly dim?: number;
	/** How often the text is read. Default 5; 3 with `from`. */
	readonly epoch?: number;
	/** How often a word must occur to have a vector. Default 1. */
	readonly minCount?: number;
	/** How often a label must occur to be one. Default 0. */
	readonly minCountLabel?: number;
	/** The longest row of words that has a vector, by its hash. Default 1. */
	readonly wordNgrams?: number;
	/**
	 * `softmax` (default): one label of all; `hs`: the same by a binary tree, for many labels; `ns`: by negative samples; `ova`: each label for itself, for texts of
	 * several labels.
	 */
	readonly loss?: FastTextLoss;
	/** Vectors for n-grams, of words and of characters, which share them by their hashes. Default 2,000,000; none where there are no n-grams. */
	readonly bucket?: number;
	/** Length of the n-grams of characters. Default 0: none. */
	readonly minn?: number;
	readonly maxn?: number;
	/** Negative samples of `ns`. Default 5. */
	readonly neg?: number;
	/** Threads. Default one for each core. With one the same seed gives the same model. */
	readonly thread?: number;
	/** Tokens of a thread after which others see how far it is. Default 100. */
	readonly lrUpdateRate?: number;
	/** Written into files as fastText does; classifiers do not use it. Default 1e-4. */
	readonly t?: number;
	/** What labels begin with in a text. Default `__label__`. */
	readonly label?: string;
	/** Of the random numbers. Default 0. */
	readonly seed?: number;
	/** Vectors that words begin with; these words have an entry however often they occur. `dim` is their width by default. */
	readonly pretrainedVectors?: VectorParts;
	/**
	 * A classifier to go on from: its words, labels and vectors stay, new ones are added (with the loss `hs` the labels' tree is another one then, and is learned anew).
	 * What was learned before is forgotten where the new text is read often and at a high rate. `dim`, `wordNgrams`, `minn`, `maxn`, `bucket` and `loss` are its own: others
	 * are refused.
	 */
	readonly from?: FastTextFile;
}

const losses: readonly FastTextLoss[] = ['softmax', 'hs', 'ns', 'ova'];
const vectorsKind: Kind = {
	expected: 'vectors: { words, width, rows }',
	fits: (value) => Array.isArray((value as VectorParts | null)?.words) && Number.isSafeInteger((value as VectorParts).width),
	next: 'Pass what fastTextVectors or a reader of vectors gives.',
};
const fileKind: Kind = {
	expected: 'a classifier of fastText',
	fits: (value) => (value as FastTextFile | null)?.args?.model === 'supervised',
	next: 'Pass the `file` of a classifier.',
};

/** The kinds of these options. */
export const fastTextKinds: Kinds<FastTextClassifierOptions> = {
	lr: is.positive,
	dim: is.whole(1),
	epoch: is.whole(1),
	minCount: is.whole(0),
	minCountLabel: is.whole(0),
	wordNgrams: is.whole(1),
	loss: is.one(...losses),
	bucket: is.whole(0),
	minn: is.whole(0),
	maxn: is.whole(0),
	neg: is.whole(1),
	thread: is.whole(1),
	lrUpdateRate: is.whole(1),
	t: is.number(0),
	label: is.name,
	seed: is.whole(),
	pretrainedVectors: vectorsKind,
	from: fileKind,
};

/** All options, with their defaults. */
export type WholeOptions = Required<Omit<FastTextClassifierOptions, 'pretrainedVectors' | 'from'>> &
	Pick<FastTextClassifierOptions, 'pretrainedVectors' | 'from'>;

/** What a model to go on from has decided. */
const fixedBy = ['dim', 'wordNgrams', 'minn', 'maxn', 'bucket', 'loss'] as const;

/** The options with fastText's defaults, or what the model to go on from has. */
export function wholeOptions(who: string, given: FastTextClassifierOptions): WholeOptions {
	const { from, pretrainedVectors: vectors } = given;
	if (from && (from.input.kind === 'quantized' || from.output.kind === 'quantized')) {
		throw new OptionError(
			`${who}: expected \`from\` to be a classifier as it was trained, got a quantized one. Go on from the .bin file.`,
			{ from },
		);
	}
	for (const name of from ? fixedBy : []) {
		if (given[name] === undefined || given[name] === from!.args[name]) continue;
		throw new OptionError(`${who}: expected ${name} to be that of \`from\`, ${from!.args[name]}, got ${given[name]}. Leave it out.`, {
			[name]: given[name],
		});
	}
	const width = from?.args.dim ?? given.dim ?? vectors?.width;
	if (vectors && vectors.width !== width) {
		throw new OptionError(`${who}: expected pretrainedVectors of ${width} numbers, got ${vectors.width}. Set dim to ${vectors.width}.`, {
			dim: width,
		});
	}
	const { wordNgrams, minn, maxn, bucket, loss, dim } = given.from?.args ?? given;
	const hasGrams = (wordNgrams ?? 1) > 1 || (maxn ?? 0) > 0;
	return {
		...{
			lr: from ? 0.05 : 0.1,
			epoch: from ? 3 : 5,
			minCount: 1,
			minCountLabel: 0,
			neg: 5,
			lrUpdateRate: 100,
			t: 1e-4,
			label: '__label__',
			seed: 0,
		},
		...{ thread: availableParallelism() },
		...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
		...{ dim: dim ?? given.pretrainedVectors?.width ?? 100, wordNgrams: wordNgrams ?? 1, loss: loss ?? 'softmax' },
		...{ minn: minn ?? 0, maxn: maxn ?? 0, bucket: hasGrams ? (bucket ?? 2_000_000) : 0 },
	};
}
