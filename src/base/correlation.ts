// How two rows of numbers go together: Pearson's and Spearman's correlation.

/** Pearson's coefficient; NaN where one of them does not vary. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
	const [meanA, meanB] = [mean(a), mean(b)];
	let [together, own, other] = [0, 0, 0];
	for (let i = 0; i < a.length; i++) {
		const [x, y] = [a[i]! - meanA, b[i]! - meanB];
		together += x * y;
		own += x * x;
		other += y * y;
	}
	return Math.max(-1, Math.min(1, together / (Math.sqrt(own) * Math.sqrt(other))));
}

/** Spearman's: Pearson's of the ranks. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
	return pearson(ranks(a), ranks(b));
}

/** The rank of each number, from 1; equal ones share the mean of their ranks. */
export function ranks(values: ArrayLike<number>): Float64Array {
	const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
	const found = new Float64Array(values.length);
	for (let from = 0; from < order.length; ) {
		let to = from + 1;
		while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
		for (let i = from; i < to; i++) found[order[i]!] = (from + 1 + to) / 2;
		from = to;
	}
	return found;
}

function mean(values: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i]!;
	return sum / values.length;
}
