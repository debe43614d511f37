// CNN over images of word vectors, a row for each word, as courses begin with it: two 2-D convolutions with ReLU and batch normalization, a perceptron.
// image [batch, length, width], which the stage vectorImage adds, to logits [batch, classes]. Reference: none published; the titles of AG News in
// `examples/title-cnn.ts`.
import { ops } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture } from 'textloom/train';

/** Sizes of a CNN over images of word vectors. The defaults are the course's. */
export interface ImageCnnOptions {
	/** Rows of an image: words. As `vectorImage` is told. */
	readonly length?: number;
	/** Numbers in a row: the width of the word vectors. */
	readonly width?: number;
	/** Filters of each convolution, over windows of `kernel` × `kernel`. */
	readonly filters?: readonly number[];
	readonly kernel?: number;
	/** Units of the hidden layer. */
	readonly hidden?: number;
	/** Share of hidden units dropped while training. */
	readonly dropout?: number;
}

const kinds: Kinds<ImageCnnOptions> = {
	...{ length: is.whole(1), width: is.whole(1), filters: is.list(is.whole(1)) },
	...{ kernel: is.whole(1), hidden: is.whole(1), dropout: is.share },
};

/** Convolutions with ReLU and batch normalization, linear, ReLU, linear. */
export function imageCnn(options: ImageCnnOptions = {}): Architecture {
	const checked = optionsOf('imageCnn', options, kinds);
	const { length = 12, width = 64, filters = [3, 5], kernel = 3, hidden = 64, dropout = 0 } = checked;
	const [rows, columns] = [length, width].map((size) => size - filters.length * (kernel - 1)) as [number, number];
	if (rows < 1 || columns < 1)
		throw new RangeError(
			`imageCnn: expected images that ${filters.length} windows of ${kernel}×${kernel} fit into, got ${length}×${width}. Make them larger, or leave out filters.`,
		);
	return {
		spec: { model: 'image-cnn', options: { length, width, filters: [...filters], kernel, hidden, dropout } },
		inputs: { image: { dtype: 'float32', shape: ['batch', length, width] } },
		minLength: 1,
		build({ outputs }) {
			const channels = [1, ...filters];
			const convs = nn.sequential(
				filters.flatMap((out, place) => [nn.conv2d({ in: channels[place]!, out, kernel }), nn.relu(), nn.batchNorm({ channels: out })]),
			);
			const head = nn.sequential([
				nn.linear({ in: channels.at(-1)! * rows * columns, out: hidden }),
				...[nn.relu(), nn.dropout(dropout)],
				nn.linear({ in: hidden, out: outputs }),
			]);
			return {
				parameters: { convs: convs.parameters, head: head.parameters },
				apply: ({ image }, mode) => head.apply(ops.flatten(convs.apply(ops.unsqueeze(image!, [1]), mode)), mode),
			};
		},
	};
}
