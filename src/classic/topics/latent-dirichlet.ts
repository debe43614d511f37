// Topics of documents by latent Dirichlet allocation.
import { type Json, type Kinds, optionsOf } from '../../base/index.js';
import type { SparseVector } from '../../sparse/index.js';
import { type LearnerOf, learner, map, ownLearner, type Stage, type State } from '../../stream/index.js';
import { type LdaOptions, ldaAs, ldaKinds } from './lda.js';
import { type LdaModel, type LdaSettings, ldaModel } from './lda-model.js';
import { arraysOf, over } from './learned.js';
import { matrixOf } from './rows.js';

/** `LdaOptions`, but for start values. */
export type LatentDirichletOptions = Omit<LdaOptions, 'init' | 'updates'>;

/** Fitted topics: a stage that adds `topics`, the share of each topic in a document. */
export interface LatentDirichlet extends Stage<{ features: SparseVector }, { topics: Float64Array }>, LdaModel {}

const { init, updates, ...own } = ldaKinds;
const kinds: Kinds<LatentDirichletOptions> = own;

/**
 * Learns topics of `features`, counts as a rule, by `lda` (Blei, Ng & Jordan 2003); the features are in memory while it learns.
 *
 * @example
 * const fitted = await latentDirichlet({ topics: 20 }).fit(docs);
 * fitted.topTerms(names, 10);
 */
export const latentDirichlet = ownLearner((given: LatentDirichletOptions): LearnerOf<{ features: SparseVector }, LatentDirichlet> => {
	const options = settled(optionsOf('latentDirichlet', given, kinds));
	return learner(
		async (docs) => {
			const { components, columns } = ldaAs('latentDirichlet', await matrixOf(docs), options);
			return fitted(components, columns, options, written(options, given));
		},
		{ stage: 'latentDirichlet', options: written(options, given), needs: { features: 'features' } },
	);
}, reviveLatentDirichlet);

type Settled = Required<LatentDirichletOptions> & { readonly [key: string]: Json };

/** The options with all defaults. */
function settled(given: LatentDirichletOptions): Settled {
	const priors = { alpha: 1 / given.topics, eta: 1 / given.topics };
	const batches = { learning: 'online', batchSize: 128, decay: 0.7, offset: 10, passes: 10 } as const;
	return over({ ...priors, ...batches, rowIterations: 100, rowTolerance: 1e-3, seed: 0 }, given);
}

/** The options without priors that follow from the number of topics: another number has its own. */
function written({ alpha, eta, ...options }: Settled, given: LatentDirichletOptions): Json {
	return { ...options, ...(given.alpha !== undefined && { alpha }), ...(given.eta !== undefined && { eta }) };
}

function fitted(components: Float64Array, columns: number, options: Settled, spec: Json): LatentDirichlet {
	const { topics, alpha, eta, rowIterations: iterations, rowTolerance: tolerance } = options;
	const settings: LdaSettings = { topics, alpha, eta, columns, iterations, tolerance };
	const model = ldaModel(components, settings, 'latentDirichlet');
	const step = map(({ features }: { features: SparseVector }) => ({ topics: model.transformRow(features) }), {
		...{ stage: 'latentDirichlet', options: spec, state: { columns, components } },
		needs: { features: 'features' },
	});
	return Object.assign(step, model);
}

/** The fitted stage that a spec describes. Throws a TypeError where the state is not one that `fit` wrote. */
function reviveLatentDirichlet(options: Json, state: State): LatentDirichlet {
	const { spec } = latentDirichlet(options as unknown as LatentDirichletOptions);
	const known = settled(spec.options as unknown as LatentDirichletOptions);
	const { components, columns } = arraysOf('latentDirichlet', state, (columns) => ({ components: known.topics * columns }));
	return fitted(components, columns, known, spec.options);
}
