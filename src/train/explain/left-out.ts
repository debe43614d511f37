// A document's arrays without some of its tokens.
import { type Arrays, type Inputs, timeAxis } from '../task/arrays.js';

/** How tokens are taken away. */
export interface Occlusion {
	/** Tokens that are taken away together. */
	readonly span: number;
	/** What comes into their place: nothing, so that the text is shorter, or the id of unknown tokens. */
	readonly by: 'nothing' | 'unknown';
}

/** Id of tokens that a vocabulary does not have. */
const unknown = 1;

/** The arrays of a document without the tokens from `start` on. */
export function without(arrays: Arrays, inputs: Inputs, start: number, { span, by }: Occlusion): Arrays {
	const length = arrays.ids!.shape[0]!;
	const end = Math.min(start + span, length);
	if (by === 'unknown') {
		const ids = Int32Array.from(arrays.ids!.data).fill(unknown, start, end);
		return { ...arrays, ids: { data: ids, shape: arrays.ids!.shape } };
	}
	return Object.fromEntries(
		Object.entries(arrays).map(([name, { data, shape }]) => {
			if (name === 'lengths') return [name, { data: [length - (end - start)], shape }];
			if (inputs[name]!.shape[1] !== timeAxis) return [name, { data, shape }];
			const [, ...rest] = shape;
			const width = rest.reduce((product, size) => product * size, 1);
			const all = Array.from(data);
			return [name, { data: [...all.slice(0, start * width), ...all.slice(end * width)], shape: [length - (end - start), ...rest] }];
		}),
	);
}
