// The topics that latent Dirichlet allocation learned, and those of rows.
import type { SparseMatrix, SparseVector } from '../../sparse/index.js';
import { turnedDense } from '../linear-algebra/tall.js';
import { checkRows } from './checks.js';
import { logExpectation, variationalBound } from './lda-bound.js';
import { type DocumentStep, documentTopics } from './lda-documents.js';
import { asMatrix } from './rows.js';
import { type TopTerms, topTermsOf } from './top-terms.js';

/** Topics of words and of rows. */
export interface LdaModel {
	/** λ: how often each topic has each word, prior included, `[count × columns]`. */
	readonly components: Float64Array;
	readonly count: number;
	readonly columns: number;
	/** The shares of the topics in rows, `[rows × count]`; those of a row add up to 1. */
	transform(matrix: SparseMatrix): Float64Array;
	/** The shares of the topics in one row. */
	transformRow(row: SparseVector): Float64Array;
	/** A lower bound of ln p(rows). */
	score(matrix: SparseMatrix): number;
	/** exp(−score / words): lower is better. */
	perplexity(matrix: SparseMatrix): number;
	/** For each topic the words that it has most often; weights are shares of the topic. */
	readonly topTerms: TopTerms;
}

/** How topics of rows are found. */
export interface LdaSettings extends DocumentStep {
	readonly columns: number;
	/** The prior of a topic's words. */
	readonly eta: number;
}

/** A model of λ. */
export function ldaModel(components: Float64Array, settings: LdaSettings, who: string): LdaModel {
	const { topics: count, columns, alpha, eta } = settings;
	const beta = turnedDense(logExpectation(components, columns).map(Math.exp), columns);
	const gammaOf = (matrix: SparseMatrix) => {
		checkRows(who, matrix, columns, 'non-negative');
		return documentTopics(matrix, beta, settings, 0, matrix.rows);
	};
	const transform = (matrix: SparseMatrix) => shares(gammaOf(matrix), count);
	const score = (matrix: SparseMatrix) =>
		variationalBound(matrix, { lambda: components, gamma: gammaOf(matrix), topics: count, alpha, eta });
	const perplexity = (matrix: SparseMatrix) => {
		let words = 0;
		for (let at = 0; at < matrix.values.length; at++) words += matrix.values[at]!;
		return Math.exp(-score(matrix) / words);
	};
	const transformRow = (row: SparseVector) => transform(asMatrix(row));
	const topTerms: TopTerms = (names, terms) => topTermsOf(who, shares(components.slice(), columns), columns)(names, terms);
	return { components, count, columns, transform, transformRow, score, perplexity, topTerms };
}

/** Rows divided by their sums, in place. */
function shares(dense: Float64Array, width: number): Float64Array {
	for (let from = 0; from < dense.length; from += width) {
		let total = 0;
		for (let at = from; at < from + width; at++) total += dense[at]!;
		for (let at = from; at < from + width; at++) dense[at]! /= total;
	}
	return dense;
}
