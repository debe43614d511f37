// The confusion matrix of a classifier.

/** How often each class was taken for each other: `[target][prediction]` counts. */
export function confusion(predictions: ArrayLike<number>, targets: ArrayLike<number>, classes: number): number[][] {
	const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
	for (let i = 0; i < targets.length; i++) counts[targets[i]!]![predictions[i]!]!++;
	return counts;
}
