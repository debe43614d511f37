// Options of word vectors' training: gensim's names in camel case, with its defaults.
import { is, type Kinds } from '../../base/index.js';

/** What is done with a word, whatever its count. */
export type TrimRule = (word: string, count: number, minCount: number) => 'keep' | 'discard' | 'default';

/** How word vectors are learned, as of gensim's `Word2Vec`. */
export interface Word2VecOptions {
	/** Numbers in a vector. Default 100. */
	readonly vectorSize?: number;
	/** The most words between a word and one that it is predicted from. Default 5. */
	readonly window?: number;
	/** Words that occur fewer times are left out. Default 5. */
	readonly minCount?: number;
	/** Words held while they are counted: above it the rarest are forgotten. Default no limit. */
	readonly maxVocabSize?: number;
	/** The most words: `minCount` rises until they are no more. Default no limit. */
	readonly maxFinalVocab?: number;
	/** Words whose share of the text is above it are left out at random; from 1 on a count instead of a share; 0 for none. Default 0.001. */
	readonly sample?: number;
	/** Skip-gram instead of CBOW. Default false. */
	readonly sg?: boolean;
	/** Hierarchical softmax; beside it negative sampling only where `negative` is given. Default false. */
	readonly hs?: boolean;
	/** Words that each prediction is told from, drawn at random; 0 for none, which takes `hs`. Default 5, with `hs` 0. */
	readonly negative?: number;
	/** Words are drawn by their count to this power. Default 0.75. */
	readonly nsExponent?: number;
	/** CBOW predicts from the mean of the words around, else from their sum. Default true. */
	readonly cbowMean?: boolean;
	/** Each word draws its own window, from 1 to `window`. Default true. */
	readonly shrinkWindows?: boolean;
	/** The learning rate at the beginning. Default 0.025. */
	readonly alpha?: number;
	/** The learning rate at the end, which it falls to in a straight line. Default 0.0001, or `alpha` where that is less. */
	readonly minAlpha?: number;
	/** Passes over the text. Default 5. */
	readonly epochs?: number;
	/** Fixes the first numbers and all that is drawn. Default 1. */
	readonly seed?: number;
	/** Words in the order of their counts, else in that of their first places. Default true. */
	readonly sortedVocab?: boolean;
	/** Decides on words by themselves. */
	readonly trimRule?: TrimRule;
	/** Words that a thread takes at a time; the learning rate is that of the first of them, and sentences that are longer are cut. Default 10,000. */
	readonly batchWords?: number;
}

/** How FastText's vectors are learned: those of words and of their character n-grams. */
export interface FastTextOptions extends Word2VecOptions {
	/** The fewest characters of an n-gram. Default 3. */
	readonly minN?: number;
	/** The most characters of an n-gram; below `minN` there are none. Default 6. */
	readonly maxN?: number;
	/** Rows that n-grams share by their hash. Default 2,000,000. */
	readonly bucket?: number;
}

/** Where a training run stands. */
export interface Word2VecProgress {
	/** The pass under way, from 1. */
	readonly epoch: number;
	readonly epochs: number;
	/** Words of this pass that are done, and those that it has: all of the text, those left out, too. */
	readonly words: number;
	readonly of: number;
	readonly wordsPerSecond: number;
	/** The learning rate. */
	readonly alpha: number;
}

/** One pass over the text. */
export interface Word2VecRecord {
	/** From 1. */
	readonly epoch: number;
	/** The mean over predictions of Σ −log σ, measured at one word in 16. */
	readonly loss: number;
	readonly seconds: number;
	readonly wordsPerSecond: number;
}

/** How a training run goes; the result depends on `workers` alone, and only by the order of updates. */
export interface RunOptions {
	/** Threads. With one, the same seed gives the same bits. Default: as many as the machine has cores for. */
	readonly workers?: number | undefined;
	/** Ends the run; it is rejected with the signal's reason. */
	readonly signal?: AbortSignal | undefined;
	/** Called as documents are read. May throw to end the run. */
	readonly onDocuments?: ((progress: { readonly documents: number }) => void) | undefined;
	/** Called some times a second. May throw to end the run. */
	readonly onProgress?: ((progress: Word2VecProgress) => void) | undefined;
	/** A file that is written after each pass, and that a run with the same options and text goes on from. */
	readonly checkpoint?: string | undefined;
}

/** The kinds of options of a run. */
export const runKinds = {
	workers: is.whole(1),
	signal: is.signal,
	onDocuments: is.function,
	onProgress: is.function,
	onEpoch: is.function,
	checkpoint: is.name,
};

const wholeUpTo = (most: number) => ({
	expected: `a whole number from 1 to ${most}`,
	fits: (value: unknown) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most,
});
const rate = { expected: 'a number above 0 and below 10', fits: (value: unknown) => is.positive.fits(value) && (value as number) < 10 };

export const word2vecKinds: Kinds<Word2VecOptions> = {
	...{ vectorSize: is.whole(1), window: is.whole(1), minCount: is.whole(0), maxVocabSize: is.limit(1), maxFinalVocab: is.limit(1) },
	...{ sample: is.number(0), sg: is.flag, hs: is.flag, negative: is.whole(0), nsExponent: is.number(-10, 10), cbowMean: is.flag },
	...{ shrinkWindows: is.flag, alpha: rate, minAlpha: is.number(0, 10), epochs: is.whole(1), seed: is.whole(0) },
	...{ sortedVocab: is.flag, trimRule: is.function, batchWords: wholeUpTo(1e8) },
};

export const fastTextKinds: Kinds<FastTextOptions> = { ...word2vecKinds, minN: is.whole(1), maxN: is.whole(0), bucket: is.whole(1) };

/** All options with their values: plain data. */
export type Settings = Required<Omit<FastTextOptions, 'trimRule'>>;

/** The options with their defaults; Word2Vec has n-grams of no length. */
export function settingsOf(who: string, options: FastTextOptions, subwords: boolean): Settings {
	const { hs = false, negative = hs ? 0 : 5 } = options;
	if (!hs && negative === 0) {
		throw new RangeError(`${who}: expected something to predict, got hs: false and negative: 0. Pass hs: true, or negative: 5.`);
	}
	const { minN = 3, maxN = subwords ? 6 : 0 } = options;
	const { alpha, minAlpha } = ratesOf(who, options);
	return {
		...{ vectorSize: 100, window: 5, minCount: 5, maxVocabSize: Number.POSITIVE_INFINITY, maxFinalVocab: Number.POSITIVE_INFINITY },
		...{ sample: 1e-3, sg: false, nsExponent: 0.75, cbowMean: true, shrinkWindows: true, epochs: 5, seed: 1, sortedVocab: true },
		...{ batchWords: 10_000, bucket: 2_000_000 },
		...Object.fromEntries(Object.entries(options).filter(([name, value]) => value !== undefined && name !== 'trimRule')),
		...{ hs, negative, alpha, minAlpha, minN, maxN },
	};
}

/** The learning rates of a run: those that are given, else those before, of which the last is at most the first. */
export function ratesOf(
	who: string,
	given: Pick<Word2VecOptions, 'alpha' | 'minAlpha'>,
	before: { readonly alpha: number; readonly minAlpha: number } = { alpha: 0.025, minAlpha: 0.0001 },
): { readonly alpha: number; readonly minAlpha: number } {
	const { alpha = before.alpha } = given;
	const { minAlpha = Math.min(before.minAlpha, alpha) } = given;
	if (minAlpha > alpha) {
		throw new RangeError(`${who}: expected minAlpha to be at most alpha, ${alpha}, got ${minAlpha}. Pass a smaller one.`);
	}
	return { alpha, minAlpha };
}
