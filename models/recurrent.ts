// Recurrent classifiers: a word embedding, RNN, GRU or LSTM over the words in one direction or both, what is left of their states by pooling, a linear map.
// ids [batch, time] and lengths [batch] to logits [batch, classes]. Reference: on all 120,000 rows of AG News an LSTM has 86.1 (Zhang et al. 2015), on
// IMDB 86.5 (A. Dai and Q. Le, Semi-supervised Sequence Learning, 2015).
import { ops } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture, NetworkInputs } from 'textloom/train';
import { declaredVectors, embedWords, rowWidth, type WordRows, wordRowKinds } from './embed-words.js';
import { once } from './once.js';
import { poolSteps, type StepPooling, stepPoolings } from './pool-steps.js';

/** Sizes of a recurrent classifier. */
export interface RecurrentClassifierOptions extends WordRows {
	/** Numbers in a state of a direction. */
	readonly hidden?: number;
	/** Layers on top of each other. */
	readonly layers?: number;
	readonly bidirectional?: boolean;
	/**
	 * What is left of the states: the last one (default; of each direction its own), the largest or the mean of each number over the words, or a
	 * mean whose weights are learned (Yang et al. 2016).
	 */
	readonly pooling?: StepPooling;
	/** Share of outputs dropped between layers, and of features before the last map. */
	readonly dropout?: number;
	/** Share of words dropped while training: the model learns not to lean on one. */
	readonly wordDropout?: number;
}

const kinds: Kinds<RecurrentClassifierOptions> = {
	...wordRowKinds,
	...{ hidden: is.whole(1), layers: is.whole(1) },
	...{ bidirectional: is.flag, pooling: is.one(...stepPoolings), dropout: is.share, wordDropout: is.share },
};

/** Embedding, recurrent layers of a kind, pooling, linear. Texts of different lengths are read to their own end. */
const classifier = (cell: 'rnn' | 'gru' | 'lstm') =>
	function recurrent(options: RecurrentClassifierOptions = {}): Architecture {
		const checked = optionsOf(`${cell}Classifier`, options, kinds);
		const { hidden = 128, layers = 1, bidirectional = false, pooling = 'last', dropout = 0, wordDropout = 0 } = checked;
		const width = rowWidth(`${cell}Classifier`, options, 100);
		return {
			spec: { model: cell, options: { width, hidden, layers, bidirectional, pooling, dropout, wordDropout } },
			...declaredVectors(options),
			minLength: 1,
			build(sizes) {
				const embed = embedWords(`${cell}Classifier`, sizes, options, width);
				const dropWords = nn.dropout(wordDropout, { whole: 1 });
				const rnn = nn[cell]({ in: width, out: hidden, layers, bidirectional, dropout });
				const states = hidden * (bidirectional ? 2 : 1);
				const pool = poolSteps(pooling, states);
				const drop = nn.dropout(dropout);
				const out = nn.linear({ in: states, out: sizes.outputs });
				const read = once(({ ids, lengths }: NetworkInputs, mode: nn.Mode) => {
					const words = dropWords.apply(embed.apply(ops.transpose(ids)), mode);
					const { outputs, last } = rnn.apply(words, mode, { lengths, timeFirst: true });
					return { steps: ops.transpose(outputs, [1, 0, 2]), last, lengths };
				});
				const { shares } = pool;
				return {
					parameters: {
						...{ embed: embed.parameters, rnn: rnn.parameters },
						...(shares && { pool: pool.parameters }),
						out: out.parameters,
					},
					apply: (inputs, mode) => out.apply(drop.apply(pool.apply(read(inputs, mode)), mode)),
					...(shares && { attention: (inputs: NetworkInputs, mode: nn.Mode) => shares(read(inputs, mode)) }),
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
