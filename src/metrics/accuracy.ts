// Accuracy and the confusion matrix of a classifier.

/** The share of predictions that equal their targets. */
export function accuracy(predictions: ArrayLike<number>, targets: ArrayLike<number>): number {
	let right = 0;
	for (let i = 0; i < targets.length; i++) if (predictions[i] === targets[i]) right++;
	return targets.length === 0 ? 0 : right / targets.length;
}

/** How often each class was taken for each other: `[target][prediction]` counts. */
export function confusion(predictions: ArrayLike<number>, targets: ArrayLike<number>, classes: number): number[][] {
	const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
	for (let i = 0; i < targets.length; i++) counts[targets[i]!]![predictions[i]!]!++;
	return counts;
}
