// Topics of documents as parts that add up, by non-negative matrix factorization.
import { is, type Json, type Kinds, optionsOf } from '../../base/index.js';
import type { SparseVector } from '../../sparse/index.js';
import { type LearnerOf, learner, map, ownLearner, type Stage, type State } from '../../stream/index.js';
import { arraysOf, over } from './learned.js';
import { type NmfOptions, nmfAs, nmfKinds } from './nmf.js';
import { type NmfModel, type NmfSettings, nmfModel } from './nmf-model.js';
import { matrixOf } from './rows.js';

/** `NmfOptions`, but for start values. */
export interface NonNegativeFactorsOptions extends Omit<NmfOptions, 'init'> {
	/** Where it begins. Default 'nndsvda' up to as many components as documents and columns, else 'random'. */
	init?: 'nndsvd' | 'nndsvda' | 'random';
}

/** Fitted parts: a stage that adds `topics`, how much of each part a document has. */
export interface NonNegativeFactors extends Stage<{ features: SparseVector }, { topics: Float64Array }>, NmfModel {}

const kinds: Kinds<NonNegativeFactorsOptions> = { ...nmfKinds, init: is.one('nndsvd', 'nndsvda', 'random') };

/**
 * Learns non-negative parts of `features` (Lee & Seung 1999) by `nmf`; the features are in memory while it learns.
 *
 * @example
 * const fitted = await nonNegativeFactors({ components: 10 }).fit(docs);
 * fitted.topTerms(names, 5);
 */
export const nonNegativeFactors = ownLearner(
	(given: NonNegativeFactorsOptions): LearnerOf<{ features: SparseVector }, NonNegativeFactors> => {
		const options = settled(optionsOf('nonNegativeFactors', given, kinds));
		return learner(
			async (docs) => {
				const matrix = await matrixOf(docs);
				const { components, columns } = nmfAs('nonNegativeFactors', matrix, options);
				return fitted(components, columns, options, written(options, given));
			},
			{ stage: 'nonNegativeFactors', options: written(options, given), needs: { features: 'features' } },
		);
	},
	reviveNonNegativeFactors,
);

type Settled = Required<Omit<NonNegativeFactorsOptions, 'init'>> & { readonly [key: string]: Json };

/** The options with all defaults. */
function settled(given: NonNegativeFactorsOptions): Settled {
	const { loss = 'frobenius' } = given;
	const solver = loss === 'frobenius' ? 'cd' : 'mu';
	return over({ solver, loss, tolerance: 1e-4, maxIterations: 200, alpha: 0, l1Ratio: 0, seed: 0 } as const, given);
}

/** The options without a solver that follows from the loss: another one has its own. */
function written({ solver, ...options }: Settled, given: NonNegativeFactorsOptions): Json {
	return { ...options, ...(given.solver !== undefined && { solver }) };
}

function fitted(components: Float64Array, columns: number, options: Settled, spec: Json): NonNegativeFactors {
	const { components: count, solver, loss, tolerance, maxIterations, alpha, l1Ratio } = options;
	const penalty = { l1: columns * alpha * l1Ratio, l2: columns * alpha * (1 - l1Ratio) };
	const settings: NmfSettings = { count, columns, solver, loss, tolerance, maxIterations, penalty };
	const model = nmfModel(components, settings, 'nonNegativeFactors');
	const step = map(({ features }: { features: SparseVector }) => ({ topics: model.transformRow(features) }), {
		...{ stage: 'nonNegativeFactors', options: spec, state: { columns, components } },
		needs: { features: 'features' },
	});
	return Object.assign(step, model);
}

/** The fitted stage that a spec describes. Throws a TypeError where the state is not one that `fit` wrote. */
function reviveNonNegativeFactors(options: Json, state: State): NonNegativeFactors {
	const { spec } = nonNegativeFactors(options as unknown as NonNegativeFactorsOptions);
	const known = settled(spec.options as unknown as NonNegativeFactorsOptions);
	const { components, columns } = arraysOf('nonNegativeFactors', state, (columns) => ({ components: known.components * columns }));
	return fitted(components, columns, known, spec.options);
}
