// Bag of embeddings: M. Iyyer et al., Deep Unordered Composition Rivals Syntactic Methods for Text Classification, 2015. The mean of the words' vectors, their
// maximum beside it where asked for, a perceptron. ids [batch, time] and lengths [batch] to logits [batch, classes]. Reference, on the AG News subset of
// 13,420 rows: fastText, a bag with pairs of words, 87.2%.
import { ops } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture } from 'textloom/train';
import { declaredVectors, embedWords, rowWidth, type WordRows, wordRowKinds } from './embed-words.js';

/** Sizes of a bag of embeddings. */
export interface BagOptions extends WordRows {
	/** What is left of the words: the mean of each number (default), the largest, or both side by side. */
	readonly pooling?: 'mean' | 'max' | 'both';
	/** Units of each hidden layer; none for a linear map of the bag. */
	readonly hidden?: readonly number[];
	/** Share of the bag and of hidden units dropped while training. */
	readonly dropout?: number;
	/** Share of words dropped while training. */
	readonly wordDropout?: number;
}

const kinds: Kinds<BagOptions> = {
	...wordRowKinds,
	pooling: is.one('mean', 'max', 'both'),
	...{ hidden: is.list(is.whole(1)), dropout: is.share, wordDropout: is.share },
};

/** Embedding, mean or maximum over the words, linear layers with ReLU between. */
export function bagClassifier(options: BagOptions = {}): Architecture {
	const { pooling = 'mean', hidden = [100], dropout = 0.3, wordDropout = 0.3 } = optionsOf('bagClassifier', options, kinds);
	const width = rowWidth('bagClassifier', options, 100);
	const poolings = [...(pooling !== 'max' ? [nn.meanOverTime()] : []), ...(pooling !== 'mean' ? [nn.maxOverTime()] : [])];
	return {
		spec: { model: 'bag', options: { width, pooling, hidden: [...hidden], dropout, wordDropout } },
		...declaredVectors(options),
		minLength: 1,
		build(sizes) {
			const embed = embedWords('bagClassifier', sizes, options, width);
			const dropWords = nn.dropout(wordDropout, { whole: 1 });
			const units = [width * poolings.length, ...hidden];
			const layers = nn.sequential([
				...hidden.flatMap((out, layer) => [nn.dropout(dropout), nn.linear({ in: units[layer]!, out }), nn.relu()]),
				nn.dropout(dropout),
				nn.linear({ in: units.at(-1)!, out: sizes.outputs }),
			]);
			return {
				parameters: { embed: embed.parameters, layers: layers.parameters },
				apply({ ids, lengths }, mode) {
					const words = dropWords.apply(embed.apply(ids), mode);
					const counted = ops.max(lengths, 1);
					return layers.apply(
						ops.concat(
							poolings.map((pool) => pool.apply(words, counted)),
							1,
						),
						mode,
					);
				},
			};
		},
	};
}
