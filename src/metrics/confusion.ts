// The confusion matrix of a classifier.

/**
 * How often each class was taken for each other: `[target][prediction]` counts.
 *
 * @throws {RangeError} that names a prediction or a target that is no whole number from 0 to classes − 1.
 */
export function confusion(predictions: ArrayLike<number>, targets: ArrayLike<number>, classes: number): number[][] {
	const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
	const checked = (what: string, of: ArrayLike<number>, place: number) => {
		const index = of[place];
		if (Number.isInteger(index) && index! >= 0 && index! < classes) return index!;
		throw new RangeError(
			`confusion: expected a ${what} from 0 to ${classes - 1}, got ${index} at place ${place}. Pass the number of all classes.`,
		);
	};
	for (let i = 0; i < Math.max(predictions.length, targets.length); i++) {
		counts[checked('target', targets, i)]![checked('prediction', predictions, i)]!++;
	}
	return counts;
}
