// Structured self-attention: Z. Lin et al., A Structured Self-attentive Sentence Embedding, 2017, without its penalty. Several means of the states of an LSTM of
// both directions, each with weights of its own. ids [batch, time] and lengths [batch] to logits [batch, classes]. Reference: none on these data; on Yelp
// 64.2, two points ahead of the same LSTM with the maximum of its states.
import { ops } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture, NetworkInputs } from 'textloom/train';
import { declaredVectors, embedWords, rowWidth, type WordRows, wordRowKinds } from './embed-words.js';
import { once } from './once.js';

const { matMul, max, reduceMean, reshape, tanh, transpose } = ops;

/** Sizes of a structured self-attention classifier. */
export interface SelfAttentionOptions extends WordRows {
	/** Numbers in a state of each direction. */
	readonly hidden?: number;
	/** Means of the states. */
	readonly hops?: number;
	/** Numbers that a state is mapped to before it is weighed. */
	readonly scoreWidth?: number;
	/** Units of the layer over all means. */
	readonly units?: number;
	/** Share of means and units dropped while training. */
	readonly dropout?: number;
	/** Share of words dropped while training. */
	readonly wordDropout?: number;
}

const kinds: Kinds<SelfAttentionOptions> = {
	...wordRowKinds,
	...{ hidden: is.whole(1), hops: is.whole(1), scoreWidth: is.whole(1), units: is.whole(1) },
	...{ dropout: is.share, wordDropout: is.share },
};

/** Embedding, LSTM of both directions, A = softmax(W₂ tanh(W₁ Hᵀ)) and A H, linear, ReLU, linear. */
export function selfAttention(options: SelfAttentionOptions = {}): Architecture {
	const checked = optionsOf('selfAttention', options, kinds);
	const { hidden = 100, hops = 4, scoreWidth = 100, units = 100, dropout = 0.5, wordDropout = 0 } = checked;
	const width = rowWidth('selfAttention', options, 100);
	return {
		spec: { model: 'self-attention', options: { width, hidden, hops, scoreWidth, units, dropout, wordDropout } },
		...declaredVectors(options),
		minLength: 1,
		build(sizes) {
			const embed = embedWords('selfAttention', sizes, options, width);
			const dropWords = nn.dropout(wordDropout, { whole: 1 });
			const rnn = nn.lstm({ in: width, out: hidden, bidirectional: true });
			const [inner, score] = [
				nn.linear({ in: 2 * hidden, out: scoreWidth, bias: false }),
				nn.linear({ in: scoreWidth, out: hops, bias: false }),
			];
			const head = nn.sequential([
				...[nn.dropout(dropout), nn.linear({ in: 2 * hidden * hops, out: units }), nn.relu()],
				...[nn.dropout(dropout), nn.linear({ in: units, out: sizes.outputs })],
			]);
			/** The states `[batch, time, 2 hidden]`, and the weights of each hop `[batch, hops, time]`. */
			const read = once(({ ids, lengths }: NetworkInputs, mode: nn.Mode) => {
				const words = dropWords.apply(embed.apply(transpose(ids)), mode);
				const states = transpose(rnn.apply(words, mode, { lengths, timeFirst: true }).outputs, [1, 0, 2]);
				const scores = transpose(score.apply(tanh(inner.apply(states))), [0, 2, 1]);
				return { states, weights: nn.maskedSoftmax(scores, nn.attentionBias(states, states, { lengths: max(lengths, 1) })) };
			});
			return {
				parameters: {
					...{ embed: embed.parameters, rnn: rnn.parameters },
					...{ inner: inner.parameters, score: score.parameters, head: head.parameters },
				},
				apply(inputs, mode) {
					const { states, weights } = read(inputs, mode);
					return head.apply(reshape(matMul(weights, states), ['batch', hops * 2 * hidden], [states]), mode);
				},
				// As the paper shows it: of all hops together.
				attention: (inputs, mode) => reduceMean(read(inputs, mode).weights, { axes: [1] }),
			};
		},
	};
}
