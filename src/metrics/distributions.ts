// Tails of distributions, for the p-values of tests.

/** How probable χ² of one degree of freedom is to be as large or larger: erfc √(χ² / 2). */
export const chiSquareTail = (statistic: number): number => erfc(Math.sqrt(statistic / 2));

/**
 * 1 − erf(x) for x from 0, to about 13 digits: up to 2 by the series erf(x) = 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · … · (2n + 1)), then by the continued
 * fraction e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))) (Abramowitz and Stegun 7.1.6 and 7.1.14).
 */
function erfc(x: number): number {
	const bell = Math.exp(-x * x) / Math.sqrt(Math.PI);
	if (x < 2) {
		let term = x;
		let sum = x;
		for (let n = 1; term > sum * 1e-17; n++) {
			term *= (2 * x * x) / (2 * n + 1);
			sum += term;
		}
		return 1 - 2 * bell * sum;
	}
	if (bell === 0) return 0;
	// From the inside: at 2, where it is slowest, 100 levels leave an error below 1e-15.
	let fraction = x;
	for (let level = 100; level > 0; level--) fraction = x + level / 2 / fraction;
	return bell / fraction;
}

/** The two-sided p-value of `fewer` of `count` where both outcomes are as probable: min(1, 2 P(X ≤ fewer)), `fewer` being half of `count` at most. */
export function binomialTest(fewer: number, count: number): number {
	// The largest term, count over fewer / 2^count, in factors with halves between them, so that nothing is infinite on the way.
	let term = 1;
	let halves = count;
	for (let k = 1; k <= fewer; k++) {
		term *= (count - k + 1) / k;
		for (; term > 1 && halves > 0; halves--) term /= 2;
	}
	// The others by their ratios: P(k − 1) / P(k) = k / (count − k + 1), below 1.
	let ratio = 1;
	let sum = 1;
	for (let k = fewer; k > 0 && ratio > sum * 1e-18; k--) {
		ratio *= k / (count - k + 1);
		sum += ratio;
	}
	return Math.min(1, 2 * sum * term * 2 ** -halves);
}
