// The terms that say most about each topic, component or cluster.
import { argumentOf, is } from '../../base/index.js';

/** A term and its weight. */
export interface WeightedTerm {
	readonly term: string;
	readonly weight: number;
}

/** For each topic the terms of largest weight, in falling order, equal ones by their columns. */
export type TopTerms = (names: readonly string[], count?: number) => WeightedTerm[][];

/** `topTerms` of dense rows of one weight for each column. `names` are the terms of the columns; 10 of each row by default. */
export function topTermsOf(who: string, weights: Float64Array, columns: number): TopTerms {
	return (names, count = 10) => {
		argumentOf(who, 'count', count, is.whole(1));
		if (argumentOf(who, 'names', names, is.texts).length !== columns) {
			throw new RangeError(
				`${who}: expected a name for each of ${columns} columns, got ${names.length}. Take them from the stage that made the features.`,
			);
		}
		return Array.from({ length: weights.length / columns }, (_, row) => {
			const own = weights.subarray(row * columns, (row + 1) * columns);
			const order = Array.from(own.keys()).sort((a, b) => own[b]! - own[a]! || a - b);
			return order.slice(0, count).map((column) => ({ term: names[column]!, weight: own[column]! }));
		});
	};
}
