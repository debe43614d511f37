// Multi-layer perceptron over feature vectors: x [batch, in] to logits [batch, classes]. Reference: PyTorch trains a step of 128 vectors of 768
// numbers, two hidden layers of 1,024, in 10 ms where the benchmark `mlp` was made.
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Trainable } from 'textloom/train';

/** Sizes of a perceptron. */
export interface MlpOptions {
	readonly in: number;
	readonly classes: number;
	/** Units of each hidden layer. */
	readonly hidden?: readonly number[];
	/** The share of each hidden layer's outputs that is dropped in training. */
	readonly dropout?: number;
}

const kinds: Kinds<MlpOptions> = {
	...{ in: is.needed(is.whole(1)), classes: is.needed(is.whole(1)), hidden: is.list(is.whole(1)), dropout: is.share },
};

/** Linear layers with ReLU between, trained by cross-entropy against `targets`. */
export function mlp(options: MlpOptions): Trainable<'x' | 'targets'> {
	const { in: width, classes, hidden = [1024, 1024], dropout = 0 } = optionsOf('mlp', options, kinds);
	const sizes = [width, ...hidden];
	const inner = hidden.flatMap((out, layer) => [
		nn.linear({ in: sizes[layer]!, out }),
		nn.relu(),
		...(dropout > 0 ? [nn.dropout(dropout)] : []),
	]);
	const layers = nn.sequential([...inner, nn.linear({ in: sizes.at(-1)!, out: classes })]);
	return {
		parameters: layers.parameters,
		inputs: { x: { dtype: 'float32', shape: ['batch', width] }, targets: { dtype: 'int32', shape: ['batch'] } },
		apply: ({ x }, mode) => ({ logits: layers.apply(x, mode) }),
		loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets),
	};
}
