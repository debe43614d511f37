// A mean over the samples of a whole evaluation.
import type { MeasuredBatch, Metric } from './metric.js';

/** A sum over samples, and how many they are. */
export interface MeanState {
	readonly sum: number;
	readonly count: number;
}

/** The fold of a mean; 0 of no samples. `each` calls `visit` with the number of each sample of a batch. */
export function meanOf(each: (batch: MeasuredBatch, visit: (value: number) => void) => void): Metric<MeanState> {
	return {
		start: () => ({ sum: 0, count: 0 }),
		add(state, batch) {
			let { sum, count } = state;
			each(batch, (value) => {
				sum += value;
				count++;
			});
			return { sum, count };
		},
		result: ({ sum, count }) => (count === 0 ? 0 : sum / count),
	};
}

/** The mean of what `of` says of each row, by the weights of rows where there are some. */
export function weighedMean(rows: number, weights: Float64Array | undefined, of: (row: number) => number): number {
	let sum = 0;
	let all = 0;
	for (let row = 0; row < rows; row++) {
		const weight = weights ? weights[row]! : 1;
		sum += weight * of(row);
		all += weight;
	}
	return sum / all;
}
