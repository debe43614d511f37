// Encoder and decoder with attention: M.-T. Luong et al., Effective Approaches to Attention-based Neural Machine Translation, 2015, global attention
// with scaled dot products, over GRUs. source [batch, source] and, at each step, the target's tokens before it, target [batch, target], to logits
// [batch, target, vocabulary]. Reference: PyTorch trains a step in 125–132 ms where the benchmark `seq2seq` was made.
import { nn, ops, type Trainable } from 'textloom';

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

/** Trained with teacher forcing by cross-entropy over the tokens of the target, padding (0) left out. */
export function seq2seq({ source, target, width = 256 }: Seq2SeqOptions): Trainable<Seq2SeqInput> {
	const [words, says] = [nn.embedding({ size: source, width }), nn.embedding({ size: target, width })];
	const [encoder, decoder] = [nn.gru({ in: width, out: width }), nn.gru({ in: width, out: width })];
	const [mix, out] = [nn.linear({ in: 2 * width, out: width }), nn.linear({ in: width, out: target })];
	return {
		parameters: {
			...{ src: words.parameters, tgt: says.parameters, enc: encoder.parameters, dec: decoder.parameters },
			...{ mix: mix.parameters, out: out.parameters },
		},
		inputs: {
			source: { dtype: 'int32', shape: ['batch', 'source'] },
			sourceLengths: { dtype: 'int32', shape: ['batch'] },
			target: { dtype: 'int32', shape: ['batch', 'target'] },
			targets: { dtype: 'int32', shape: ['batch', 'target'] },
		},
		apply: ({ source, sourceLengths, target }, mode) => {
			const { outputs: memory, states } = encoder.apply(words.apply(source), mode, { lengths: sourceLengths });
			const { outputs } = decoder.apply(says.apply(target), mode, { states });
			const seen = nn.attention(outputs, memory, memory, { lengths: sourceLengths });
			return { logits: out.apply(ops.tanh(mix.apply(ops.concat([outputs, seen], 2)))) };
		},
		loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets, { ignore: 0 }),
	};
}
