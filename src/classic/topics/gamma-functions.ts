// The logarithm of the gamma function and its derivative, for positive numbers.

/** ψ(x) for x > 0 (Bernardo 1976, algorithm AS 103), to about 1e-10, with the terms that scikit-learn has. */
export function digamma(x: number): number {
	if (x <= 1e-6) return -0.5772156649015329 - 1 / x;
	let shift = 0;
	// ψ(x + 1) = ψ(x) + 1 / x
	for (; x < 6; x++) shift -= 1 / x;
	const r = 1 / x;
	const square = r * r;
	return shift + Math.log(x) - 0.5 * r - square * (1 / 12 - square * (1 / 120 - square * (1 / 252)));
}

/** ln Γ(x) for x > 0: Stirling's series where x is at least 10, to about 1e-15 of its value. */
export function logGamma(x: number): number {
	// Γ(x + 1) = x Γ(x)
	let product = 1;
	for (; x < 10; x++) product *= x;
	const r = 1 / x;
	const s = r * r;
	const series = r * (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360))))));
	return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + series - Math.log(product);
}
