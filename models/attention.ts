// Attention classifier: a word embedding, multi-head self-attention (Vaswani et al. 2017, §3.2.2) beside the words themselves, the mean over time,
// two linear maps. ids [batch, time] and lengths [batch] to logits [batch, classes].
import { ops } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture } from 'textloom/train';
import { declaredVectors, embedWords, rowWidth, type WordRows, wordRowKinds } from './embed-words.js';

/** Sizes of an attention classifier. */
export interface AttentionClassifierOptions extends WordRows {
	readonly heads?: number;
	/** Share of attention weights dropped, and of features before the last map. */
	readonly dropout?: number;
	/** Share of words dropped while training. */
	readonly wordDropout?: number;
}

const kinds: Kinds<AttentionClassifierOptions> = {
	...wordRowKinds,
	heads: is.whole(1),
	...{ dropout: is.share, wordDropout: is.share },
};

/** Embedding, self-attention with a residual, mean, linear, ReLU, linear. Padding is neither looked at nor counted. */
export function attentionClassifier(options: AttentionClassifierOptions = {}): Architecture {
	const { heads = 4, dropout = 0, wordDropout = 0 } = optionsOf('attentionClassifier', options, kinds);
	const width = rowWidth('attentionClassifier', options, 128);
	return {
		spec: { model: 'attention', options: { width, heads, dropout, wordDropout } },
		...declaredVectors(options),
		minLength: 1,
		build(sizes) {
			const embed = embedWords('attentionClassifier', sizes, options, width);
			const dropWords = nn.dropout(wordDropout, { whole: 1 });
			const attend = nn.multiHeadAttention({ width, heads, dropout });
			const mean = nn.meanOverTime();
			const hidden = nn.linear({ in: width, out: width });
			const drop = nn.dropout(dropout);
			const out = nn.linear({ in: width, out: sizes.outputs });
			return {
				parameters: {
					embed: embed.parameters,
					attend: attend.parameters,
					hidden: hidden.parameters,
					out: out.parameters,
				},
				apply: ({ ids, lengths }, mode) => {
					const x = dropWords.apply(embed.apply(ids), mode);
					const read = mean.apply(ops.add(x, attend.apply(x, mode, { lengths })), lengths);
					return out.apply(drop.apply(ops.relu(hidden.apply(read)), mode));
				},
				attention: ({ ids, lengths }, mode) => attend.weights(dropWords.apply(embed.apply(ids), mode), mode, { lengths }),
			};
		},
	};
}
