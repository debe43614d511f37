// The models that are trained, small: a row for each, of which the contract suite is made.
import {
	type AnyLearner,
	type AnyTask,
	chain,
	characterIds,
	characters,
	clean,
	termIds,
	textClassification,
	tfidf,
	tokenClassification,
	vocabulary,
	words,
} from 'textloom';
import { vectorImage, type WordVectors, wordVectors } from 'textloom/embeddings';
import { architectures } from 'textloom/models';
import type { Architecture } from 'textloom/train';

/** A model of the table. */
export interface ModelRow {
	/** With vectors, where it takes some. */
	readonly make: (vectors?: WordVectors) => Architecture;
	/** Whether it reads words (or characters) that may begin with vectors. */
	readonly vectors: boolean;
	/** Stages that add what it reads. */
	readonly stages: AnyLearner;
	/** The axes of the attention that it can show. */
	readonly attention?: 'words' | 'heads';
	readonly task?: AnyTask;
	/** How it learns eight documents: epochs of two steps (default 30), and the rate (0.02). */
	readonly epochs?: number;
	readonly rate?: number;
}

/** The words of the documents below. */
const known = ['rain', 'wind', 'soup', 'bread', '雨', '风', '汤', '面'];

/** Vectors of the words, of eight numbers. */
export const vectors = wordVectors({
	words: known,
	width: 8,
	rows: Float32Array.from({ length: known.length * 8 }, (_, i) => Math.sin(3 * i + 1)),
});

/** Eight documents, of which four are Chinese. */
const texts = ['rain and wind', 'wind in the rain', '雨和风', '今天的风很大', 'soup with bread', 'the bread', '汤和面', '我爱吃面'];
export const eight = texts.map((text, place) => ({ text, label: place < 4 ? 'weather' : 'food' }));

const ofWords = () => chain(clean(), words(), vocabulary()) as AnyLearner;
const ofCharacters = () => chain(clean(), characters(), vocabulary()) as AnyLearner;
const ofTerms = () => chain(clean(), words(), tfidf(), termIds()) as AnyLearner;
const small = { width: 8, dropout: 0, wordDropout: 0 };
const given = (vectors: WordVectors | undefined) => (vectors ? { vectors, dropout: 0, wordDropout: 0 } : small);
const title = { size: 'title', length: 24, filters: 6, hidden: [8], dropout: 0 } as const;

type Solved = 'svm' | 'logistic' | 'bayes' | 'nb-svm';
/** Those of sequences have a test of their own. */
type Translators = 'recurrent-translator' | 'transformer-translator';
const { 'word-cnn': wordCnn, 'char-cnn': charCnn, 'image-cnn': imageCnn, 'deep-cnn': deepCnn } = architectures;
const { 'separable-cnn': separableCnn, 'dilated-cnn': dilatedCnn, 'self-attention': selfAttention } = architectures;
const { bag, rnn, gru, lstm, rcnn, attention, transformer, bert, tagger, 'term-mlp': termMlp } = architectures;

/** Every model that takes steps and says something of documents or tokens. */
export const models: Readonly<Record<Exclude<keyof typeof architectures, Solved | Translators>, Readonly<Record<string, ModelRow>>>> = {
	'word-cnn': {
		'word-cnn': { make: (vectors) => wordCnn({ ...given(vectors), filters: 5, kernels: [1, 2, 3] }), vectors: true, stages: ofWords() },
		'word-cnn, two channels': {
			make: () => wordCnn({ vectors, channels: 2, filters: 5, kernels: [1, 2], dropout: 0 }),
			vectors: false,
			stages: ofWords(),
		},
	},
	'char-cnn': {
		'char-cnn, one-hot': { make: () => charCnn(title), vectors: false, stages: ofCharacters() },
		'char-cnn, vectors': {
			make: (vectors) => charCnn({ ...title, ...(vectors ? { vectors } : { width: 8 }) }),
			vectors: true,
			stages: ofCharacters(),
			epochs: 60,
			rate: 0.005,
		},
	},
	bag: {
		bag: { make: (vectors) => bag({ ...given(vectors), hidden: [6] }), vectors: true, stages: ofWords() },
		'bag, both': { make: (vectors) => bag({ ...given(vectors), pooling: 'both', hidden: [] }), vectors: true, stages: ofWords() },
	},
	'image-cnn': {
		'image-cnn': {
			make: () => imageCnn({ length: 6, width: 8, hidden: 8 }),
			vectors: false,
			stages: chain(clean(), words(), vectorImage(vectors, { length: 6 })) as unknown as AnyLearner,
		},
	},
	'deep-cnn': {
		'deep-cnn': { make: (vectors) => deepCnn({ ...given(vectors), filters: 8, blocks: 3 }), vectors: true, stages: ofWords() },
	},
	'separable-cnn': {
		'separable-cnn': { make: (vectors) => separableCnn({ ...given(vectors), filters: 8, kernel: 3 }), vectors: true, stages: ofWords() },
	},
	'dilated-cnn': {
		'dilated-cnn': { make: (vectors) => dilatedCnn({ ...given(vectors), filters: 8 }), vectors: true, stages: ofWords() },
	},
	rnn: {
		rnn: { make: (vectors) => rnn({ ...given(vectors), hidden: 8 }), vectors: true, stages: ofWords() },
		'rnn, two layers': {
			make: (vectors) => rnn({ ...given(vectors), hidden: 8, layers: 2, pooling: 'mean' }),
			vectors: true,
			stages: ofWords(),
		},
	},
	gru: {
		gru: { make: (vectors) => gru({ ...given(vectors), hidden: 8 }), vectors: true, stages: ofWords() },
		'gru of both directions, attention': {
			make: (vectors) => gru({ ...given(vectors), hidden: 6, bidirectional: true, pooling: 'attention' }),
			vectors: true,
			stages: ofWords(),
			attention: 'words',
		},
	},
	lstm: {
		lstm: { make: (vectors) => lstm({ ...given(vectors), hidden: 8 }), vectors: true, stages: ofWords() },
		'lstm of both directions, max': {
			make: (vectors) => lstm({ ...given(vectors), hidden: 6, bidirectional: true, pooling: 'max' }),
			vectors: true,
			stages: ofWords(),
		},
	},
	rcnn: {
		rcnn: { make: (vectors) => rcnn({ ...given(vectors), context: 5, hidden: 8 }), vectors: true, stages: ofWords() },
		'rcnn of LSTM': {
			make: (vectors) => rcnn({ ...given(vectors), cell: 'lstm', context: 5, hidden: 8 }),
			vectors: true,
			stages: ofWords(),
		},
	},
	'self-attention': {
		'self-attention': {
			make: (vectors) => selfAttention({ ...given(vectors), hidden: 5, hops: 2, scoreWidth: 6, units: 6 }),
			vectors: true,
			stages: ofWords(),
			attention: 'words',
		},
	},
	attention: {
		attention: { make: (vectors) => attention({ ...given(vectors), heads: 2 }), vectors: true, stages: ofWords(), attention: 'heads' },
	},
	transformer: {
		transformer: {
			make: (vectors) => transformer({ ...given(vectors), heads: 2, hidden: 12 }),
			vectors: true,
			stages: ofWords(),
			attention: 'heads',
		},
	},
	bert: {
		bert: {
			make: () => bert({ layers: 2, width: 8, heads: 2, positions: 20, dropout: 0 }),
			vectors: false,
			stages: ofWords(),
			attention: 'heads',
			epochs: 60,
		},
	},
	tagger: {
		tagger: {
			make: (vectors) => tagger({ ...(vectors ? { vectors } : { width: 8 }), characterWidth: 4, filters: 4, hidden: 6, dropout: 0 }),
			vectors: true,
			stages: chain(vocabulary(), characterIds({ minCount: 1 })) as AnyLearner,
			task: tokenClassification() as AnyTask,
		},
	},
	'term-mlp': {
		'term-mlp': { make: () => termMlp({ hidden: [8], dropout: 0 }), vectors: false, stages: ofTerms() },
	},
};

export const rows = Object.values(models).flatMap((forms) => Object.entries(forms));
export const classification = textClassification() as AnyTask;
