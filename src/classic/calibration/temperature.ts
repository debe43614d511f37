// Temperature scaling: one number that all logits are divided by (Guo et al. 2017, "On calibration of modern neural networks").

/**
 * The temperature at which softmax(logits / temperature) has the least cross-entropy, by bisection of the slope; from e^−10 to e^10.
 *
 * @param logits `[rows × classes]`
 * @param targets The class of each row.
 * @param weights How much each class counts. Default: 1 each.
 */
export function temperatureScaling(logits: Float64Array, targets: ArrayLike<number>, classes: number, weights?: readonly number[]): number {
	/** The slope of the mean loss in ln β: β Σ (E[z] − z_y). The loss is convex in β, so that its slope changes its sign once. */
	const slope = (beta: number) => {
		let sum = 0;
		for (let row = 0, from = 0; row < targets.length; row++, from += classes) {
			let most = Number.NEGATIVE_INFINITY;
			for (let k = 0; k < classes; k++) most = Math.max(most, logits[from + k]!);
			let [total, mean] = [0, 0];
			for (let k = 0; k < classes; k++) {
				const power = Math.exp(beta * (logits[from + k]! - most));
				total += power;
				mean += power * logits[from + k]!;
			}
			sum += (weights?.[targets[row]!] ?? 1) * (mean / total - logits[from + targets[row]!]!);
		}
		return sum;
	};
	let [low, high] = [-10, 10];
	for (let step = 0; step < 100 && high - low > 1e-14; step++) {
		const middle = (low + high) / 2;
		if (slope(Math.exp(middle)) < 0) low = middle;
		else high = middle;
	}
	return Math.exp(-(low + high) / 2);
}
