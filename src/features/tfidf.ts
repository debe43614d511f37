// TF-IDF: how much a term says about a document, learned from the number of documents that have it (Spärck Jones 1972).
import { is, type Json, type Kinds, optionsOf } from '../base/index.js';
import { ownLearner, type State } from '../stream/index.js';
import type { OfText } from './counts.js';
import { smartIdf, smartKind, smartWeighting } from './smart.js';
import { type Norm, normalize } from './term-weights.js';
import { type TermOptions, termKinds, termsOf } from './terms/analyzer.js';
import { limitKinds, setLimits, type TermLimits } from './terms/order-terms.js';
import {
	type FeatureType,
	reviveVectorizer,
	type Vectorizer,
	type VectorizerLearner,
	type VectorizerPlan,
	vectorizerLearner,
	type Weighting,
} from './vectorizer.js';

/** How terms are weighed; the defaults are those of scikit-learn's TfidfVectorizer. */
export interface TfidfOptions extends TermOptions, TermLimits {
	/** Count one document more that has every term: idf = ln((1 + n) / (1 + df)) + 1, else ln(n / df) + 1. Default true. */
	readonly smooth?: boolean;
	/** Term frequency 1 + ln(count) instead of the count. Default false. */
	readonly sublinear?: boolean;
	/** Term frequency 1, however often a document has the term. Default false. */
	readonly binary?: boolean;
	/** Whether frequent terms count less. Default true. */
	readonly useIdf?: boolean;
	/** How the weights of a document are scaled: to length 1, to a sum or a largest of 1, or not. Default `l2`. */
	readonly norm?: Norm;
	/**
	 * Another formula in the place of all these. `textbook`: count / occurrences in all documents · ln(n / (df + 1)). `plain`: count · ln(n / df). Three letters: SMART's, as gensim
	 * has them (logarithms to base 2), such as `ltc`.
	 */
	readonly formula?: 'textbook' | 'plain' | (string & {});
	/** How much of a document's own length counts beside the mean, with the letters u and b. Default 0.25. */
	readonly slope?: number;
	/** How numbers are kept. Default `float32`. */
	readonly dtype?: FeatureType;
}

/** Fitted TF-IDF: a stage that adds `features`. */
export interface Tfidf<Needs extends object = { tokens: string[] }> extends Vectorizer<Needs> {
	/** The weight of each term of one document in the order of first place; terms not seen in `fit` have none. */
	weights(tokens: readonly string[]): Map<string, number>;
	/** The inverse document frequency of a term, as the formula has it, given unit by unit; undefined where no document had it. */
	idf(...units: readonly string[]): number | undefined;
}

const kinds: Kinds<TfidfOptions> = {
	...{ ...termKinds, ...limitKinds, smooth: is.flag, sublinear: is.flag, binary: is.flag, useIdf: is.flag },
	...{ norm: is.one('l1', 'l2', 'max', false), formula: is.either(is.one('textbook', 'plain'), smartKind), slope: is.share },
	dtype: is.one('float32', 'float64'),
};

interface TfidfMaker {
	(options: TfidfOptions & OfText): VectorizerLearner<{ text: string }, Tfidf<{ text: string }>>;
	(options?: TfidfOptions): VectorizerLearner<{ tokens: string[] }, Tfidf>;
}

/** The weighting of options that are no formula of their own. */
function classic({ smooth = true, sublinear = false, binary = false, useIdf = true, norm = 'l2' }: TfidfOptions): Weighting {
	return (facts) => {
		const idfs = useIdf ? idfsOf(facts.documentCounts, facts.documents, smooth) : undefined;
		return ({ columns, values }) => {
			for (let i = 0; i < values.length; i++) {
				const frequency = binary ? 1 : sublinear ? 1 + Math.log(values[i]!) : values[i]!;
				values[i] = idfs ? frequency * idfs[columns[i]!]! : frequency;
			}
			normalize(values, norm);
		};
	};
}

/** ln((1 + n) / (1 + df)) + 1, without the ones that smooth: ln(n / df) + 1 */
const plainIdf = (documents: number, having: number, smooth: boolean) =>
	smooth ? Math.log((documents + 1) / (having + 1)) + 1 : Math.log(documents / having) + 1;

function idfsOf(documentCounts: Uint32Array, documents: number, smooth: boolean): Float64Array {
	const idfs = new Float64Array(documentCounts.length);
	for (let i = 0; i < idfs.length; i++) idfs[i] = plainIdf(documents, documentCounts[i]!, smooth);
	return idfs;
}

/** The idf of the course's formulas. */
const ownIdfs: Readonly<Record<string, (documents: number, having: number) => number>> = {
	textbook: (documents, having) => Math.log(documents / (having + 1)),
	plain: (documents, having) => Math.log(documents / having),
};

/** The formulas of the course: in its text, and in its code. */
const formulas: Readonly<Record<string, Weighting>> = {
	textbook:
		({ documents, documentCounts, totals }) =>
		({ columns, values }) => {
			for (let i = 0; i < values.length; i++) {
				values[i]! *= ownIdfs.textbook!(documents, documentCounts[columns[i]!]!) / totals[columns[i]!]!;
			}
		},
	plain:
		({ documents, documentCounts }) =>
		({ columns, values }) => {
			for (let i = 0; i < values.length; i++) values[i]! *= ownIdfs.plain!(documents, documentCounts[columns[i]!]!);
		},
};

/** Options that say what a formula says by itself. */
const replaced = ['smooth', 'sublinear', 'binary', 'useIdf', 'norm'] as const;
const usual = { smooth: true, sublinear: false, binary: false, useIdf: true, norm: 'l2' } as const;

function plan(given: TfidfOptions): VectorizerPlan<Tfidf> {
	const { dtype = 'float32', formula, slope, ...rest } = optionsOf('tfidf', given, kinds);
	const [terms, limits] = [termsOf(rest), setLimits(rest)];
	// What is written out of another one are its defaults.
	const beside = formula === undefined ? undefined : replaced.find((name) => rest[name] !== undefined && rest[name] !== usual[name]);
	if (beside) throw new TypeError(`tfidf: expected formula alone, got ${beside} beside it. Leave one of them out.`);
	const isSmart = formula !== undefined && !(formula in formulas);
	if (slope !== undefined && !(isSmart && /[ub]$/.test(formula))) {
		throw new TypeError('tfidf: expected slope with a formula such as lfu, which ends in u or b, got it alone. Leave it out.');
	}
	const { smooth = true, sublinear = false, binary = false, useIdf = true, norm = 'l2' } = rest;
	const how = formula === undefined ? { smooth, sublinear, binary, useIdf, norm } : { formula, ...(slope !== undefined && { slope }) };
	const idfOf =
		formula === undefined
			? (n: number, having: number) => (useIdf ? plainIdf(n, having, smooth) : 1)
			: (ownIdfs[formula] ?? smartIdf(formula));
	const weighting = formula === undefined ? classic(rest) : (formulas[formula] ?? smartWeighting(formula, { slope }));
	return {
		...{ stage: 'tfidf', options: { ...terms, ...limits, ...how, dtype } as unknown as Json, terms, limits, dtype, weighting },
		finished(fitted, { facts, weigh, index }) {
			const names = () => index.names();
			return Object.assign(fitted, {
				idf(...units: readonly string[]) {
					const column = index.columnOf(units);
					return column < 0 ? undefined : idfOf(facts.documents, facts.documentCounts[column]!);
				},
				weights(tokens: readonly string[]) {
					const { columns, counts, length } = index.countUnits(tokens);
					weigh({ columns, values: counts, length });
					const weightOf = new Map(Array.from(columns, (column, place) => [column, counts[place]!]));
					return new Map(index.inOrder(tokens).map((column) => [names()[column]!, weightOf.get(column)!]));
				},
			}) as unknown as Tfidf;
		},
	};
}

/**
 * Learns the document frequency of each term. Columns, values and limits are scikit-learn's.
 *
 * @example
 * const fitted = await tfidf({ ngramRange: [1, 2], minDf: 2, sublinear: true }).fit(pipe(docs, clean(), words()));
 * fitted.weights(['oil', 'prices', 'rise']);
 */
export const tfidf = ownLearner(
	((given: TfidfOptions = {}) => vectorizerLearner(plan(given))) as TfidfMaker,
	(options: Json, state: State) => reviveVectorizer(plan(options as TfidfOptions), state),
);
