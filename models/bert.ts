// BERT classifier: J. Devlin et al., BERT, 2019, without pre-training; the defaults are BERT-mini's. ids [batch, time] and lengths [batch] to logits
// [batch, classes], from the first token. Reference: PyTorch trains a step of it in 361–390 ms where the benchmark `bert` was made.
import { constant, ops, tensor, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture, NetworkInputs } from 'textloom/train';

/** Sizes of a BERT classifier. */
export interface BertOptions {
	readonly layers?: number;
	readonly width?: number;
	readonly heads?: number;
	/** The longest text, in tokens. */
	readonly positions?: number;
	readonly dropout?: number;
}

const kinds: Kinds<BertOptions> = {
	...{ layers: is.whole(1), width: is.whole(1), heads: is.whole(1), positions: is.whole(1), dropout: is.share },
};

/** Word and position vectors, normalized; encoder blocks; a map of the first token's vector. */
export function bert(options: BertOptions = {}): Architecture {
	const { layers = 4, width = 256, heads = 4, positions = 512, dropout = 0.1 } = optionsOf('bert', options, kinds);
	return {
		spec: { model: 'bert', options: { layers, width, heads, positions, dropout } },
		minLength: 1,
		maxLength: positions,
		build({ vocabulary, outputs }) {
			const words = nn.embedding({ size: vocabulary, width, deviation: 0.02, padding: 0 });
			const places = nn.learnedPositions({ size: positions, width });
			// One kind of text: the first row counts, the second is for pairs of texts.
			const types = nn.embedding({ size: 2, width, deviation: 0.02 });
			const oneKind = constant(tensor('int32', [1, 1], [0]));
			const norm = nn.layerNorm({ width, epsilon: 1e-12 });
			const blocks = Array.from({ length: layers }, () => nn.encoderBlock({ width, heads, dropout, activation: 'gelu' }));
			const pool = nn.linear({ in: width, out: width });
			const out = nn.linear({ in: width, out: outputs });
			/** Of a text without words its first place is looked at. */
			const seen = (lengths: Value) => ({ lengths: ops.max(lengths, 1) });
			/** What goes into a block. */
			const before = ({ ids, lengths }: NetworkInputs, mode: nn.Mode, block: number) => {
				const x = norm.apply(ops.add(places.apply(words.apply(ids)), types.apply(oneKind)));
				return blocks.slice(0, block).reduce((x, { apply }) => apply(x, mode, seen(lengths)), x);
			};
			return {
				parameters: {
					words: words.parameters,
					positions: places.parameters,
					types: types.parameters,
					norm: norm.parameters,
					encoder: Object.fromEntries(blocks.map(({ parameters }, layer) => [layer, parameters])),
					pool: pool.parameters,
					out: out.parameters,
				},
				apply(inputs, mode) {
					const start = ops.squeeze(ops.slice(before(inputs, mode, layers), 1, 0, 1), [1]);
					return out.apply(ops.tanh(pool.apply(start)));
				},
				// Of the last layer.
				attention: (inputs, mode) => blocks.at(-1)!.weights(before(inputs, mode, layers - 1), mode, seen(inputs.lengths)),
			};
		},
	};
}
