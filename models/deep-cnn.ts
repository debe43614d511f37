// Deep pyramid CNN: R. Johnson and T. Zhang, Deep Pyramid Convolutional Neural Networks for Text Categorization, 2017, without its unsupervised embeddings.
// Each block has half of the steps of the one before. ids [batch, time] and lengths [batch] to logits [batch, classes]. Reference, on all 120,000 rows
// of AG News: 93.1%.
import { ops, scalar, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture } from 'textloom/train';
import { declaredVectors, embedWords, rowWidth, type WordRows, wordRowKinds } from './embed-words.js';
import { withinText } from './within-text.js';

const { add, cast, div, max, maxPool, relu, transpose, where } = ops;

/** Sizes of a deep pyramid CNN. */
export interface DeepCnnOptions extends WordRows {
	/** Filters of each convolution. */
	readonly filters?: number;
	/** Words of a region, the windows of the first convolution. Odd. */
	readonly region?: number;
	/** Blocks of two convolutions over windows of three; before each but the first, pooling halves the steps: 7 bring texts of 64 words to one step. */
	readonly blocks?: number;
	/** Share of features dropped while training. */
	readonly dropout?: number;
	/** Share of words dropped while training. */
	readonly wordDropout?: number;
}

const kinds: Kinds<DeepCnnOptions> = {
	...wordRowKinds,
	...{ filters: is.whole(1), blocks: is.whole(1), dropout: is.share, wordDropout: is.share },
	region: { expected: 'an odd number from 1', fits: (value) => is.whole(1).fits(value) && (value as number) % 2 === 1, next: 'Try 3.' },
};

/**
 * Embedding, regions, then blocks x + W σ(W σ(x) + b) + b with pooling by 3 at every second step between; of the steps that are left the maximum,
 * linear. Steps beyond a text's end are 0 before each convolution.
 */
export function deepCnn(options: DeepCnnOptions = {}): Architecture {
	const { filters = 128, region = 3, blocks: depth = 6, dropout = 0.5, wordDropout = 0 } = optionsOf('deepCnn', options, kinds);
	const width = rowWidth('deepCnn', options, 100);
	return {
		spec: { model: 'deep-cnn', options: { width, filters, region, blocks: depth, dropout, wordDropout } },
		...declaredVectors(options),
		minLength: 1,
		build(sizes) {
			const embed = embedWords('deepCnn', sizes, options, width);
			const dropWords = nn.dropout(wordDropout, { whole: 1 });
			const regions = nn.conv1d({ in: width, out: filters, kernel: region, padding: (region - 1) / 2 });
			const conv = () => nn.conv1d({ in: filters, out: filters, kernel: 3, padding: 1 });
			const blocks = Array.from({ length: depth }, () => [conv(), conv()] as const);
			const drop = nn.dropout(dropout);
			const out = nn.linear({ in: filters, out: sizes.outputs });
			return {
				parameters: {
					...{ embed: embed.parameters, region: regions.parameters },
					blocks: Object.fromEntries(blocks.map((convs, place) => [place, { 0: convs[0].parameters, 1: convs[1].parameters }])),
					out: out.parameters,
				},
				apply({ ids, lengths }, mode) {
					let steps = max(lengths, 1);
					const words = dropWords.apply(embed.apply(ids), mode);
					let x = regions.apply(transpose(words, [0, 2, 1]));
					for (const [place, convs] of blocks.entries()) {
						if (place > 0) [x, steps] = halved(x, steps);
						const within = withinText(x, steps, 2);
						const through = (x: Value, conv: nn.Layer<[x: Value]>) => conv.apply(where(within, relu(x), scalar(0, x.dtype)));
						x = add(x, convs.reduce(through, x));
					}
					return out.apply(drop.apply(nn.maxOverTime({ axis: 2 }).apply(x, steps), mode));
				},
			};
		},
	};
}

/** Pooling by 3 at every second step: of n steps ⌈n / 2⌉. A window counts steps of its own text only. */
function halved(x: Value, steps: Value): [x: Value, steps: Value] {
	const pooled = maxPool(where(withinText(x, steps, 2), x, scalar(-1e30, x.dtype)), 3, { stride: 2, padding: 1 });
	return [pooled, cast(div(add(steps, 1), 2), 'int32')];
}
