// Trained word vectors with all that is needed to go on.
import { isDeepStrictEqual } from 'node:util';
import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { Source } from '../../stream/index.js';
import { dictionaryOf } from '../fasttext/dictionary.js';
import type { FastTextFile } from '../fasttext/file.js';
import { denseMatrix } from '../fasttext/matrix.js';
import { fastTextVectors } from '../fasttext/vectors.js';
import { type WordVectors, wordVectors } from '../vectors/word-vectors.js';
import { chooseWords } from './choose-words.js';
import { readCorpus } from './corpus.js';
import { hasSubwords, learn } from './learn.js';
import { type RunOptions, ratesOf, runKinds, type Settings, type Word2VecRecord, word2vecKinds } from './options.js';
import { inOrder, rowsOf, type State } from './state.js';
import { saveState } from './state-file.js';
import { huffmanTree } from './tree.js';

/** How a model goes on with more text. */
export interface MoreOptions extends Partial<Pick<Settings, 'epochs' | 'alpha' | 'minAlpha' | 'minCount' | 'seed'>> {
	/** Whether words of the new text that occur at least `minCount` times get vectors. Default false. */
	readonly addWords?: boolean;
}

const { epochs, alpha, minAlpha, minCount, seed } = word2vecKinds;
const { checkpoint, ...moreRunKinds } = runKinds;
const moreKinds = { addWords: is.flag, epochs, alpha, minAlpha, minCount, seed, ...moreRunKinds } as Kinds<MoreOptions & MoreRun>;

/** How a training run goes. With several workers the order of updates, and so the result, is never the same. */
export interface Word2VecRun extends RunOptions {
	/** Called after each pass, and waited for. The model's numbers move on in the next pass; its `vectors` are a copy. */
	readonly onEpoch?: ((record: Word2VecRecord, model: Word2Vec) => void | Promise<void>) | undefined;
}

/** How a run that goes on from a model goes: there is no checkpoint of it, since the model itself is one. */
export type MoreRun = Omit<Word2VecRun, 'checkpoint'>;

/** A trained model. */
export interface Word2Vec {
	/** The vectors of its words; FastText's have vectors for other words, too. */
	readonly vectors: WordVectors;
	/** What it was trained with, defaults included. */
	readonly settings: Settings;
	/** The passes, the first one first. */
	readonly history: readonly Word2VecRecord[];
	/** A model that has learned from more text, with or without new words. This one stays as it is. */
	train(docs: Source<{ tokens: string[] }>, options?: MoreOptions & MoreRun): Promise<Word2Vec>;
	/** Writes all that is needed to go on into a safetensors file, which `loadWord2Vec` reads. */
	save(path: string): Promise<void>;
	/**
	 * The same in the form of fastText's `.bin` files, for `writeFastText`. Of negative sampling and hierarchical softmax together it has the latter.
	 *
	 * @throws {RangeError} for a tree that words were added to: fastText makes its own of the counts.
	 */
	toFastText(): FastTextFile;
}

/** The model of a state. */
export function modelOf(state: State): Word2Vec {
	let vectors: WordVectors | undefined;
	return {
		get vectors() {
			vectors ??= vectorsOf(state);
			return vectors;
		},
		settings: state.settings,
		history: state.history,
		train: (docs, options = {}) => trainMore(state, docs, options),
		save: (path) => saveState(path, state),
		toFastText: () => fastTextFileOf(withOwnTree(state)),
	};
}

function vectorsOf(state: State): WordVectors {
	const { words, counts, input, settings } = state;
	if (hasSubwords(settings)) return wordVectors(fastTextVectors(fastTextFileOf(state)));
	return wordVectors({ words, width: input.width, counts, rows: rowsOf(input) });
}

/** The state, where its tree is the one that fastText makes of the counts. */
function withOwnTree(state: State): State {
	const { tree, counts } = state;
	if (!tree || isDeepStrictEqual(tree, huffmanTree(counts))) return state;
	throw new RangeError(
		'toFastText: expected the tree of all counts, got one that words were added to. Train anew with all text, or without hs.',
	);
}

/** fastText's file has the rows of one output: of the tree where there is one. */
function fastTextFileOf({ settings, words, counts, input, output, nodes }: State): FastTextFile {
	const { vectorSize: dim, window: ws, minCount, negative: neg, minN, maxN, sample: t, sg, hs, bucket } = settings;
	const kinds = { model: sg ? ('skipgram' as const) : ('cbow' as const), loss: hs ? ('hs' as const) : ('ns' as const) };
	const subwords = hasSubwords(settings) ? { minn: minN, maxn: maxN, bucket } : { minn: 0, maxn: 0, bucket: 0 };
	const args = { ...kinds, ...subwords, dim, ws, minCount, neg, t, epoch: settings.epochs, wordNgrams: 1, lrUpdateRate: 100 };
	// A file has words by falling counts.
	const order = Int32Array.from(words, (_, row) => row).sort((a, b) => counts[b]! - counts[a]! || a - b);
	const dictionary = dictionaryOf(Array.from(order, (row) => ({ text: words[row]!, count: counts[row]! })));
	const predicted = (hs ? nodes : output)!;
	return {
		...{ args, dictionary },
		input: denseMatrix(input.rows, dim, rowsOf(inOrder(input, order))),
		output: denseMatrix(predicted.rows, dim, rowsOf(hs ? predicted : inOrder(predicted, order))),
	};
}

async function trainMore(state: State, docs: Source<{ tokens: string[] }>, given: MoreOptions & MoreRun): Promise<Word2Vec> {
	const who = 'train';
	const old = state.settings;
	const { addWords = false, signal, onDocuments, workers, onProgress, onEpoch, ...options } = optionsOf(who, given, moreKinds);
	const { epochs = old.epochs, minCount = old.minCount, seed = old.seed } = options;
	const settings = { ...old, epochs, minCount, seed, ...ratesOf(who, options, old) };
	const corpus = await readCorpus(docs, { who, block: settings.batchWords, maxVocabSize: settings.maxVocabSize, signal, onDocuments });
	try {
		const present = new Map(state.words.map((word, row) => [word, row]));
		const least = addWords ? minCount : Number.POSITIVE_INFINITY;
		const chosen = chooseWords(who, corpus, { ...settings, minCount: least, maxFinalVocab: Number.POSITIVE_INFINITY, present });
		// As gensim has it: counts move on with the words.
		const counts = addWords ? chosen.counts.map((count, row) => count + (state.counts[row] ?? 0)) : state.counts;
		const start = { settings, words: [...state.words, ...chosen.words], counts, rows: chosen.rows, before: state };
		const onPass = (record: Word2VecRecord, now: State) => onEpoch?.(record, modelOf(now));
		return modelOf(await learn(who, start, corpus, { workers, signal, onProgress, onPass }));
	} finally {
		await corpus.close();
	}
}
