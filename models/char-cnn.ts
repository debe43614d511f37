// Character CNN: X. Zhang, J. Zhao, Y. LeCun, Character-level Convolutional Networks for Text Classification, 2015 (the small one). ids
// [batch, time] of characters to logits [batch, classes]. Reference: PyTorch trains a step of it in 282–332 ms where the benchmark `charcnn` was made.
import { type Architecture, nn, ops, ShapeError } from 'textloom';

/** A convolution: the width of its windows, in characters or what is left of them, and of the pooling after it; 1 for none. */
type Window = readonly [width: number, pool: number];

/** Sizes of a character CNN. The defaults are the paper's small one; the characters are the vocabulary. */
export interface CharCnnOptions {
	/** Characters of a text that count: shorter texts are filled with id 0, longer ones cut. */
	readonly length?: number;
	/** Filters of each convolution. */
	readonly filters?: number;
	/** The convolutions in order. */
	readonly windows?: readonly [Window, ...Window[]];
	/** Units of each hidden layer. */
	readonly hidden?: readonly number[];
	/** Share of hidden units dropped while training. */
	readonly dropout?: number;
}

/** One-hot characters, convolutions with pooling between them, hidden layers with dropout, linear. */
export function charCnn({
	length = 1014,
	filters = 256,
	windows = [
		[7, 3],
		[7, 3],
		[3, 1],
		[3, 1],
		[3, 1],
		[3, 3],
	],
	hidden = [1024, 1024],
	dropout = 0.5,
}: CharCnnOptions = {}): Architecture {
	return {
		spec: { model: 'char-cnn', options: { length, filters, windows, hidden, dropout } },
		minLength: 1,
		build({ vocabulary, classes }) {
			const embed = nn.embedding({ size: vocabulary, width: vocabulary, vectors: identity(vocabulary), frozen: true });
			// Named by the places of PyTorch's layers. The maximum comes before ReLU, which keeps the order and then has less to do.
			const [[width, pool], ...more] = windows;
			const first = nn.convMaxPool({ in: vocabulary, out: filters, width, pool });
			const rest = more.map((window) => ({ conv: nn.conv1d({ in: filters, out: filters, width: window[0] }), pool: window[1] }));
			const names = windows.map((_, place) => windows.slice(0, place).reduce((sum, window) => sum + (window[1] > 1 ? 3 : 2), 0));
			const steps = windows.reduce((time, [width, pool]) => Math.floor((time - width + 1) / pool), length);
			if (steps < 1)
				throw new ShapeError(
					`charCnn: expected texts that the windows fit into, got length ${length}. Make it longer, or leave out windows.`,
				);
			const units = [steps * filters, ...hidden];
			const head = nn.sequential([
				...hidden.flatMap((out, place) => [nn.linear({ in: units[place]!, out }), nn.relu(), nn.dropout(dropout)]),
				nn.linear({ in: units.at(-1)!, out: classes }),
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
