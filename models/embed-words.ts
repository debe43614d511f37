// The word embedding of models: its rows learn from the start, or begin with word vectors.
import type { VectorLearner, WordVectors } from 'textloom';
import * as nn from 'textloom/nn';
import { is, type Kinds } from 'textloom/stream';
import type { Architecture, Sizes } from 'textloom/train';

/** How the rows of words begin. None of it is in the spec of a model: what was learned is. */
export interface WordRows {
	/** Numbers in a word's vector. With `vectors` it is theirs. */
	readonly width?: number;
	/** Vectors to begin with, by the words of the recipe's vocabulary, or how they are learned of its documents: `word2vec()`; `width` is theirs then. */
	readonly vectors?: WordVectors | VectorLearner;
	/** Whether the rows stay as they begin. Default no. */
	readonly frozen?: boolean;
}

/** The kinds of these options. */
export const wordRowKinds: Kinds<WordRows> = {
	width: is.whole(1),
	vectors: {
		expected: 'word vectors, or how they are learned',
		fits: (value) => typeof value === 'object' && value !== null && ('mostSimilar' in value || 'learn' in value),
		next: 'Pass what loadVectors gives, or word2vec().',
	},
	frozen: is.flag,
};

/** The width of the rows; `usual` where nothing is said. */
export function rowWidth(who: string, { width, vectors, frozen }: WordRows, usual: number): number {
	if (frozen !== undefined && !vectors)
		throw new TypeError(`${who}: expected vectors beside frozen, got frozen alone. Pass both, or leave it out.`);
	if (width !== undefined && vectors && width !== vectors.width)
		throw new RangeError(`${who}: expected the width of the vectors, ${vectors.width}, got width ${width}. Leave width out.`);
	return vectors?.width ?? width ?? usual;
}

/** What an architecture hands on of these options: vectors that are to be learned. */
export const declaredVectors = ({ vectors }: WordRows): Pick<Architecture, 'vectors'> => (vectors && 'learn' in vectors ? { vectors } : {});

/** The embedding of the vocabulary's words; row 0 is padding. */
export function embedWords(who: string, sizes: Sizes, { vectors, frozen = false }: WordRows, width: number): nn.EmbeddingLayer {
	const { vocabulary, words } = sizes;
	if (!vectors) return nn.embedding({ size: vocabulary, width, padding: 0 });
	const from = 'learn' in vectors ? sizes.vectors : vectors;
	if (words && from) return nn.embedding({ from, words, padding: 0, frozen });
	throw new TypeError(
		`${who}: expected stages that end in a vocabulary of words beside vectors, got others. Write chain(words(), vocabulary()).`,
	);
}
