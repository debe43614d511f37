// Latent semantic analysis of documents: their features as short dense vectors.
import { type Json, optionsOf } from '../../base/index.js';
import type { SparseVector } from '../../sparse/index.js';
import { type LearnerOf, learner, map, ownLearner, type Stage, type State } from '../../stream/index.js';
import { arraysOf, over } from './learned.js';
import { matrixOf } from './rows.js';
import { svdKinds, svdModel, type TruncatedSvd, type TruncatedSvdOptions, truncatedSvdAs } from './truncated-svd.js';

/** Fitted latent semantics: a stage that adds `vector`, one number for each component. */
export interface LatentSemantics extends Stage<{ features: SparseVector }, { vector: Float64Array }>, TruncatedSvd {}

/**
 * Learns the components of `features` (Deerwester et al. 1990) by `truncatedSvd`; the features are in memory while it learns.
 *
 * @example
 * const fitted = await latentSemantics({ components: 100 }).fit(docs);
 * fitted.topTerms(names, 5);
 */
export const latentSemantics = ownLearner((given: TruncatedSvdOptions): LearnerOf<{ features: SparseVector }, LatentSemantics> => {
	const options = over({ iterations: 5, oversamples: 10, seed: 0 }, optionsOf('latentSemantics', given, svdKinds));
	return learner(async (docs) => fitted(truncatedSvdAs('latentSemantics', await matrixOf(docs), options), options), {
		...{ stage: 'latentSemantics', options },
		needs: { features: 'features' },
	});
}, reviveLatentSemantics);

function fitted(svd: TruncatedSvd, options: { readonly [key: string]: Json }): LatentSemantics {
	const { columns, components, singularValues, explainedVariance, explainedVarianceRatio } = svd;
	const state = { columns, components, singularValues, explainedVariance, explainedVarianceRatio };
	const step = map(({ features }: { features: SparseVector }) => ({ vector: svd.transformRow(features) }), {
		...{ stage: 'latentSemantics', options, state },
		needs: { features: 'features' },
	});
	return Object.assign(step, svd);
}

/** The fitted stage that a spec describes. Throws a TypeError where the state is not one that `fit` wrote. */
function reviveLatentSemantics(options: Json, state: State): LatentSemantics {
	const { spec } = latentSemantics(options as unknown as TruncatedSvdOptions);
	const known = spec.options as { components: number };
	const count = known.components;
	const { columns, components, ...figures } = arraysOf('latentSemantics', state, (columns) => ({
		...{ components: count * columns, singularValues: count, explainedVariance: count, explainedVarianceRatio: count },
	}));
	return fitted(Object.assign(svdModel(components, count, columns, 'latentSemantics'), figures), known);
}
