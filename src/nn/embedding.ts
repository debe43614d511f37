// Embedding: a learned vector for each id.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { vectorsKind, type WordVectors } from '../embeddings/vectors/word-vectors.js';
import { type Initializer, ops, type Parameter, parameter, scope, type Value } from '../graph/index.js';
import { fromVectors } from './from-vectors.js';
import { normal, zeroRow } from './initializers.js';
import { of } from './kinds.js';
import type { Layer } from './layer.js';

/** Sizes of an embedding, how its table begins, and what stays. */
export interface EmbeddingOptions {
	/** Ids: they are below this. */
	readonly size: number;
	/** Numbers in a vector. */
	readonly width: number;
	/** The id of padding, where there is one: its vector is 0 and stays so, as PyTorch's `padding_idx`. Default: every id has a vector that learns. */
	readonly padding?: number | undefined;
	/** Of the first numbers. Default 0.1. */
	readonly deviation?: number;
	/** Default normal with that deviation. */
	readonly initial?: Initializer;
	/** Vectors to begin with, one after the other: `size · width` numbers. That of padding begins with 0 all the same. */
	readonly vectors?: Float32Array;
	/** Whether the vectors stay as they begin. Default no. */
	readonly frozen?: boolean;
}

/** An embedding that begins with word vectors. */
export interface PretrainedEmbeddingOptions extends Pick<EmbeddingOptions, 'padding' | 'initial' | 'frozen'> {
	/** Vectors to begin with: those of their words; of others what subwords give, where the vectors have these. */
	readonly from: WordVectors;
	/** The words by their ids, as `tokens` of a vocabulary has them: as many as the embedding has rows. */
	readonly words: readonly string[];
	/** Of the first numbers of words without a vector. Default that of the vectors' numbers. */
	readonly deviation?: number;
}

/** An embedding: its table is its only parameter. */
export type EmbeddingLayer = Layer<[ids: Value]> & { readonly parameters: { readonly weight: Parameter } };

const common = { padding: is.whole(0), deviation: is.number(0), initial: is.function, frozen: is.flag };
const kinds: Kinds<EmbeddingOptions> = {
	...{ size: of.size, width: of.size, ...common },
	vectors: { expected: 'a Float32Array', fits: (value) => value instanceof Float32Array },
};
const pretrainedKinds: Kinds<PretrainedEmbeddingOptions> = { from: vectorsKind, words: is.needed(is.texts), ...common };

/**
 * Looks up the vectors of ids: `[batch, time]` int32 (or any shape) to `[batch, time, width]`.
 * Training keeps a large table outside the graph and updates touched rows only (see ARCHITECTURE, Tables).
 *
 * @example
 * const embed = nn.embedding({ from: await loadVectors('glove.txt'), words: vocabulary.tokens, padding: 0 });
 * console.log(`${embed.found} words have vectors`);
 */
export function embedding(options: PretrainedEmbeddingOptions): EmbeddingLayer & { readonly found: number };
export function embedding(options: EmbeddingOptions): EmbeddingLayer;
export function embedding(options: EmbeddingOptions | PretrainedEmbeddingOptions): EmbeddingLayer & { readonly found?: number } {
	if (typeof options !== 'object' || options === null || !('from' in options)) return plain(options);
	const { from, words, deviation, initial, ...rest } = optionsOf('embedding', options, pretrainedKinds);
	expectOne(initial, deviation);
	const begin = fromVectors(from, words, initial ?? (deviation === undefined ? undefined : normal(deviation)));
	return { ...plain({ ...rest, size: words.length, width: from.width, initial: begin.initial }), found: begin.found };
}

function expectOne(initial: Initializer | undefined, deviation: number | undefined): void {
	if (initial && deviation !== undefined) throw new TypeError('embedding: expected initial or deviation, got both. Leave one out.');
}

function plain(options: EmbeddingOptions): EmbeddingLayer {
	const { size, width, padding, deviation, vectors, frozen = false, ...given } = optionsOf('embedding', options, kinds);
	expectOne(given.initial, deviation);
	const { initial = normal(deviation ?? 0.1) } = given;
	if (padding !== undefined && padding >= size)
		throw new RangeError(`embedding: expected the id of padding in 0 … ${size - 1}, got ${padding}. Leave it out for none.`);
	if (vectors && vectors.length !== size * width) {
		throw new RangeError(
			`embedding: expected ${size} vectors of ${width}, ${size * width} numbers, got ${vectors.length}. Set size and width to those of the vectors.`,
		);
	}
	const begin: Initializer = vectors ? () => vectors.slice() : initial;
	const stays = { ...(padding !== undefined && { frozenRow: padding }), ...(frozen && { frozen }) };
	const weight = parameter([size, width], padding === undefined ? begin : zeroRow(begin, padding), stays);
	return {
		parameters: { weight },
		apply: (ids) => scope('embedding', () => ops.gather(weight, ids)),
	};
}
