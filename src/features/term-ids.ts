// Sparse rows as networks read them: the columns as ids, the numbers beside them.
import type { SparseVector } from '../sparse/index.js';
import { map, ownStage, type Stage } from '../stream/index.js';

/** The first ids: padding, and the unknown token of vocabularies, which no column has. */
export const idsBeforeTerms = 2;

/**
 * Adds `ids`, the columns of `features` and two more, since 0 is padding and 1 unknown, and `weights`, the numbers there.
 *
 * @example
 * chain(clean(), words(), tfidf({ ngramRange: [1, 2] }), termIds());
 */
export const termIds = ownStage(
	(): Stage<{ features: SparseVector }, { ids: Int32Array; weights: Float32Array }> =>
		map(
			({ features: { indices, values } }: { features: SparseVector }) => ({
				ids: indices.map((column) => column + idsBeforeTerms),
				weights: Float32Array.from(values),
			}),
			{ stage: 'termIds', needs: { features: 'features' } },
		),
);
