// Documents as matrices: a row of numbers for each word.
import { argumentOf, is, type Json, type Kinds, optionsOf } from '../../base/index.js';
import { map, ownStage, type Stage, type State } from '../../stream/index.js';
import { vectorsKind, type WordVectors } from '../vectors/word-vectors.js';
import { stateOf, vectorsOf } from './state.js';

/** The form of the matrix. */
export interface VectorImageOptions {
	/** Rows that every document has: longer ones are cut, shorter ones filled up. Default: as many as it has tokens. */
	readonly length?: number;
	/** What short documents are filled up with. Default 1e-10: so small that it changes no sum, and not 0. */
	readonly padding?: number;
	/** What becomes of tokens without a vector: they are left out (default), or their rows hold the padding. */
	readonly unknown?: 'skip' | 'padding';
}

const kinds: Kinds<VectorImageOptions> = {
	length: is.whole(1),
	padding: { expected: 'a finite number', fits: Number.isFinite },
	unknown: is.one('skip', 'padding'),
};

/**
 * Adds the vectors of `tokens` as `image`, one below the other, length × width, as convolutions over words read it.
 *
 * @example
 * pipe(docs, words(), vectorImage(vectors, { length: 12 }));
 */
export const vectorImage = ownStage(make, (options: Json, state: State | undefined) =>
	make(vectorsOf('vectorImage', state), options as VectorImageOptions),
);

function make(vectors: WordVectors, given: VectorImageOptions = {}): Stage<{ tokens: string[] }, { image: Float32Array[] }> {
	argumentOf('vectorImage', 'the vectors', vectors, vectorsKind);
	const { length, padding = 1e-10, unknown = 'skip' } = optionsOf('vectorImage', given, kinds);
	const filled = () => new Float32Array(vectors.width).fill(padding);
	const imageOf = (tokens: readonly string[]) => {
		const image: Float32Array[] = [];
		for (const token of tokens) {
			if (image.length === length) break;
			const row = vectors.get(token) ?? (unknown === 'padding' ? filled() : undefined);
			if (row) image.push(row);
		}
		while (length !== undefined && image.length < length) image.push(filled());
		return image;
	};
	return map(({ tokens }: { tokens: string[] }) => ({ image: imageOf(tokens) }), {
		...{ stage: 'vectorImage', options: { padding, unknown, ...(length !== undefined && { length }) } },
		...{ state: stateOf(vectors), needs: { tokens: 'texts' } },
	});
}
