// Recurrent classifiers: a word embedding, RNN, GRU or LSTM over the words, a linear map of the last output. ids [batch, time] and lengths [batch]
// to logits [batch, classes].
import { ops } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture } from 'textloom/train';
import { embedWords, learning, rowWidth, type WordRows, wordRowKinds } from './embed-words.js';

/** Sizes of a recurrent classifier. */
export interface RecurrentClassifierOptions extends WordRows {
	/** Numbers in a state. */
	readonly hidden?: number;
	readonly layers?: number;
	readonly bidirectional?: boolean;
	/** Share of outputs dropped between layers, and of features before the last map. */
	readonly dropout?: number;
}

const kinds: Kinds<RecurrentClassifierOptions> = {
	...wordRowKinds,
	...{ hidden: is.whole(1), layers: is.whole(1) },
	...{ bidirectional: is.flag, dropout: is.share },
};

/** Embedding, recurrent layers of a kind, linear. Texts of different lengths are read to their own end. */
const classifier = (cell: 'rnn' | 'gru' | 'lstm') =>
	function recurrent(options: RecurrentClassifierOptions = {}): Architecture {
		const checked = optionsOf(`${cell}Classifier`, options, kinds);
		const { hidden = 128, layers = 1, bidirectional = false, dropout = 0 } = checked;
		const width = rowWidth(`${cell}Classifier`, options, 100);
		return {
			spec: { model: cell, options: { width, hidden, layers, bidirectional, dropout } },
			...learning(options),
			minLength: 1,
			build(sizes) {
				const embed = embedWords(`${cell}Classifier`, sizes, options, width);
				const rnn = nn[cell]({ in: width, out: hidden, layers, bidirectional, dropout });
				const drop = nn.dropout(dropout);
				const out = nn.linear({ in: hidden * (bidirectional ? 2 : 1), out: sizes.outputs });
				return {
					parameters: { embed: embed.parameters, rnn: rnn.parameters, out: out.parameters },
					apply: ({ ids, lengths }, mode) => {
						const { last } = rnn.apply(embed.apply(ops.transpose(ids)), mode, { lengths, timeFirst: true });
						return out.apply(drop.apply(last, mode));
					},
				};
			},
		};
	};

/** A classifier of simple recurrent layers (Elman 1990). */
export const rnnClassifier = classifier('rnn');
/** A classifier of gated recurrent units (Cho et al. 2014). */
export const gruClassifier = classifier('gru');
/** A classifier of long short-term memories (Hochreiter and Schmidhuber 1997). */
export const lstmClassifier = classifier('lstm');
