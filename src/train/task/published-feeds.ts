// A batch as models with Hugging Face's inputs take it: int64 ids, a mask of what is no padding, and which text of a pair each token is of.
import type { Tensor } from '../../graph/index.js';

type Batch = Readonly<Record<string, Tensor>>;
type Made = (batch: Batch) => Tensor | undefined;

const int64 = ({ shape, data }: Tensor): Tensor => {
	const wide = new BigInt64Array(data.length);
	// Whole numbers that are not below 0 have their low half as they are; what is written is little-endian, as all processors of Node.js are.
	const halves = new Int32Array(wide.buffer);
	for (let at = 0; at < data.length; at++) halves[2 * at] = (data as Int32Array)[at]!;
	return { dtype: 'int64', shape, data: wide };
};

/** What each of these inputs is made of. */
const made: Readonly<Record<string, readonly [of: string, make: Made]>> = {
	input_ids: ['ids', ({ ids }) => ids && int64(ids)],
	attention_mask: [
		'lengths',
		({ ids, lengths }) => {
			if (!ids || !lengths) return undefined;
			const [rows, time] = ids.shape as [number, number];
			const data = new BigInt64Array(rows * time);
			for (let row = 0; row < rows; row++) data.fill(1n, row * time, row * time + (lengths.data as Int32Array)[row]!);
			return { dtype: 'int64', shape: ids.shape, data };
		},
	],
	token_type_ids: [
		'types',
		({ ids, types }) => (types ? int64(types) : ids && { ...ids, dtype: 'int64', data: new BigInt64Array(ids.data.length) }),
	],
};

/** What a session is fed: the batch, or what its own inputs are made of. */
export function feedsOf(inputs: readonly string[], batch: Batch): Batch {
	if (!inputs.includes('input_ids') || 'input_ids' in batch) return batch;
	const feeds = inputs.map((name) => [name, batch[name] ?? (Object.hasOwn(made, name) ? made[name]![1](batch) : undefined)] as const);
	return Object.fromEntries(feeds.filter((feed): feed is [string, Tensor] => feed[1] !== undefined));
}

/** The names of the fields that inputs are made of. */
export function ownNames(inputs: readonly string[]): readonly string[] {
	if (!inputs.includes('input_ids')) return inputs;
	return inputs.flatMap((name) => (name === 'token_type_ids' ? [] : Object.hasOwn(made, name) ? [made[name]![0]] : [name]));
}
