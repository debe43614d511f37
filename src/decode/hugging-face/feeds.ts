// What decoders are fed, and what is read of their results.
import { type Tensor, tensor } from '../../graph/index.js';
import type { Step } from '../decoder.js';
import { rowsInput } from './reordered.js';

/** Rows as int64 `[rows, longest]`, padded at their ends, or at their beginnings. */
export function padded(
	rows: readonly (readonly number[])[],
	{ padding, at }: { readonly padding: number; readonly at: 'end' | 'beginning' },
): Tensor {
	const width = Math.max(...rows.map(({ length }) => length));
	const whole = rows.flatMap((row) => {
		const fill = new Array<number>(width - row.length).fill(padding);
		return at === 'end' ? [...row, ...fill] : [...fill, ...row];
	});
	return tensor('int64', [rows.length, width], whole);
}

/** One number a row, int64 `[rows, 1]`. */
export const column = (numbers: ArrayLike<number>): Tensor => tensor('int64', [numbers.length, 1], Array.from(numbers));

/** What says by which rows caches are taken. */
export const takenBy = (rows: Int32Array) => ({ [rowsInput]: tensor('int32', [rows.length], rows) });

/** Which half of a merged decoder runs. */
export const withCache = (is: boolean) => ({ use_cache_branch: tensor('bool', [1], [is ? 1 : 0]) });

/** Those feeds that a session takes. */
export const feedsOf = <T>(inputs: readonly string[], feeds: Readonly<Record<string, T>>): Record<string, T> =>
	Object.fromEntries(Object.entries(feeds).filter(([name]) => inputs.includes(name)));

/** The logits of the last token of each row, of `[rows, tokens, vocabulary]`. */
export function lastOf({ shape, data }: Tensor): Step {
	const [rows, time, vocabulary] = shape as readonly [number, number, number];
	const all = data as Float32Array;
	if (time === 1) return { logits: all, vocabulary };
	const logits = new Float32Array(rows * vocabulary);
	for (let row = 0; row < rows; row++) {
		const from = (row * time + time - 1) * vocabulary;
		logits.set(all.subarray(from, from + vocabulary), row * vocabulary);
	}
	return { logits, vocabulary };
}
