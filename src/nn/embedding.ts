// Embedding: a learned vector for each id.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { type Initializer, ops, type Parameter, parameter, scope, type Value } from '../graph/index.js';
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

const kinds: Kinds<EmbeddingOptions> = {
	...{ size: of.size, width: of.size, padding: is.whole(0), deviation: is.number(0) },
	...{ initial: is.function, vectors: { expected: 'a Float32Array', fits: (value) => value instanceof Float32Array }, frozen: is.flag },
};

/**
 * Looks up the vectors of ids: `[batch, time]` int32 (or any shape) to `[batch, time, width]`.
 * Training keeps a large table outside the graph and updates touched rows only (see ARCHITECTURE, Tables).
 */
export function embedding(options: EmbeddingOptions): Layer<[ids: Value]> & { readonly parameters: { readonly weight: Parameter } } {
	const { size, width, padding, deviation, vectors, frozen = false, ...given } = optionsOf('embedding', options, kinds);
	if (given.initial && deviation !== undefined) throw new TypeError('embedding: expected initial or deviation, got both. Leave one out.');
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
