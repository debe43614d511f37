// Axes: round numbers over a range, and where numbers are on them.

/** Numbers in steps of 1, 2 or 5 times a power of ten, `about` of them, within a range. */
export function ticks(least: number, most: number, about = 5): number[] {
	const span = most - least;
	if (!(span > 0)) return [least];
	const power = 10 ** Math.floor(Math.log10(span / about));
	const step = [1, 2, 5, 10].map((times) => times * power).find((size) => span / size <= about) ?? 10 * power;
	const first = Math.ceil(least / step - 1e-9);
	const last = Math.floor(most / step + 1e-9);
	return Array.from({ length: last - first + 1 }, (_, place) => Number(((first + place) * step).toPrecision(12)));
}

/** The range of numbers with some room on both sides; around one number where all are equal. */
export function rangeOf(numbers: readonly number[], room = 0.05): [least: number, most: number] {
	let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const number of numbers) [least, most] = [Math.min(least, number), Math.max(most, number)];
	if (least > most) return [0, 1];
	const span = most - least || Math.abs(most) || 1;
	return [least - room * span, most + room * span];
}

/** From a number to its place between two pixels. */
export function scale([least, most]: readonly [number, number], [from, to]: readonly [number, number]): (value: number) => number {
	return (value) => from + ((value - least) / (most - least)) * (to - from);
}

/** A number for people: at most four digits that count. */
export function shortNumber(value: number): string {
	if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) return value.toExponential(1).replace('e+', 'e');
	return Number.isInteger(value) ? value.toLocaleString('en') : String(Number(value.toPrecision(4)));
}
