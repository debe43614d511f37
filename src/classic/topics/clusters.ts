// Clusters of documents by k-means.
import { is, type Json, type Kinds, optionsOf } from '../../base/index.js';
import type { SparseVector } from '../../sparse/index.js';
import { type LearnerOf, learner, map, ownLearner, type Stage, type State } from '../../stream/index.js';
import { type KMeansModel, type KMeansOptions, kMeansAs, kMeansKinds, kMeansModel } from './k-means.js';
import { arraysOf, over } from './learned.js';
import { matrixOf } from './rows.js';

/** `KMeansOptions`, but for given centers. */
export interface ClustersOptions extends Omit<KMeansOptions, 'init'> {
	/** The first centers. Default 'k-means++'. */
	init?: 'k-means++';
}

/** Fitted clusters: a stage that adds `cluster`, the number of the nearest center. */
export interface Clusters extends Stage<{ features: SparseVector }, { cluster: number }>, KMeansModel {}

const kinds: Kinds<ClustersOptions> = { ...kMeansKinds, init: is.one('k-means++') };

/**
 * Learns clusters of `features` by `kMeans`; the features are in memory while it learns.
 *
 * @example
 * const fitted = await clusters({ clusters: 20 }).fit(docs);
 * fitted.topTerms(names, 5);
 */
export const clusters = ownLearner((given: ClustersOptions): LearnerOf<{ features: SparseVector }, Clusters> => {
	const defaults = { init: 'k-means++', runs: 1, iterations: 300, tolerance: 1e-4, spherical: false, seed: 0 } as const;
	const options = over(defaults, optionsOf('clusters', given, kinds));
	return learner(
		async (docs) => {
			const { centers, columns } = kMeansAs('clusters', await matrixOf(docs), options);
			return fitted(centers, columns, options);
		},
		{ stage: 'clusters', options, needs: { features: 'features' } },
	);
}, reviveClusters);

type Settled = Required<ClustersOptions> & { readonly [key: string]: Json };

function fitted(centers: Float64Array, columns: number, options: Settled): Clusters {
	const model = kMeansModel(centers, options.clusters, columns, 'clusters');
	const step = map(({ features }: { features: SparseVector }) => ({ cluster: model.predictRow(features) }), {
		...{ stage: 'clusters', options, state: { columns, centers } },
		needs: { features: 'features' },
	});
	return Object.assign(step, model);
}

/** The fitted stage that a spec describes. Throws a TypeError where the state is not one that `fit` wrote. */
function reviveClusters(options: Json, state: State): Clusters {
	const { spec } = clusters(options as unknown as ClustersOptions);
	const known = spec.options as Settled;
	const { centers, columns } = arraysOf('clusters', state, (columns) => ({ centers: known.clusters * columns }));
	return fitted(centers, columns, known);
}
