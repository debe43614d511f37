// Character CNN: X. Zhang, J. Zhao, Y. LeCun, Character-level Convolutional Networks for Text Classification, 2015 (the small one). ids
// [batch, time] of characters to logits [batch, classes]. Reference: PyTorch trains a step of it in 282–332 ms where the benchmark `charcnn` was made.
import { ops, ShapeError } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture } from 'textloom/train';

/** A convolution, and the pooling after it. */
export type CharConvolution = {
	/** Steps in a window: characters, or what earlier pooling left of them. */
	readonly kernel: number;
	/** Windows of which the maximum is taken; 1 for no pooling. */
	readonly pool: number;
};

/** Sizes of a character CNN. The defaults are the paper's small one; the characters are the vocabulary. */
export interface CharCnnOptions {
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

const convolution = (value: unknown): boolean => {
	const { kernel, pool } = (value ?? {}) as Partial<CharConvolution>;
	return is.whole(1).fits(kernel) && is.whole(1).fits(pool);
};
const kinds: Kinds<CharCnnOptions> = {
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

/** One-hot characters, convolutions with pooling between them, hidden layers with dropout, linear. */
export function charCnn(options: CharCnnOptions = {}): Architecture {
	const { length = 1014, filters = 256, convolutions = paper, hidden = [1024, 1024], dropout = 0.5 } = optionsOf('charCnn', options, kinds);
	return {
		spec: { model: 'char-cnn', options: { length, filters, convolutions, hidden, dropout } },
		minLength: 1,
		maxLength: length,
		tokens: 'characters',
		build({ vocabulary, outputs }) {
			const embed = nn.embedding({ size: vocabulary, width: vocabulary, vectors: identity(vocabulary), frozen: true });
			// Named by the places of PyTorch's layers. The maximum comes before ReLU, which keeps the order and then has less to do.
			const [{ kernel, pool }, ...more] = convolutions;
			const first = nn.convMaxPool({ in: vocabulary, out: filters, kernel, pool });
			const rest = more.map(({ kernel, pool }) => ({ conv: nn.conv1d({ in: filters, out: filters, kernel }), pool }));
			const names = convolutions.map((_, place) => convolutions.slice(0, place).reduce((sum, { pool }) => sum + (pool > 1 ? 3 : 2), 0));
			const steps = convolutions.reduce((time, { kernel, pool }) => Math.floor((time - kernel + 1) / pool), length);
			if (steps < 1)
				throw new ShapeError(
					`charCnn: expected texts that the convolutions fit into, got length ${length}. Make it longer, or leave out convolutions.`,
				);
			const units = [steps * filters, ...hidden];
			const head = nn.sequential([
				...hidden.flatMap((out, place) => [nn.linear({ in: units[place]!, out }), nn.relu(), nn.dropout(dropout)]),
				nn.linear({ in: units.at(-1)!, out: outputs }),
			]);
			return {
				parameters: {
					embed: embed.parameters,
					convs: Object.fromEntries([first, ...rest.map(({ conv }) => conv)].map(({ parameters }, place) => [names[place], parameters])),
					head: head.parameters,
				},
				apply: ({ ids }, mode) => {
					const fixed = ops.slice(ops.pad(ids, 1, 0, length), 1, 0, length);
					let features = ops.relu(first.apply(embed.apply(fixed)));
					for (const { conv, pool } of rest) {
						const filtered = conv.apply(features);
						features = ops.relu(pool > 1 ? ops.maxPool(filtered, pool) : filtered);
					}
					return head.apply(ops.flatten(features), mode);
				},
			};
		},
	};
}

function identity(size: number): Float32Array {
	return Float32Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
}
