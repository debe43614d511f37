// Transformer encoder and decoder: A. Vaswani et al., Attention Is All You Need, 2017; with `norm: 'before'` normalized before each part (R. Xiong et al., On Layer
// Normalization in the Transformer Architecture, 2020). source [batch, source] and, at each step, the target's tokens before it, target [batch, target], to
// logits [batch, target, vocabulary]. Reference: Hugging Face's generate with a Marian model of 3 + 3 layers, width 256 (benchmark `beam`).
import { ops, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture, Trainable } from 'textloom/train';
import { type ScheduledSampling, samplingKind, scheduled } from './scheduled-sampling.js';
import { pairInputs, type Seq2SeqInput, sourceInputs, tokenIds } from './token-pairs.js';
import { sizesOf, translator } from './translator.js';

/** Sizes of a transformer from one language to another. */
export interface TransformerSeq2SeqOptions {
	/** Words of the source language and of the target language; id 0 is padding in both. */
	readonly source: number;
	readonly target: number;
	/** Numbers of a word's vector and of what each layer hands on; even. */
	readonly width?: number;
	/** Layers of the encoder, and as many of the decoder. */
	readonly layers?: number;
	/** Heads of each attention; they divide the width. */
	readonly heads?: number;
	/** Units of the two-layer network in each layer. Default 4 · width. */
	readonly hidden?: number;
	/** Share dropped of attention weights, of what each part gives, and of what words begin with. */
	readonly dropout?: number;
	/** Whether sums are normalized after each part, as in the paper, or what goes into a part before it. Default before. */
	readonly norm?: 'after' | 'before';
	/** What shares its vectors: the words of the target with the last map, or those of the source, too, which are then the same words. Default `target`. */
	readonly tied?: 'none' | 'target' | 'all';
	/** The share of each answer that is spread over all words (§5.4). */
	readonly smoothing?: number;
	/** How teacher forcing becomes less in training. Default: the decoder always reads the target. */
	readonly sampling?: ScheduledSampling | undefined;
}

const kinds: Kinds<TransformerSeq2SeqOptions> = {
	...{ source: is.needed(is.whole(1)), target: is.needed(is.whole(1)), width: is.whole(2), layers: is.whole(1), heads: is.whole(1) },
	...{
		hidden: is.whole(1),
		dropout: is.share,
		norm: is.one('after', 'before'),
		tied: is.one('none', 'target', 'all'),
		smoothing: is.share,
		sampling: samplingKind,
	},
};

/** Trained with teacher forcing, padding (0) left out. To generate: `encode` reads the source once, `step` says a token after another from kept keys and values. */
export function transformerSeq2Seq(options: TransformerSeq2SeqOptions): Trainable<Seq2SeqInput> {
	const checked = optionsOf('transformerSeq2Seq', options, kinds);
	const { source, target, width = 256, layers = 3, heads = 4, hidden = 4 * width, dropout = 0.1, norm = 'before' } = checked;
	const { tied = 'target', smoothing = 0.1, sampling } = checked;
	if (tied === 'all' && source !== target)
		throw new RangeError(
			`transformerSeq2Seq: expected as many words in the source as in the target beside tied 'all', got ${source} and ${target}.`,
		);
	const embedding = (size: number) => nn.embedding({ size, width, deviation: width ** -0.5 });
	const says = embedding(target);
	const words = tied === 'all' ? says : embedding(source);
	const places = nn.sinusoidalPositions({ width });
	const drop = nn.dropout(dropout);
	const block = { width, heads, hidden, dropout, norm };
	const all = <T>(make: () => T) => Array.from({ length: layers }, make);
	const [encoders, decoders] = [all(() => nn.encoderBlock(block)), all(() => nn.decoderBlock(block))];
	const [above, last] = [nn.layerNorm({ width }), nn.layerNorm({ width })];
	const out = tied === 'none' ? nn.linear({ in: width, out: target }) : undefined;
	const finished = (x: Value, { apply }: nn.Layer<[x: Value]>) => (norm === 'before' ? apply(x) : x);

	/** Vectors of words, which are as long as what places add (§3.4). */
	const begun = (ids: Value, embed: nn.EmbeddingLayer, mode: nn.Mode, offset?: Value) =>
		drop.apply(places.apply(ops.mul(embed.apply(ids), Math.sqrt(width)), mode, offset && { offset }), mode);
	const encode = (ids: Value, lengths: Value, mode: nn.Mode) =>
		finished(
			encoders.reduce((x, encoder) => encoder.apply(x, mode, { lengths }), begun(ids, words, mode)),
			above,
		);
	const logitsOf = (x: Value) => {
		const done = finished(x, last);
		return out ? out.apply(done) : ops.matMul(done, ops.transpose(says.parameters.weight));
	};

	const kept = (time: string) => ({ dtype: 'float32', shape: ['batch', heads, time, width / heads] }) as const;
	/** The names of the keys and values of each layer, of the source or of the target's tokens before. */
	const named = (what: 'memory' | 'past') =>
		decoders.map((_, layer) => ({ keys: `${what}.${layer}.keys`, values: `${what}.${layer}.values` }));
	const inputsOf = (what: 'memory' | 'past', time: string) =>
		Object.fromEntries(
			named(what)
				.flatMap(({ keys, values }) => [keys, values])
				.map((name) => [name, kept(time)]),
		);
	const under = (names: readonly { keys: string; values: string }[], found: readonly nn.KeysAndValues[], prefix = '') =>
		Object.fromEntries(
			found.flatMap(({ keys, values }, layer) => [
				[`${prefix}${names[layer]!.keys}`, keys],
				[`${prefix}${names[layer]!.values}`, values],
			]),
		);
	const has = { dtype: 'bool', shape: ['batch', 'sequences', 'past'] } as const;
	return {
		parameters: {
			...{ tgt: says.parameters, ...(tied !== 'all' && { src: words.parameters }) },
			encoder: {
				layers: Object.fromEntries(encoders.map(({ parameters }, layer) => [layer, parameters])),
				...(norm === 'before' && { norm: above.parameters }),
			},
			decoder: {
				layers: Object.fromEntries(decoders.map(({ parameters }, layer) => [layer, parameters])),
				...(norm === 'before' && { norm: last.parameters }),
			},
			...(out && { out: out.parameters }),
		},
		inputs: pairInputs,
		apply: ({ source, sourceLengths, target }, mode) => {
			const memory = encode(source, sourceLengths, mode);
			const logits = (tokens: Value) =>
				logitsOf(
					decoders.reduce((x, decoder) => decoder.apply(x, mode, { memory, memoryLengths: sourceLengths }), begun(tokens, says, mode)),
				);
			return { logits: logits(scheduled(target, logits, mode, sampling)) };
		},
		loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets, { ignore: 0, smoothing }),
		programs: {
			encode: {
				inputs: sourceInputs,
				apply: ({ source, sourceLengths }, mode) => {
					const memory = encode(source!, sourceLengths!, mode);
					return under(
						named('memory'),
						decoders.map((decoder) => decoder.project(memory)),
					);
				},
			},
			step: {
				inputs: {
					...{ token: tokenIds('rows'), place: tokenIds(), has, sourceLengths: tokenIds('batch') },
					...inputsOf('memory', 'source'),
					...inputsOf('past', 'past'),
				},
				apply: ({ token, place, has, sourceLengths, ...given }, mode) => {
					const kept = (what: 'memory' | 'past', layer: number): nn.KeysAndValues => {
						const { keys, values } = named(what)[layer]!;
						return { keys: given[keys]!, values: given[values]! };
					};
					let x = ops.reshape(begun(ops.unsqueeze(token!, [1]), says, mode, place), ['batch', 'sequences', width], [has!]);
					let attention: Value | undefined;
					const own = decoders.map((decoder, layer) => {
						const step = decoder.step(x, mode, {
							...{ past: kept('past', layer), has: has!, memory: kept('memory', layer), memoryLengths: sourceLengths! },
						});
						x = step.output;
						// Where the last layer looks, the mean of its heads.
						if (layer === layers - 1) attention = ops.reduceMean(step.weights(), { axes: [1] });
						return step.own;
					});
					return {
						logits: logitsOf(ops.reshape(x, ['rows', width], [token!])),
						attention: ops.reshape(attention!, ['rows', 'source'], [token!]),
						...under(named('past'), own, 'added.'),
					};
				},
			},
		},
	};
}

/** Sizes of a translator, whose vocabularies are learned; the loss is its task's. */
export type TransformerTranslatorOptions = Omit<TransformerSeq2SeqOptions, 'source' | 'target' | 'smoothing'>;

const { source: _, target: __, smoothing: ___, ...translatorKinds } = kinds;

/** The same as a recipe of the task `translation` takes it. */
export function transformerTranslator(given: TransformerTranslatorOptions = {}): Architecture {
	const defaults = { width: 256, layers: 3, heads: 4, dropout: 0.1, norm: 'before', tied: 'target' } as const;
	const options = { ...defaults, ...optionsOf('transformerTranslator', given, translatorKinds as Kinds<TransformerTranslatorOptions>) };
	return translator('transformer-translator', options, (sizes) =>
		transformerSeq2Seq({ ...sizesOf('transformerTranslator', sizes, options.tied), ...options }),
	);
}
