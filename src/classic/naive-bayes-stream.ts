// Naive Bayes that learns chunk by chunk: what it counts is added up, so that the order says nothing.
import { optionsOf } from '../base/index.js';
import type { SparseMatrix } from '../sparse/index.js';
import type { Probabilistic } from './classifier.js';
import type { LinearClassifier } from './linear.js';
import { addBayesCounts, bayesKinds, bayesOf, emptyBayesCounts, type NaiveBayesOptions } from './naive-bayes.js';

/** Naive Bayes that goes on learning. */
export interface NaiveBayesStream {
	/** Counts rows. Classes may be new. */
	partialFit(matrix: SparseMatrix, labels: readonly string[]): void;
	/** The classifier of all rows so far: that of `fitNaiveBayes` over them. */
	model(): LinearClassifier & Probabilistic;
}

/** Learns naive Bayes from a stream, in memory of one number for each column and class. */
export function naiveBayesStream(given: NaiveBayesOptions = {}): NaiveBayesStream {
	const options = optionsOf('naiveBayesStream', given, bayesKinds);
	const counts = emptyBayesCounts();
	return {
		partialFit: (matrix, labels) => addBayesCounts('naiveBayesStream', counts, matrix, labels),
		model: () => bayesOf('naiveBayesStream', counts, options),
	};
}
