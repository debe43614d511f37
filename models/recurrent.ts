// Recurrent classifiers: a word embedding, RNN, GRU or LSTM over the words, a linear map of the last output. ids [batch, time] and lengths [batch]
// to logits [batch, classes].
import { ops } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture } from 'textloom/train';

/** Sizes of a recurrent classifier. */
export interface RecurrentClassifierOptions {
	/** Numbers in a word's vector. */
	readonly width?: number;
	/** Numbers in a state. */
	readonly hidden?: number;
	readonly layers?: number;
	readonly bidirectional?: boolean;
	/** Share of outputs dropped between layers, and of features before the last map. */
	readonly dropout?: number;
}

const kinds: Kinds<RecurrentClassifierOptions> = {
	...{ width: is.whole(1), hidden: is.whole(1), layers: is.whole(1) },
	...{ bidirectional: is.flag, dropout: is.share },
};

/** Embedding, recurrent layers of a kind, linear. Texts of different lengths are read to their own end. */
const classifier = (cell: 'rnn' | 'gru' | 'lstm') =>
	function recurrent(options: RecurrentClassifierOptions = {}): Architecture {
		const checked = optionsOf(`${cell}Classifier`, options, kinds);
		const { width = 100, hidden = 128, layers = 1, bidirectional = false, dropout = 0 } = checked;
		return {
			spec: { model: cell, options: { width, hidden, layers, bidirectional, dropout } },
			minLength: 1,
			build({ vocabulary, outputs }) {
				const embed = nn.embedding({ size: vocabulary, width, padding: 0 });
				const rnn = nn[cell]({ in: width, out: hidden, layers, bidirectional, dropout });
				const drop = nn.dropout(dropout);
				const out = nn.linear({ in: hidden * (bidirectional ? 2 : 1), out: outputs });
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
