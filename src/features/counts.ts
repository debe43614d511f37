// Counts of terms: scikit-learn's CountVectorizer over tokens or characters.
import { is, type Json, type Kinds, optionsOf } from '../base/index.js';
import { ownLearner, type State } from '../stream/index.js';
import { type TermOptions, termKinds, termsOf } from './terms/analyzer.js';
import { limitKinds, setLimits, type TermLimits } from './terms/order-terms.js';
import {
	type FeatureType,
	reviveVectorizer,
	type Vectorizer,
	type VectorizerLearner,
	type VectorizerPlan,
	vectorizerLearner,
} from './vectorizer.js';

/** What is counted. */
export interface CountsOptions extends TermOptions, TermLimits {
	/** 1 for each term that a document has, however often. Default false. */
	readonly binary?: boolean;
	/** How numbers are kept. Default `float32`. */
	readonly dtype?: FeatureType;
}

/** Options by which terms are made of `text`: documents need no `tokens`. */
export type OfText = { readonly analyzer: 'text' | 'char' | 'char_wb' };

const kinds: Kinds<CountsOptions> = { ...termKinds, ...limitKinds, binary: is.flag, dtype: is.one('float32', 'float64') };

interface CountsMaker {
	(options: CountsOptions & OfText): VectorizerLearner<{ text: string }, Vectorizer<{ text: string }>>;
	(options?: CountsOptions): VectorizerLearner<{ tokens: string[] }, Vectorizer>;
}

function plan(given: CountsOptions): VectorizerPlan<Vectorizer> {
	const { binary = false, dtype = 'float32', ...rest } = optionsOf('counts', given, kinds);
	const [terms, limits] = [termsOf(rest), setLimits(rest)];
	return {
		...{ stage: 'counts', options: { ...terms, ...limits, binary, dtype } as unknown as Json, terms, limits, dtype },
		weighting: () => (row) => {
			if (binary) row.values.fill(1);
		},
		finished: (fitted) => fitted as unknown as Vectorizer,
	};
}

/**
 * Learns the terms of documents; the fitted stage adds `features`, how often a document has each. Columns are in the order of the terms by code point, as
 * scikit-learn's.
 *
 * @example
 * const { fitted, matrix } = await counts({ ngramRange: [1, 2], minDf: 2 }).fitTransform(pipe(docs, clean(), words()));
 */
export const counts = ownLearner(
	((given: CountsOptions = {}) => vectorizerLearner(plan(given))) as CountsMaker,
	(options: Json, state: State) => reviveVectorizer(plan(options as CountsOptions), state),
);
