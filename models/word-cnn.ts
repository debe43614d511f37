// Word CNN: Y. Kim, Convolutional Neural Networks for Sentence Classification, 2014 (CNN-rand). ids [batch, time] and lengths [batch] to
// logits [batch, classes]. Reference, on the AG News subset of 13,420 rows: fastText 87.2%, TF-IDF with a linear SVM 89.3%.
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture } from 'textloom/train';
import { embedWords, learning, rowWidth, type WordRows, wordRowKinds } from './embed-words.js';

/** Sizes of a word CNN. The defaults are the paper's, but for word vectors of 100. */
export interface WordCnnOptions extends WordRows {
	/** Filters of each kernel size. */
	readonly filters?: number;
	/** Kernel sizes: the words in a window, in ascending order. */
	readonly kernels?: readonly number[];
	/** Share of features dropped while training. */
	readonly dropout?: number;
	/** Share of words dropped while training: the model learns not to lean on one. */
	readonly wordDropout?: number;
}

const kinds: Kinds<WordCnnOptions> = {
	...wordRowKinds,
	...{ filters: is.whole(1), kernels: is.list(is.whole(1)), dropout: is.share, wordDropout: is.share },
};

/** Embedding, filters over windows of several sizes, the maximum of each over time, dropout, linear. */
export function wordCnn(options: WordCnnOptions = {}): Architecture {
	const { filters = 100, kernels = [3, 4, 5], dropout = 0.5, wordDropout = 0 } = optionsOf('wordCnn', options, kinds);
	const width = rowWidth('wordCnn', options, 100);
	return {
		spec: { model: 'word-cnn', options: { width, filters, kernels, dropout, wordDropout } },
		...learning(options),
		minLength: Math.max(...kernels),
		build(sizes) {
			const embed = embedWords('wordCnn', sizes, options, width);
			const convs = nn.convMax({ in: width, out: filters, kernels });
			const dropWords = nn.dropout(wordDropout, { whole: 1 });
			const drop = nn.dropout(dropout);
			const out = nn.linear({ in: filters * kernels.length, out: sizes.outputs });
			return {
				parameters: { embed: embed.parameters, convs: convs.parameters, out: out.parameters },
				apply: ({ ids, lengths }, mode) => out.apply(drop.apply(convs.apply(dropWords.apply(embed.apply(ids), mode), lengths), mode)),
			};
		},
	};
}
