// Several scores as two numbers.

/** The mean, and the standard deviation of the scores as they are (divided by their number, as scikit-learn's `std_test_score`). */
export function summaryOf(scores: readonly number[]): { readonly mean: number; readonly deviation: number } {
	const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
	const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
	return { mean, deviation: Math.sqrt(squares / scores.length) };
}
