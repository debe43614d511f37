// Documents as vectors: the mean of the vectors of their words.
import { argumentOf, is, type Json, type Kinds, optionsOf } from '../../base/index.js';
import type { SparseVector } from '../../sparse/index.js';
import { map, ownStage, type Stage, type State } from '../../stream/index.js';
import { vectorsKind, type WordVectors } from '../vectors/word-vectors.js';
import { stateOf, vectorsOf } from './state.js';

/** How a document's vector is made. */
export interface DocumentVectorOptions {
	/** Whether the vectors of the words are made of length 1 before, so that no word counts more than another. Default yes. */
	readonly preNormalize?: boolean;
	/** Whether the mean is made of length 1. Default no. */
	readonly postNormalize?: boolean;
	/**
	 * Lets frequent words count less: the weight of a word is smooth / (smooth + its share of the training corpus) (Arora et al. 2017, who take 0.001). The
	 * vectors must have counts. Default: every word counts 1.
	 */
	readonly smooth?: number;
}

const kinds: Kinds<DocumentVectorOptions> = {
	...{ preNormalize: is.flag, postNormalize: is.flag, smooth: is.positive },
};

/**
 * Adds the mean vector of `tokens`. Tokens without a vector are passed over; a document that has no other gets zeros.
 *
 * @example
 * pipe(docs, words(), documentVector(await loadVectors('vectors.txt')));
 */
export const documentVector = ownStage(vectorStage, (options: Json, state: State | undefined) =>
	vectorStage(vectorsOf('documentVector', state), options as DocumentVectorOptions),
);

function vectorStage(vectors: WordVectors, options: DocumentVectorOptions = {}): Stage<{ tokens: string[] }, { vector: Float32Array }> {
	return make('documentVector', vectors, options, (vector) => ({ vector }));
}

/**
 * Adds the mean vector of `tokens` as `features`, as classifiers take them.
 *
 * @example
 * await chain(words(), documentFeatures(vectors), logisticRegression()).fit(docs);
 */
export const documentFeatures = ownStage(featureStage, (options: Json, state: State | undefined) =>
	featureStage(vectorsOf('documentFeatures', state), options as DocumentVectorOptions),
);

function featureStage(vectors: WordVectors, options: DocumentVectorOptions = {}): Stage<{ tokens: string[] }, { features: SparseVector }> {
	const indices = Int32Array.from({ length: argumentOf('documentFeatures', 'the vectors', vectors, vectorsKind).width }, (_, i) => i);
	return make('documentFeatures', vectors, options, (values) => ({ features: { indices, values, size: indices.length } }));
}

function make<Adds extends object>(
	who: string,
	vectors: WordVectors,
	given: DocumentVectorOptions,
	added: (vector: Float32Array) => Adds,
): Stage<{ tokens: string[] }, Adds> {
	argumentOf(who, 'the vectors', vectors, vectorsKind);
	const { preNormalize = true, postNormalize = false, smooth } = optionsOf(who, given, kinds);
	const weightOf = smooth === undefined ? undefined : weights(who, vectors, smooth);
	const meanOf = (tokens: readonly string[]) => {
		if (tokens.length === 0) return new Float32Array(vectors.width);
		const options = weightOf ? { weights: Float64Array.from(tokens, weightOf) } : {};
		return vectors.meanVector(tokens, { ...options, preNormalize, postNormalize });
	};
	return map(({ tokens }: { tokens: string[] }) => added(meanOf(tokens)), {
		...{ stage: who, options: { preNormalize, postNormalize, ...(smooth !== undefined && { smooth }) } },
		...{ state: stateOf(vectors), needs: { tokens: 'texts' } },
	});
}

/** What each word weighs. A word that was not counted is one that hardly occurs. */
function weights(who: string, { counts, indexOf }: WordVectors, smooth: number): (word: string) => number {
	if (!counts) {
		throw new TypeError(
			`${who}: expected vectors with the counts of their words beside smooth, got vectors without. Load them of safetensors, or leave smooth out.`,
		);
	}
	let total = 0;
	for (const count of counts) total += count;
	return (word) => smooth / (smooth + (counts[indexOf(word)] ?? 0) / total);
}
