// What decoders are fed, and what is read of their results.
import { type KeptPart, type KeptTensor, type RemoteSession, type Tensor, tensor } from '../../graph/index.js';
import type { Logits, Step } from '../decoder.js';
import { likeliest, rowsInput } from './reordered.js';

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

/** How a step runs. */
export interface Stepping {
	/** Where caches and states go. */
	readonly into: Readonly<Record<string, KeptTensor | KeptPart>>;
	/** How many of the likeliest tokens are enough. */
	readonly count?: number | undefined;
	/** Whether the model says where it looks. */
	readonly looks?: boolean;
}

/** Runs a step: the likeliest tokens of each row where so many are enough, else the logits of its last token. */
export async function runStep(
	session: RemoteSession,
	feeds: Readonly<Record<string, Tensor | KeptTensor>>,
	{ into, count, looks = false }: Stepping,
): Promise<Step> {
	const given = feedsOf(session.inputs, { ...feeds, [likeliest.count]: tensor('int64', [1], [count ?? 1]) });
	const wanted = [...(count === undefined ? ['logits'] : [likeliest.scores, likeliest.tokens]), ...(looks ? ['attention'] : [])];
	const { logits, attention, [likeliest.scores]: scores, [likeliest.tokens]: tokens } = await session.run(given, { outputs: wanted, into });
	const looked = attention && { attention: attention.data as Float32Array };
	if (count === undefined) return { ...lastOf(logits!), ...looked };
	return { scores: scores!.data as Float32Array, tokens: tokens!.data as Int32Array, count, ...looked };
}

/** The logits of the last token of each row, of `[rows, tokens, vocabulary]` or `[rows, vocabulary]`. */
function lastOf({ shape, data }: Tensor): Logits {
	const [rows, time, vocabulary] = (shape.length === 2 ? [shape[0], 1, shape[1]] : shape) as readonly [number, number, number];
	const all = data as Float32Array;
	if (time === 1) return { logits: all, vocabulary };
	const logits = new Float32Array(rows * vocabulary);
	for (let row = 0; row < rows; row++) {
		const from = (row * time + time - 1) * vocabulary;
		logits.set(all.subarray(from, from + vocabulary), row * vocabulary);
	}
	return { logits, vocabulary };
}
