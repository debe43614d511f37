// Encoder and decoder with attention: M.-T. Luong et al., Effective Approaches to Attention-based Neural Machine Translation, 2015, global attention
// with scaled dot products, over GRUs. source [batch, source] and, at each step, the target's tokens before it, target [batch, target], to logits
// [batch, target, vocabulary]. Reference: PyTorch trains a step in 125–132 ms where the benchmark `seq2seq` was made.
import { ops, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Trainable } from 'textloom/train';

/** Sizes of a sequence-to-sequence model. */
export interface Seq2SeqOptions {
	/** Words of the source language and of the target language; id 0 is padding in both. */
	readonly source: number;
	readonly target: number;
	/** Numbers of a word's vector and of a state. */
	readonly width?: number;
}

/** What a batch holds: source texts with their lengths, what the decoder reads (the target after its first token), and what it is to say. */
export type Seq2SeqInput = 'source' | 'sourceLengths' | 'target' | 'targets';

const kinds: Kinds<Seq2SeqOptions> = { source: is.needed(is.whole(1)), target: is.needed(is.whole(1)), width: is.whole(1) };

/**
 * Trained with teacher forcing by cross-entropy over the tokens of the target, padding (0) left out. To generate, two programs of the same
 * weights: `encode` reads the source once, `step` says a token after another.
 */
export function seq2seq(options: Seq2SeqOptions): Trainable<Seq2SeqInput> {
	const { source, target, width = 256 } = optionsOf('seq2seq', options, kinds);
	const [words, says] = [nn.embedding({ size: source, width, padding: 0 }), nn.embedding({ size: target, width, padding: 0 })];
	const [encoder, decoder] = [nn.gru({ in: width, out: width }), nn.gru({ in: width, out: width })];
	const [mix, out] = [nn.linear({ in: 2 * width, out: width }), nn.linear({ in: width, out: target })];

	/** Outputs of every source token, and the state after the last. */
	const encode = (source: Value, lengths: Value, mode: nn.Mode) => {
		const { outputs: memory, states } = encoder.apply(words.apply(source), mode, { lengths });
		return { memory, state: states[0]![0]! };
	};
	/** Logits after each of some tokens, and the state after the last. */
	const decode = (tokens: Value, { memory, state, lengths }: { memory: Value; state: Value; lengths: Value }, mode: nn.Mode) => {
		const { outputs, states } = decoder.apply(says.apply(tokens), mode, { states: [[state]] });
		const seen = nn.attention(outputs, memory, memory, { lengths });
		return { logits: out.apply(ops.tanh(mix.apply(ops.concat([outputs, seen], 2)))), state: states[0]![0]! };
	};

	const tokens = (...shape: string[]) => ({ dtype: 'int32', shape }) as const;
	const numbers = (...shape: (string | number)[]) => ({ dtype: 'float32', shape }) as const;
	return {
		parameters: {
			...{ src: words.parameters, tgt: says.parameters, enc: encoder.parameters, dec: decoder.parameters },
			...{ mix: mix.parameters, out: out.parameters },
		},
		inputs: {
			source: tokens('batch', 'source'),
			sourceLengths: tokens('batch'),
			target: tokens('batch', 'target'),
			targets: tokens('batch', 'target'),
		},
		apply: ({ source, sourceLengths: lengths, target }, mode) => {
			const { logits } = decode(target, { ...encode(source, lengths, mode), lengths }, mode);
			return { logits };
		},
		loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets, { ignore: 0 }),
		programs: {
			encode: {
				inputs: { source: tokens('batch', 'source'), sourceLengths: tokens('batch') },
				apply: ({ source, sourceLengths }, mode) => encode(source!, sourceLengths!, mode),
			},
			step: {
				inputs: {
					token: tokens('batch'),
					state: numbers('batch', width),
					memory: numbers('batch', 'source', width),
					sourceLengths: tokens('batch'),
				},
				apply: ({ token, state, memory, sourceLengths }, mode) => {
					const after = decode(ops.unsqueeze(token!, [1]), { memory: memory!, state: state!, lengths: sourceLengths! }, mode);
					return { logits: ops.squeeze(after.logits, [1]), 'next.state': after.state };
				},
			},
		},
	};
}
