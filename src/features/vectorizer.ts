// What all vectorizers are: terms are learned and counted in the same way, a weighting makes numbers of the counts.
import type { Json } from '../base/index.js';
import { type SparseMatrix, type SparseVector, sparseMatrix } from '../sparse/index.js';
import {
	checkOf,
	type Description,
	type Documents,
	documents,
	each,
	type Learner,
	learner,
	map,
	type Source,
	type Stage,
	type State,
} from '../stream/index.js';
import { type Analyzed, joinOf, needsOf, readerOf, type Terms } from './terms/analyzer.js';
import { countDocument, documentsWith, mergeCounts, type TermCounts, termCounts, timesOf } from './terms/count-terms.js';
import { type CountedPart, countChunk, countedPart, matrixOfCounts } from './terms/matrix-of-counts.js';
import { type OrderedTerms, orderTerms, type TermLimits } from './terms/order-terms.js';
import { columnsIn, type SavedTerms, savedTerms, TermIndex, termsFrom } from './terms/term-index.js';

/** What was counted in the documents that a vectorizer was fitted on. */
export interface CorpusFacts {
	readonly documents: number;
	/** Terms of all of them together, repeated ones included. */
	readonly length: number;
	/** The documents that have the term of each column. */
	readonly documentCounts: Uint32Array;
	/** How often the term of each column was seen. */
	readonly totals: Float64Array;
	/** The terms by column. */
	names(): readonly string[];
}

/** The counts of one document, which a weighting overwrites with weights. */
export interface TermRow {
	readonly columns: Int32Array;
	readonly values: Float64Array;
	/** Terms of the document, unknown and repeated ones included. */
	readonly length: number;
}

/** Makes weights of counts. */
export type Weighting = (facts: CorpusFacts) => (row: TermRow) => void;

/** A fitted vectorizer: a stage that adds `features`, a row with a column for each term. */
export interface Vectorizer<Needs extends object = { tokens: string[] }> extends Stage<Needs, { features: SparseVector }> {
	/** Columns. */
	readonly size: number;
	/** The field that it adds. */
	readonly field: 'features';
	/** Documents that it was fitted on. */
	readonly documents: number;
	/** The terms by column, as scikit-learn's `get_feature_names_out`. */
	names(): readonly string[];
	/** The column of a term, whose units are given one by one; −1 for one that it does not have. */
	columnOf(...units: readonly string[]): number;
	/** The row of one document. */
	features(doc: Needs): SparseVector;
	/** The rows of documents as a matrix. */
	matrix(docs: Source<Needs>): Promise<SparseMatrix>;
}

/** What learns one. */
export interface VectorizerLearner<Needs extends object, Fitted extends Vectorizer<Needs> = Vectorizer<Needs>>
	extends Learner<Needs, Needs, { features: SparseVector }, Fitted> {
	/** `fit`, and the matrix of the same documents, which are read once. */
	fitTransform(docs: Source<Needs>): Promise<{ fitted: Fitted; matrix: SparseMatrix }>;
}

/** How numbers are kept in features. */
export type FeatureType = 'float32' | 'float64';

/** What a vectorizer is made of. */
export interface VectorizerPlan<Fitted> {
	readonly stage: string;
	/** As they are written in its spec. */
	readonly options: Json;
	readonly terms: Terms;
	readonly limits: TermLimits;
	readonly dtype: FeatureType;
	readonly weighting: Weighting;
	/** Adds to the fitted stage what it has beside. */
	readonly finished: (fitted: Vectorizer<never>, parts: FittedParts) => Fitted;
}

/** What a fitted stage works with. */
export interface FittedParts {
	readonly facts: CorpusFacts;
	readonly weigh: (row: TermRow) => void;
	readonly index: TermIndex;
}

/** What is learned: the terms, and what was counted of each. */
interface Learned extends SavedTerms {
	readonly documents: number;
	readonly length: number;
	readonly documentCounts: Uint32Array;
	readonly totals: Float64Array;
}

/** Makes the learner of a plan. */
export function vectorizerLearner<Needs extends object, Fitted extends Vectorizer<Needs>>(
	plan: VectorizerPlan<Fitted>,
): VectorizerLearner<Needs, Fitted> {
	const { stage, options, terms, limits, dtype, weighting } = plan;
	const how = { read: readerOf(terms), terms };
	const needs = needsOf(terms) as Description<Needs>['needs'];
	/** What counts come to, once: `fitTransform` needs it after the stage has. */
	const known = new WeakMap<TermCounts, { readonly columns: Int32Array; readonly state: Learned }>();
	const learnedOf = (counts: TermCounts) => {
		const found = known.get(counts);
		if (found) return found;
		const order = orderTerms(stage, counts, limits, joinOf(terms));
		const made = { columns: order.columns, state: learned(counts, order) };
		known.set(counts, made);
		return made;
	};
	const made = learner(
		{
			start: termCounts,
			add(counts: TermCounts, docs: readonly Needs[]) {
				for (const doc of docs) countDocument(counts, doc as Analyzed, how);
			},
			merge: mergeCounts,
			finish: (counts) => fittedVectorizer(plan, learnedOf(counts).state) as Vectorizer<Needs>,
		},
		{ stage, options, ...(needs && { needs }) },
	);
	const check = checkOf(stage, needsOf(terms));
	/** Counts, and keeps the counts of each document. */
	const rowTally = {
		start: countedPart,
		add(part: CountedPart, docs: readonly Needs[], first: number) {
			each(stage, docs, first, check);
			countChunk(part, docs as readonly Analyzed[], first, how);
		},
	};
	const whole = Object.assign(made as unknown as Learner<Needs, Needs, { features: SparseVector }, Fitted>, {
		rowTally,
		async fitTransform(source: Source<Needs>) {
			const docs = documents(source, stage);
			// Documents that come out of threads are counted there.
			const parts = ((await docs.tally?.(whole, { by: 'rowTally' })) ?? [await counted(docs, rowTally)]) as CountedPart[];
			const { counts } = parts[0] ?? countedPart();
			const ids = parts.map((part, place) => (place === 0 ? undefined : mergeCounts(counts, part.counts)));
			const { columns, state } = learnedOf(counts);
			const fitted = made.tally!.finish(counts) as unknown as Fitted;
			const columnOf = new Int32Array(counts.table.size).fill(-1);
			for (let column = 0; column < columns.length; column++) columnOf[columns[column]!] = column;
			const matrix = matrixOfCounts(
				stage,
				parts.map(({ rows, chunks }, place) => ({ rows, chunks, columnOf: ids[place]?.map((id) => columnOf[id]!) ?? columnOf })),
				{ columns: columns.length, weigh: weighting({ ...state, names: () => fitted.names() }), dtype },
			);
			return { fitted, matrix };
		},
	});
	return whole;
}

/** Counts documents here. */
async function counted<Needs>(
	docs: Documents<Needs>,
	{ start, add }: { start(): CountedPart; add(part: CountedPart, docs: readonly Needs[], first: number): void },
): Promise<CountedPart> {
	const part = start();
	let first = 0;
	for await (const chunk of docs.chunks()) {
		add(part, chunk, first);
		first += chunk.length;
	}
	return part;
}

/** What is learned of counts. */
function learned(counts: TermCounts, order: OrderedTerms): Learned {
	const { columns } = order;
	let length = 0;
	for (let id = 0; id < counts.table.size; id++) length += timesOf(counts, id);
	const [documentCounts, totals] = [new Uint32Array(columns.length), new Float64Array(columns.length)];
	for (let column = 0; column < columns.length; column++) {
		documentCounts[column] = documentsWith(counts, columns[column]!);
		totals[column] = timesOf(counts, columns[column]!);
	}
	return { documents: counts.documents, length, ...savedTerms(counts.table, order), documentCounts, totals };
}

/** The stage of what was learned. */
function fittedVectorizer<Fitted>(plan: VectorizerPlan<Fitted>, state: Learned): Fitted {
	const { stage, options, terms, dtype, weighting, finished } = plan;
	const index = new TermIndex(state, terms, joinOf(terms));
	const facts = { ...state, names: () => index.names() };
	const weigh = weighting(facts);
	const check = checkOf(stage, needsOf(terms));
	const features = (doc: object): SparseVector => {
		check(doc);
		const { columns, counts, length } = index.count(doc as Analyzed);
		weigh({ columns, values: counts, length });
		return { indices: columns.slice(), values: dtype === 'float64' ? counts.slice() : Float32Array.from(counts), size: index.size };
	};
	const step = map((doc: object) => ({ features: features(doc) }), {
		...{ stage, options, state: state as unknown as State },
		needs: needsOf(terms) as object,
	});
	const fitted = Object.assign(step, {
		...{ size: index.size, field: 'features' as const, documents: state.documents, features, names: () => index.names() },
		columnOf: (...units: readonly string[]) => index.columnOf(units),
		async matrix(docs: Source<object>) {
			const rows: SparseVector[] = [];
			for await (const doc of documents(docs, stage)) rows.push(features(doc));
			return { ...sparseMatrix(rows, { dtype }), columns: index.size };
		},
	});
	return finished(fitted as unknown as Vectorizer<never>, { facts, weigh, index });
}

/** The fitted vectorizer of a plan that a state describes. Throws a TypeError where it is not one that `fit` wrote. */
export function reviveVectorizer<Fitted>(plan: VectorizerPlan<Fitted>, state: State): Fitted {
	const given = (state ?? {}) as { [key: string]: State };
	const terms = termsFrom(given);
	const { documents: n, length, documentCounts, totals } = given;
	const size = terms ? columnsIn(terms.columns) : 0;
	const whole = (count: unknown): count is number => Number.isSafeInteger(count) && (count as number) >= 0;
	const counted =
		whole(n) &&
		whole(length) &&
		documentCounts instanceof Uint32Array &&
		totals instanceof Float64Array &&
		documentCounts.length === size &&
		totals.length === size &&
		documentCounts.every((count, column) => count >= 1 && count <= n && totals[column]! >= count);
	if (!terms || !counted) {
		throw new TypeError(
			`${plan.stage}: expected a state { documents, length, tokens, prefixes, lasts, columns, documentCounts, totals } with counts for each term, got ${JSON.stringify(state)?.slice(0, 80)}. Save the pipeline again.`,
		);
	}
	return fittedVectorizer(plan, { ...terms, documents: n, length, documentCounts, totals } as Learned);
}
