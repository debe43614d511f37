// BM25: weights that grow with a term's frequency up to a bound, and count it less in long documents (Robertson and Walker 1994).
import { is, type Json, type Kinds, optionsOf } from '../base/index.js';
import type { SparseMatrix } from '../sparse/index.js';
import { largest, type Neighbour } from '../sparse/index.js';
import { checkOf, ownLearner, type State } from '../stream/index.js';
import type { OfText } from './counts.js';
import { type Analyzed, needsOf, type TermOptions, termKinds, termsOf } from './terms/analyzer.js';
import { limitKinds, setLimits, type TermLimits } from './terms/order-terms.js';
import {
	type FeatureType,
	reviveVectorizer,
	type Vectorizer,
	type VectorizerLearner,
	type VectorizerPlan,
	vectorizerLearner,
} from './vectorizer.js';

/** How terms are weighed; the defaults are Lucene's. */
export interface Bm25Options extends TermOptions, TermLimits {
	/** How soon more occurrences add little; 0 for whether a document has the term. Default 1.2. */
	readonly k1?: number;
	/** How much the length of a document counts, from 0 to 1. Default 0.75. */
	readonly b?: number;
	/** What each term of a document has at least, times its idf (BM25+: Lv and Zhai 2011, 1). Default 0. */
	readonly delta?: number;
	/** How numbers are kept. Default `float32`. */
	readonly dtype?: FeatureType;
}

/** Fitted BM25: a stage that adds `features`. */
export interface Bm25<Needs extends object = { tokens: string[] }> extends Vectorizer<Needs> {
	/** The score of each row of a matrix of this stage for a query, a document: the sum of the row's weights of its terms. */
	scores(matrix: SparseMatrix, query: Needs): Float64Array;
	/** The `count` rows of the largest scores in falling order. */
	search(matrix: SparseMatrix, query: Needs, count: number): Neighbour[];
}

const kinds: Kinds<Bm25Options> = {
	...{ ...termKinds, ...limitKinds, k1: is.number(0), b: is.share, delta: is.number(0) },
	dtype: is.one('float32', 'float64'),
};

interface Bm25Maker {
	(options: Bm25Options & OfText): VectorizerLearner<{ text: string }, Bm25<{ text: string }>>;
	(options?: Bm25Options): VectorizerLearner<{ tokens: string[] }, Bm25>;
}

function plan(given: Bm25Options): VectorizerPlan<Bm25> {
	const { k1 = 1.2, b = 0.75, delta = 0, dtype = 'float32', ...rest } = optionsOf('bm25', given, kinds);
	const [terms, limits] = [termsOf(rest), setLimits(rest)];
	return {
		...{ stage: 'bm25', options: { ...terms, ...limits, k1, b, delta, dtype } as unknown as Json, terms, limits, dtype },
		// idf · (f (k₁ + 1) / (f + k₁ (1 − b + b · length / mean length)) + δ), idf = ln(1 + (n − df + ½) / (df + ½))
		weighting: ({ documents, documentCounts, length: all }) => {
			const idfs = Float64Array.from(documentCounts, (having) => Math.log(1 + (documents - having + 0.5) / (having + 0.5)));
			const mean = all / documents;
			return ({ columns, values, length }) => {
				const slow = k1 * (1 - b + (b * length) / mean);
				for (let i = 0; i < values.length; i++) values[i] = idfs[columns[i]!]! * ((values[i]! * (k1 + 1)) / (values[i]! + slow) + delta);
			};
		},
		finished(fitted, { index }) {
			const check = checkOf('bm25', needsOf(terms));
			const scores = (matrix: SparseMatrix, query: Analyzed) => {
				if (matrix.columns !== index.size) {
					throw new RangeError(
						`bm25: expected a matrix of ${index.size} columns, got ${matrix.columns}. Take it from the same fitted stage.`,
					);
				}
				check(query);
				const wanted = new Uint8Array(index.size);
				for (const column of index.count(query).columns) wanted[column] = 1;
				const found = new Float64Array(matrix.rows);
				for (let row = 0; row < matrix.rows; row++) {
					for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++)
						if (wanted[matrix.indices[at]!]) found[row]! += matrix.values[at]!;
				}
				return found;
			};
			const search = (matrix: SparseMatrix, query: Analyzed, count: number) => largest(scores(matrix, query), count);
			return Object.assign(fitted, { scores, search }) as unknown as Bm25;
		},
	};
}

/**
 * Learns the document frequency of each term and the mean length of a document.
 *
 * @example
 * const { fitted, matrix } = await bm25().fitTransform(pipe(docs, clean(), words()));
 * fitted.search(matrix, { tokens: ['oil', 'prices'] }, 10);
 */
export const bm25 = ownLearner(((given: Bm25Options = {}) => vectorizerLearner(plan(given))) as Bm25Maker, (options: Json, state: State) =>
	reviveVectorizer(plan(options as Bm25Options), state),
);
