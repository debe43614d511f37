// Padding: texts of different lengths as one rectangle of ids.

/** Texts as one rectangle, row by row, filled up with id 0. */
export interface PaddedIds {
	/** `[size × time]`. */
	readonly ids: Int32Array;
	/** The ids of each text that are its own. */
	readonly lengths: Int32Array;
	readonly size: number;
	readonly time: number;
}

/** Pads texts to the longest among them, but to `minLength` at least; what is longer than `maxLength` is cut. */
export function padIds(
	texts: readonly Int32Array[],
	{ minLength = 1, maxLength = Number.POSITIVE_INFINITY }: { minLength?: number; maxLength?: number } = {},
): PaddedIds {
	const lengths = Int32Array.from(texts, (ids) => Math.min(ids.length, maxLength));
	const time = lengths.reduce((longest, length) => Math.max(longest, length), minLength);
	const ids = new Int32Array(texts.length * time);
	for (const [row, text] of texts.entries()) ids.set(text.subarray(0, lengths[row]), row * time);
	return { ids, lengths, size: texts.length, time };
}
