// How likely a correlation as large as one that was found is by chance.
import { logGamma } from '../../classic/topics/gamma-functions.js';

/**
 * The two-sided p-value of a correlation coefficient of `count` pairs, as SciPy's `pearsonr` and `spearmanr` have it: t = r √(ν / (1 − r²)) of Student's
 * distribution with ν = count − 2.
 */
export function pValue(r: number, count: number): number {
	if (!(count > 2) || Number.isNaN(r)) return Number.NaN;
	return incompleteBeta(1 - r * r, (count - 2) / 2, 1 / 2);
}

/** The regularized incomplete beta function I_x(a, b) by Lentz's continued fraction (Numerical Recipes, 6.4). */
export function incompleteBeta(x: number, a: number, b: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	// The fraction converges quickly on one side of the mean.
	if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
	const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
	const apart = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
	let c = 1;
	let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
	let fraction = d;
	for (let m = 1; m <= 10_000; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / apart(1 + even * d);
		c = apart(1 + even / c);
		fraction *= d * c;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / apart(1 + odd * d);
		c = apart(1 + odd / c);
		fraction *= d * c;
		if (Math.abs(d * c - 1) < 1e-15) break;
	}
	return front * fraction;
}
