// Character CNN: X. Zhang, J. Zhao, Y. LeCun, Character-level Convolutional Networks for Text Classification, 2015, the small and the large one, and one for
// titles. ids [batch, time] of characters to logits [batch, classes]. Reference, on all 120,000 rows of AG News: 84.4 (small) to 90.2 (large).
import { ops, ShapeError, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture } from 'textloom/train';
import { declaredVectors, embedWords, rowWidth, type WordRows, wordRowKinds } from './embed-words.js';

/** A convolution, and the pooling after it. */
export type CharConvolution = {
	/** Steps in a window: characters, or what earlier pooling left of them. */
	readonly kernel: number;
	/** Windows of which the maximum is taken; 1 for no pooling. */
	readonly pool: number;
};

/** Sizes of a character CNN; the characters are the vocabulary. With `width` or `vectors` they have vectors, without they are one-hot. */
export interface CharCnnOptions extends WordRows {
	/**
	 * What the other options are unless they are given: the paper's `small` (default) or `large`, or `title`, whose windows and pools fit into 64
	 * characters (24 is the shortest `length` that they fit into).
	 */
	readonly size?: CharCnnSize;
	/** Characters of a text that count: shorter texts are filled with id 0, longer ones cut. */
	readonly length?: number;
	/** Filters of each convolution. */
	readonly filters?: number;
	/** The convolutions in order. */
	readonly convolutions?: readonly [CharConvolution, ...CharConvolution[]];
	/** Units of each hidden layer. */
	readonly hidden?: readonly number[];
	/** Share of hidden units dropped while training. */
	readonly dropout?: number;
}

/** The sizes by name. */
export type CharCnnSize = 'small' | 'large' | 'title';

const convolution = (value: unknown): boolean => {
	const { kernel, pool } = (value ?? {}) as Partial<CharConvolution>;
	return is.whole(1).fits(kernel) && is.whole(1).fits(pool);
};
const kinds: Kinds<CharCnnOptions> = {
	...wordRowKinds,
	size: is.one('small', 'large', 'title'),
	length: is.whole(1),
	filters: is.whole(1),
	convolutions: {
		expected: 'an array of { kernel, pool }, whole numbers from 1',
		fits: (value) => Array.isArray(value) && value.length > 0 && value.every(convolution),
	},
	hidden: is.list(is.whole(1)),
	dropout: is.share,
};

const paper: readonly [CharConvolution, ...CharConvolution[]] = [
	{ kernel: 7, pool: 3 },
	{ kernel: 7, pool: 3 },
	{ kernel: 3, pool: 1 },
	{ kernel: 3, pool: 1 },
	{ kernel: 3, pool: 1 },
	{ kernel: 3, pool: 3 },
];
const short: typeof paper = [
	{ kernel: 5, pool: 2 },
	{ kernel: 3, pool: 2 },
	{ kernel: 3, pool: 2 },
];
const presets: Readonly<Record<CharCnnSize, Required<Pick<CharCnnOptions, 'length' | 'filters' | 'convolutions' | 'hidden'>>>> = {
	small: { length: 1014, filters: 256, convolutions: paper, hidden: [1024, 1024] },
	large: { length: 1014, filters: 1024, convolutions: paper, hidden: [2048, 2048] },
	title: { length: 64, filters: 256, convolutions: short, hidden: [256] },
};

/** Characters, convolutions with pooling between them, hidden layers with dropout, linear. */
export function charCnn(options: CharCnnOptions = {}): Architecture {
	const { size = 'small', dropout = 0.5, ...given } = optionsOf('charCnn', options, kinds);
	const usual = presets[size];
	const { length = usual.length, filters = usual.filters, convolutions = usual.convolutions, hidden = usual.hidden } = given;
	const width = rowWidth('charCnn', options, 0);
	return {
		spec: { model: 'char-cnn', options: { size, ...(width > 0 && { width }), length, filters, convolutions, hidden, dropout } },
		...declaredVectors(options),
		minLength: 1,
		maxLength: length,
		tokens: 'characters',
		build(sizes) {
			const oneHot = { size: sizes.vocabulary, width: sizes.vocabulary, vectors: identity(sizes.vocabulary), frozen: true };
			const embed = width > 0 ? embedWords('charCnn', sizes, options, width) : nn.embedding(oneHot);
			// Named by the places of PyTorch's layers. The maximum comes before ReLU, which keeps the order and then has less to do.
			const [{ kernel, pool }, ...more] = convolutions;
			const beginning = { in: width || sizes.vocabulary, out: filters, kernel };
			const first = embed.parameters.weight.frozen ? nn.convMaxPool({ ...beginning, pool }) : timeLast(pooled(nn.conv1d(beginning), pool));
			const rest = more.map(({ kernel, pool }) => pooled(nn.conv1d({ in: filters, out: filters, kernel }), pool));
			const names = convolutions.map((_, place) => convolutions.slice(0, place).reduce((sum, { pool }) => sum + (pool > 1 ? 3 : 2), 0));
			const steps = convolutions.reduce((time, { kernel, pool }) => Math.floor((time - kernel + 1) / pool), length);
			if (steps < 1)
				throw new ShapeError(
					`charCnn: expected texts that the convolutions fit into, got length ${length}. Make it longer, or leave out convolutions.`,
				);
			const units = [steps * filters, ...hidden];
			const head = nn.sequential([
				...hidden.flatMap((out, place) => [nn.linear({ in: units[place]!, out }), nn.relu(), nn.dropout(dropout)]),
				nn.linear({ in: units.at(-1)!, out: sizes.outputs }),
			]);
			return {
				parameters: {
					embed: embed.parameters,
					convs: Object.fromEntries([first, ...rest].map(({ parameters }, place) => [names[place], parameters])),
					head: head.parameters,
				},
				apply: ({ ids }, mode) => {
					const fixed = ops.slice(ops.pad(ids, 1, 0, length), 1, 0, length);
					let features = ops.relu(first.apply(embed.apply(fixed)));
					for (const conv of rest) features = ops.relu(conv.apply(features));
					return head.apply(ops.flatten(features), mode);
				},
			};
		},
	};
}

/** Filters, and the maximum of their windows. */
const pooled = ({ parameters, apply }: nn.Layer<[x: Value]>, pool: number): nn.Layer<[x: Value]> => ({
	parameters,
	apply: (x) => (pool > 1 ? ops.maxPool(apply(x), pool) : apply(x)),
});

/** What moves over the last axis, over that of time in `[batch, time, width]`. */
const timeLast = ({ parameters, apply }: nn.Layer<[x: Value]>): nn.Layer<[x: Value]> => ({
	parameters,
	apply: (x) => apply(ops.transpose(x, [0, 2, 1])),
});

function identity(size: number): Float32Array {
	return Float32Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
}
