// Encoder and decoder: I. Sutskever, O. Vinyals, Q. Le, Sequence to Sequence Learning with Neural Networks, 2014 (`attention: 'none'`); K. Cho et al., 2014 (its
// `context: 'each'`); D. Bahdanau, K. Cho, Y. Bengio, Neural Machine Translation by Jointly Learning to Align and Translate, 2015 (`additive`); M.-T. Luong
// et al., Effective Approaches to Attention-based Neural Machine Translation, 2015 (`scaled`, `general`). source [batch, source] and, at each step, the
// target's tokens before it, target [batch, target], to logits [batch, target, vocabulary]. A class label is a source of one token.
// Reference: PyTorch trains a step in 125–132 ms where the benchmark `seq2seq` was made.
import { ops, scan, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture, Trainable } from 'textloom/train';
import { type ScheduledSampling, samplingKind, scheduled } from './scheduled-sampling.js';
import { pairInputs, type Seq2SeqInput, sourceInputs, tokenIds } from './token-pairs.js';
import { sizesOf, translator } from './translator.js';

export type { Seq2SeqInput };

/** Sizes of a sequence-to-sequence model. */
export interface Seq2SeqOptions {
	/** Words of the source language and of the target language; id 0 is padding in both. */
	readonly source: number;
	readonly target: number;
	/** Numbers of a word's vector and of a state. Default 256. */
	readonly width?: number;
	/** Default `gru`. */
	readonly cell?: 'rnn' | 'gru' | 'lstm';
	/** Layers of the encoder, and as many of the decoder. Default 1. */
	readonly layers?: number;
	/** Whether the encoder reads in both directions, half of the width each. Default false. */
	readonly bidirectional?: boolean;
	/**
	 * How the decoder looks at the source: by scaled dot products of its outputs (default), by a bilinear form of them, scaled as well (`general`), by a network over the
	 * state before each step, whose answer the step reads (`additive`), or only by its first state (`none`).
	 */
	readonly attention?: 'scaled' | 'general' | 'additive' | 'none';
	/** Without attention: whether the encoder's last output comes in at every step, too, or only as the first state. Default `once`. */
	readonly context?: 'once' | 'each';
	/** Share of word vectors, of outputs between layers (not of a decoder that is `additive`) and of what the last map reads that is dropped. Default 0. */
	readonly dropout?: number;
	/** What shares its vectors: the target's words with the last map, or those of the source, too, which are then the same words. Default `none`. */
	readonly tied?: 'none' | 'target' | 'all';
	/** The share of each answer that is spread over all words. Default 0. */
	readonly smoothing?: number;
	/** How teacher forcing becomes less in training. Default: the decoder always reads the target. */
	readonly sampling?: ScheduledSampling | undefined;
}

const kinds: Kinds<Seq2SeqOptions> = {
	...{ source: is.needed(is.whole(1)), target: is.needed(is.whole(1)), width: is.whole(1), layers: is.whole(1), bidirectional: is.flag },
	...{ cell: is.one('rnn', 'gru', 'lstm'), attention: is.one('scaled', 'general', 'additive', 'none'), context: is.one('once', 'each') },
	...{ dropout: is.share, tied: is.one('none', 'target', 'all'), smoothing: is.share, sampling: samplingKind },
};

/** What the encoder made of the source. */
interface Encoded {
	/** The outputs of all its tokens, `[batch, source, width]`. */
	readonly memory: Value;
	readonly lengths: Value;
	/** The topmost layer's last state, `[batch, width]`, where it comes in at every step. */
	readonly context?: Value;
}

/** What the decoder made of some tokens. */
interface Decoded {
	/** `[batch, tokens, width]`, before the last map. */
	readonly outputs: Value;
	readonly states: nn.RecurrentStates;
	/** Where it looked, `[batch, tokens, source]`. */
	readonly attention?: Value;
}

/** Rows `[rows, width]` as those of each source, `[batch, sequences, width]`. */
const bySource = (rows: Value, memory: Value) => {
	const [batch, width] = [memory.shape[0]!, rows.shape[1]!];
	return rows.shape[0] === batch ? ops.unsqueeze(rows, [1]) : ops.reshape(rows, [batch, 'sequences', width], [memory]);
};

/** What is of the sequences of each source, `[batch, sequences, …]`, as that of these rows. */
const byRow = (value: Value, rows: Value) =>
	value.shape[1] === 1 ? ops.squeeze(value, [1]) : ops.reshape(value, [rows.shape[0]!, value.shape[2]!], [rows]);

/**
 * Trained with teacher forcing by cross-entropy over the tokens of the target, padding (0) left out. To generate, two programs of the same
 * weights: `encode` reads the source once, `step` says a token after another.
 */
export function seq2seq(options: Seq2SeqOptions): Trainable<Seq2SeqInput> {
	const checked = optionsOf('seq2seq', options, kinds);
	const { source, target, width = 256, cell = 'gru', layers = 1, bidirectional = false, attention = 'scaled', dropout = 0 } = checked;
	const { tied = 'none', smoothing = 0, context = 'once', sampling } = checked;
	if (bidirectional && width % 2 !== 0) throw new RangeError(`seq2seq: expected an even width for two directions, got ${width}. Add 1.`);
	if (checked.context !== undefined && attention !== 'none')
		throw new TypeError(`seq2seq: expected attention 'none' beside context, got ${attention}. Leave one of the two out.`);
	if (tied === 'all' && source !== target)
		throw new RangeError(`seq2seq: expected as many words in the source as in the target beside tied 'all', got ${source} and ${target}.`);
	const says = nn.embedding({ size: target, width });
	const words = tied === 'all' ? says : nn.embedding({ size: source, width });
	const drop = nn.dropout(dropout);
	const recurrent = nn[cell];
	const encoder = recurrent({ in: width, out: bidirectional ? width / 2 : width, layers, bidirectional, dropout });
	const reads = attention === 'additive' || context === 'each' ? 2 * width : width;
	const decoder = recurrent({ in: reads, out: width, layers, dropout });
	const looks = attention === 'scaled' || attention === 'general';
	const mix = looks ? nn.linear({ in: 2 * width, out: width }) : undefined;
	const form = attention === 'general' ? nn.linear({ in: width, out: width, bias: false }) : undefined;
	const align = attention === 'additive' ? nn.additiveAttention({ queryWidth: width, keyWidth: width, hidden: width }) : undefined;
	const out = tied === 'none' ? nn.linear({ in: width, out: target }) : undefined;

	/** Outputs of every source token, and the states after the last: of two directions side by side. */
	const encode = (ids: Value, lengths: Value, mode: nn.Mode) => {
		const { outputs: memory, states } = encoder.apply(drop.apply(words.apply(ids), mode), mode, { lengths });
		const count = encoder.states;
		const joined = states.map((own) =>
			own.slice(0, count).map((state, at) => (bidirectional ? ops.concat([state, own[count + at]!], 1) : state)),
		);
		return { memory, lengths, states: joined, ...(context === 'each' && { context: joined.at(-1)![0]! }) };
	};
	/** The decoder's outputs `[batch, tokens, width]` looking at the source, where they do so afterwards. */
	const looking = (outputs: Value, { memory, lengths }: Encoded): Pick<Decoded, 'outputs' | 'attention'> => {
		if (!mix) return { outputs };
		const weights = nn.attentionWeights(form ? form.apply(outputs) : outputs, memory, { lengths });
		const seen = ops.matMul(weights, memory);
		return { outputs: ops.tanh(mix.apply(ops.concat([outputs, seen], 2))), attention: weights };
	};
	/** One step of rows `[rows, width]` that reads where its state before looks; rows of one source stand together, as many of each. */
	const aligned = (x: Value, { memory, lengths }: Encoded, states: nn.RecurrentStates, mode: nn.Mode) => {
		const { output: seen, weights } = align!.apply(bySource(states.at(-1)![0]!, memory), mode, { memory, lengths });
		const { output, states: next } = decoder.step(ops.concat([x, byRow(seen, x)], 1), states);
		return { output, next, weights: byRow(weights, x) };
	};
	/** One step of rows. */
	const stepped = (x: Value, encoded: Encoded, states: nn.RecurrentStates, mode: nn.Mode): Decoded => {
		if (attention === 'additive') {
			const { output, next, weights } = aligned(x, encoded, states, mode);
			return { outputs: output, states: next, attention: weights };
		}
		const { context, memory } = encoded;
		const rows = bySource(x, memory);
		const each = context && byRow(ops.expand(ops.unsqueeze(context, [1]), rows.shape, [rows]), x);
		const said = decoder.step(each ? ops.concat([x, each], 1) : x, states);
		const { outputs, attention: weights } = looking(bySource(said.output, memory), encoded);
		return { outputs: byRow(outputs, x), states: said.states, ...(weights && { attention: byRow(weights, x) }) };
	};
	const decode = (tokens: Value, encoded: Encoded, states: nn.RecurrentStates, mode: nn.Mode): Decoded => {
		const x = drop.apply(says.apply(tokens), mode);
		if (attention !== 'additive') {
			const [batch, time] = x.shape as readonly [Value['shape'][number], Value['shape'][number]];
			const each = encoded.context && ops.expand(ops.unsqueeze(encoded.context, [1]), [batch, time, width], [x]);
			const said = decoder.apply(each ? ops.concat([x, each], 2) : x, mode, { states });
			return { states: said.states, ...looking(said.outputs, encoded) };
		}
		const flat = states.flat();
		const { states: after, outputs } = scan({
			inputs: [ops.transpose(x, [1, 0, 2])],
			states: flat,
			body: (before, [x]) => {
				const { output, next, weights } = aligned(x!, encoded, unflat(before), mode);
				return { states: next.flat(), outputs: [output, weights] };
			},
		});
		const [said, weights] = outputs.map((steps) => ops.transpose(steps, [1, 0, 2])) as [Value, Value];
		return { outputs: said, states: unflat(after), attention: weights };
	};
	const unflat = (states: readonly Value[]): nn.RecurrentStates =>
		Array.from({ length: layers }, (_, layer) => states.slice(layer * decoder.states, (layer + 1) * decoder.states));
	const logitsOf = (outputs: Value, mode: nn.Mode) => {
		const read = drop.apply(outputs, mode);
		return out ? out.apply(read) : ops.matMul(read, ops.transpose(says.parameters.weight));
	};

	const numbers = (...shape: (string | number)[]) => ({ dtype: 'float32', shape }) as const;
	const names = Array.from({ length: layers * decoder.states }, (_, at) => `state.${at}`);
	const named = (states: nn.RecurrentStates, prefix = '') =>
		Object.fromEntries(states.flat().map((state, at) => [`${prefix}${names[at]}`, state]));
	return {
		parameters: {
			...{ tgt: says.parameters, ...(tied !== 'all' && { src: words.parameters }), enc: encoder.parameters, dec: decoder.parameters },
			...{ ...(form && { form: form.parameters }), ...(align && { align: align.parameters }) },
			...{ ...(mix && { mix: mix.parameters }), ...(out && { out: out.parameters }) },
		},
		inputs: pairInputs,
		apply: ({ source, sourceLengths, target }, mode) => {
			const { states, ...encoded } = encode(source, sourceLengths, mode);
			const logits = (tokens: Value) => logitsOf(decode(tokens, encoded, states, mode).outputs, mode);
			return { logits: logits(scheduled(target, logits, mode, sampling)) };
		},
		loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets, { ignore: 0, smoothing }),
		programs: {
			encode: {
				inputs: sourceInputs,
				apply: ({ source, sourceLengths }, mode) => {
					const { states, memory, context } = encode(source!, sourceLengths!, mode);
					return { memory, ...(context && { context }), ...named(states) };
				},
			},
			step: {
				inputs: {
					...{ token: tokenIds('rows'), memory: numbers('batch', 'source', width), sourceLengths: tokenIds('batch') },
					...(context === 'each' && { context: numbers('batch', width) }),
					...Object.fromEntries(names.map((name) => [name, numbers('rows', width)])),
				},
				apply: ({ token, memory, sourceLengths, context, ...given }, mode) => {
					const before = unflat(names.map((name) => given[name]!));
					const encoded = { memory: memory!, lengths: sourceLengths!, ...(context && { context }) };
					const { outputs, states, attention } = stepped(drop.apply(says.apply(token!), mode), encoded, before, mode);
					return { logits: logitsOf(outputs, mode), ...(attention && { attention }), ...named(states, 'next.') };
				},
			},
		},
	};
}

/** Sizes of a translator, whose vocabularies are learned; the loss is its task's. */
export type RecurrentTranslatorOptions = Omit<Seq2SeqOptions, 'source' | 'target' | 'smoothing'>;

const { source: _, target: __, smoothing: ___, ...translatorKinds } = kinds;

/** The same as a recipe of the task `translation` takes it. */
export function recurrentTranslator(given: RecurrentTranslatorOptions = {}): Architecture {
	const defaults = { width: 256, cell: 'gru', layers: 1, bidirectional: false, attention: 'scaled', dropout: 0, tied: 'none' } as const;
	const options = { ...defaults, ...optionsOf('recurrentTranslator', given, translatorKinds as Kinds<RecurrentTranslatorOptions>) };
	return translator('recurrent-translator', options, (sizes) =>
		seq2seq({ ...sizesOf('recurrentTranslator', sizes, options.tied), ...options }),
	);
}
