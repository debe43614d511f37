// Which of two validations is better.
import type { Validation } from './validate.js';

/** Which validation is better: by the first metric, the others where it is equal; `-loss` means the lowest. */
export type Monitor = readonly string[];

/** By the first metric that differs; then by the loss. */
export function isBetter(now: Validation, best: Validation | undefined, monitor: Monitor): boolean {
	for (const metric of [...monitor, '-loss']) {
		const [name, sign] = metric.startsWith('-') ? [metric.slice(1), -1] : [metric, 1];
		if (now[name] === undefined)
			throw new RangeError(`fit: expected a metric to monitor, got ${name}, which is none of ${Object.keys(now).join(', ')}. Name one.`);
		// What is no number is worse than any.
		const [ours, theirs] = [now, best].map((result) => {
			const value = result?.[name] ?? Number.NaN;
			return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : sign * value;
		}) as [number, number];
		if (ours !== theirs) return ours > theirs;
	}
	return false;
}
