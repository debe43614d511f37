// Character CNN: X. Zhang, J. Zhao, Y. LeCun, Character-level Convolutional Networks for Text Classification, 2015 (the small one). ids
// [batch, time] of characters to logits [batch, classes]. Reference: PyTorch trains a step of it in 314–332 ms where the benchmark `charcnn` was made.
import { type Architecture, nn, ops, ShapeError } from 'textloom';

/** Sizes of a character CNN. The defaults are the paper's small one; the characters are the vocabulary. */
export interface CharCnnOptions {
	/** Characters of a text that count: shorter texts are filled with id 0, longer ones cut. */
	readonly length?: number;
	/** Filters of each convolution. */
	readonly filters?: number;
	/** The convolutions in order: width of the window, and of the pooling after it; 1 for none. */
	readonly windows?: readonly (readonly [width: number, pool: number])[];
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
			const embed = nn.embedding({ size: vocabulary, width: vocabulary, padding: null, vectors: identity(vocabulary), frozen: true });
			// Places are those of PyTorch's layers: names of weights follow them. The maximum comes first: ReLU keeps the order, and has less to do.
			const convs = nn.sequential(
				windows.flatMap(([width, pool], place) => [
					nn.conv1d({ in: place === 0 ? vocabulary : filters, out: filters, width }),
					...(pool > 1 ? [nn.maxPool({ width: pool })] : []),
					nn.relu(),
				]),
			);
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
				parameters: { embed: embed.parameters, convs: convs.parameters, head: head.parameters },
				apply: ({ ids }, mode) => {
					const fixed = ops.slice(ops.pad(ids, 1, 0, length), 1, 0, length);
					const features = convs.apply(ops.transpose(embed.apply(fixed), [0, 2, 1]), mode);
					return head.apply(ops.flatten(features), mode);
				},
			};
		},
	};
}

function identity(size: number): Float32Array {
	return Float32Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
}
