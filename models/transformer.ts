// Transformer encoder: A. Vaswani et al., Attention Is All You Need, 2017, normalized before each part (R. Xiong et al., On Layer Normalization in the Transformer
// Architecture, 2020), which trains without a warm-up. ids [batch, time] and lengths [batch] to logits [batch, classes]. Reference: none of this size.
import { ops } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture, NetworkInputs } from 'textloom/train';
import { declaredVectors, embedWords, rowWidth, type WordRows, wordRowKinds } from './embed-words.js';

/** Sizes of a transformer encoder. */
export interface TransformerOptions extends WordRows {
	readonly layers?: number;
	/** Heads of each layer; they divide the width, which is even. */
	readonly heads?: number;
	/** Units of the two-layer network in each layer. Default 4 · width. */
	readonly hidden?: number;
	/** Share dropped of attention weights, of what each part gives, and of features before the last map. */
	readonly dropout?: number;
	/** Share of words dropped while training. */
	readonly wordDropout?: number;
}

const kinds: Kinds<TransformerOptions> = {
	...wordRowKinds,
	...{ layers: is.whole(1), heads: is.whole(1), hidden: is.whole(1), dropout: is.share, wordDropout: is.share },
};

/** Words and sinusoidal positions, encoder layers, the mean over a text's words, linear. */
export function transformer(options: TransformerOptions = {}): Architecture {
	const { layers = 2, heads = 4, dropout = 0.1, wordDropout = 0, ...given } = optionsOf('transformer', options, kinds);
	const width = rowWidth('transformer', options, 128);
	const { hidden = 4 * width } = given;
	return {
		spec: { model: 'transformer', options: { width, layers, heads, hidden, dropout, wordDropout } },
		...declaredVectors(options),
		minLength: 1,
		build(sizes) {
			const embed = embedWords('transformer', sizes, options, width);
			const dropWords = nn.dropout(wordDropout, { whole: 1 });
			const places = nn.sinusoidalPositions({ width });
			const blocks = Array.from({ length: layers }, () => nn.encoderBlock({ width, heads, hidden, dropout, norm: 'before' }));
			const norm = nn.layerNorm({ width });
			const drop = nn.dropout(dropout);
			const out = nn.linear({ in: width, out: sizes.outputs });
			/** What goes into a block. */
			const before = ({ ids, lengths }: NetworkInputs, mode: nn.Mode, block: number) => {
				// Times √width, as in the paper, §3.4: positions are no louder than words.
				const words = ops.mul(dropWords.apply(embed.apply(ids), mode), Math.sqrt(width));
				return blocks.slice(0, block).reduce((x, { apply }) => apply(x, mode, { lengths }), drop.apply(places.apply(words), mode));
			};
			return {
				parameters: {
					embed: embed.parameters,
					encoder: Object.fromEntries(blocks.map(({ parameters }, layer) => [layer, parameters])),
					...{ norm: norm.parameters, out: out.parameters },
				},
				apply(inputs, mode) {
					const read = nn.meanOverTime().apply(norm.apply(before(inputs, mode, layers)), inputs.lengths);
					return out.apply(drop.apply(read, mode));
				},
				// Of the last layer.
				attention: (inputs, mode) => blocks.at(-1)!.weights(before(inputs, mode, layers - 1), mode, { lengths: inputs.lengths }),
			};
		},
	};
}
