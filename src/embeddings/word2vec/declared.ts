// Word vectors as a declaration: how they are to be learned of documents that are not there yet, as a recipe's are.
import { is, type Json, type Kind, type Kinds, optionsOf } from '../../base/index.js';
import type { Source } from '../../stream/index.js';
import type { WordVectors } from '../vectors/word-vectors.js';
import { type FastTextOptions, fastTextKinds, settingsOf, type Word2VecOptions } from './options.js';
import { trainFastText, trainWord2Vec } from './word2vec.js';

/** How a learning of vectors goes. */
export interface LearnVectorsRun {
	/** Fixes what is drawn, where the declaration does not. */
	readonly seed?: number;
	/** Hears how many documents have been gone through, those of all epochs together. May throw to end the learning. */
	readonly onDocuments?: (documents: number) => void;
}

/** Documents by the folder that data sets are in, as those of `textloom/corpora` are. */
export interface MoreDocuments {
	readonly name: string;
	train(folder?: string | null): Source<object>;
}

/** What learns word vectors of documents. */
export interface VectorLearner {
	/** Numbers in a vector. */
	readonly width: number;
	readonly spec: { readonly vectors: string; readonly options: Json };
	/** Documents to learn from beside the recipe's own. */
	readonly also?: MoreDocuments | undefined;
	/** One thread does it, so that the same documents and seed give the same vectors, bit for bit. */
	learn(docs: Source<{ tokens: string[] }>, run?: LearnVectorsRun): Promise<WordVectors>;
}

/** Documents beside the recipe's own. */
interface Also {
	/** A corpus whose training documents are learned from, too, after they went through the recipe's stages: one of similar texts, whose answers do not count. */
	readonly also?: MoreDocuments;
}

/** Options of Word2Vec, or with `subwords` those of FastText. */
export type Word2VecDeclaration = Also &
	((Omit<Word2VecOptions, 'trimRule'> & { readonly subwords?: false }) | (Omit<FastTextOptions, 'trimRule'> & { readonly subwords: true }));

type Declared = Omit<FastTextOptions, 'trimRule'> & Also & { readonly subwords?: boolean };

const corpusKind: Kind = {
	expected: 'a corpus',
	fits: (value) => typeof (value as Partial<MoreDocuments> | null)?.train === 'function',
	next: 'Pass one of textloom/corpora.',
};
const { trimRule: _, ...dataKinds } = fastTextKinds;
const subwordKinds: Kinds<Declared> = { ...dataKinds, subwords: is.flag, also: corpusKind };
const { minN, maxN, bucket, ...plainKinds } = subwordKinds;

/**
 * Word vectors that a model begins with (Mikolov et al. 2013; with `subwords` Bojanowski et al. 2017), learned of the `tokens` of the recipe's training
 * documents before the model is built. The seed is the training's where none is given. What `trainWord2Vec` and `trainFastText` refuse is refused then.
 *
 * @example
 * const recipe = { …, stages: chain(segment(), vocabulary({ minCount: 2 })), model: wordCnn({ vectors: word2vec({ sg: true, minCount: 2 }) }) };
 * word2vec({ sg: true, also: imdb }); // for sentences about films: they are few, reviews are many
 */
export function word2vec(given: Word2VecDeclaration = {}): VectorLearner {
	const {
		subwords = false,
		also,
		...options
	} = optionsOf<Declared>('word2vec', given, given.subwords ? subwordKinds : (plainKinds as Kinds<Declared>));
	const { vectorSize } = settingsOf('word2vec', options, subwords);
	return {
		width: vectorSize,
		spec: { vectors: 'word2vec', options: { subwords, ...options, ...(also && { also: also.name }) } },
		also,
		async learn(docs, { seed, onDocuments } = {}) {
			let read = 0;
			const { vectors } = await (subwords ? trainFastText : trainWord2Vec)(docs, {
				...(seed !== undefined && { seed }),
				...options,
				workers: 1,
				onDocuments: ({ documents }) => {
					read = documents;
					onDocuments?.(read);
				},
				onProgress: ({ epoch, words, of }) => onDocuments?.(read + Math.floor(read * (epoch - 1 + words / of))),
			});
			return vectors;
		},
	};
}
