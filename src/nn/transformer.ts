// Blocks of the transformer (Vaswani et al. 2017, §3.1), with parameters named as PyTorch's TransformerEncoderLayer and TransformerDecoderLayer.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { ops, scope, type Value } from '../graph/index.js';
import { dropout as dropoutLayer } from './dropout.js';
import { of } from './kinds.js';
import type { Layer, Mode } from './layer.js';
import { layerNorm } from './layer-norm.js';
import { linear } from './linear.js';
import { type KeysAndValues, multiHeadAttention, type SequencesPast, type SequencesStep } from './multi-head-attention.js';

/** Sizes of a block. */
export interface TransformerOptions {
	readonly width: number;
	readonly heads: number;
	/** Units of the two-layer network in each block. Default 4·width. */
	readonly hidden?: number;
	/** Default 0.1, as in the paper. */
	readonly dropout?: number;
	readonly activation?: 'relu' | 'gelu';
	/** Whether sums are normalized after each part, as in the paper, or what goes into a part before it. Default after. */
	readonly norm?: 'after' | 'before';
	readonly epsilon?: number;
}

const kinds: Kinds<TransformerOptions> = {
	...{ width: of.size, heads: of.size, hidden: of.count, dropout: of.rate },
	...{ activation: is.one('relu', 'gelu'), norm: is.one('after', 'before'), epsilon: is.positive },
};

/** The layers of a block, and how its parts are put around each other. */
function parts(who: string, options: TransformerOptions) {
	const { width, heads, dropout = 0.1, activation = 'relu', norm = 'after', epsilon = 1e-5, ...given } = optionsOf(who, options, kinds);
	const { hidden = 4 * width } = given;
	const drop = dropoutLayer(dropout);
	const normalize = () => layerNorm({ width, epsilon });
	const attend = () => multiHeadAttention({ width, heads, dropout });
	const [linear1, linear2] = [linear({ in: width, out: hidden }), linear({ in: hidden, out: width })];
	const forward = (x: Value, mode: Mode) => linear2.apply(drop.apply(ops[activation](linear1.apply(x)), mode));
	/** x + part(x), normalized after or before. */
	const around = (x: Value, mode: Mode, { apply }: { apply: (x: Value) => Value }, part: (x: Value) => Value) =>
		norm === 'after' ? apply(ops.add(x, drop.apply(part(x), mode))) : ops.add(x, drop.apply(part(apply(x)), mode));
	/** What goes into a part. */
	const into = (x: Value, { apply }: { apply: (x: Value) => Value }) => (norm === 'after' ? x : apply(x));
	return { attend, normalize, linear1, linear2, forward, around, into };
}

/** A block of an encoder, and where its words look. */
export interface EncoderBlock extends Layer<[x: Value, mode: Mode, given?: { readonly lengths?: Value }]> {
	/** The shares of the words for each word, `[batch, heads, time, time]`. */
	weights(x: Value, mode: Mode, given?: { readonly lengths?: Value }): Value;
}

/** Self-attention and a two-layer network, each with a residual connection: `[batch, time, width]`. Padding beyond `lengths` is not looked at. */
export function encoderBlock(options: TransformerOptions): EncoderBlock {
	const { attend, normalize, linear1, linear2, forward, around, into } = parts('encoderBlock', options);
	const [attention, norm1, norm2] = [attend(), normalize(), normalize()];
	return {
		parameters: {
			self_attn: attention.parameters,
			linear1: linear1.parameters,
			linear2: linear2.parameters,
			norm1: norm1.parameters,
			norm2: norm2.parameters,
		},
		apply: (x, mode, mask = {}) =>
			scope('encoderBlock', () => {
				const seen = around(x, mode, norm1, (x) => attention.apply(x, mode, mask));
				return around(seen, mode, norm2, (x) => forward(x, mode));
			}),
		weights: (x, mode, mask = {}) => scope('encoderBlock', () => attention.weights(into(x, norm1), mode, mask)),
	};
}

/** What a decoder block looks at beside its own past. */
export interface DecoderInputs {
	/** The encoder's outputs, `[batch, memory, width]`, and how many each text has. */
	readonly memory: Value;
	readonly memoryLengths?: Value;
}

/** What a decoder block keeps of the tokens before, in this block, and of the encoder's outputs. */
export interface DecoderPast extends SequencesPast {
	/** Of the encoder's outputs, as `project` gives them. */
	readonly memory: KeysAndValues;
	readonly memoryLengths?: Value;
}

/** What a step of a decoder block gives. */
export interface DecoderStep extends SequencesStep {
	/** Where the tokens look in the encoder's outputs, `[batch, heads, sequences, memory]`. */
	weights(): Value;
}

/** A block of a decoder: over all tokens at once, or one token after the other. */
export interface DecoderBlock extends Layer<[x: Value, mode: Mode, given: DecoderInputs]> {
	/** The keys and values of the encoder's outputs, which are the same for all steps. */
	project(memory: Value): KeysAndValues;
	/**
	 * One token more of each of several sequences over the same memory, `[batch, sequences, width]`: the same numbers as those of its place when all
	 * tokens of a sequence are read at once.
	 */
	step(x: Value, mode: Mode, given: DecoderPast): DecoderStep;
}

/** Causal self-attention, attention over the encoder's outputs, and a two-layer network: `[batch, time, width]`. */
export function decoderBlock(options: TransformerOptions): DecoderBlock {
	const { attend, normalize, linear1, linear2, forward, around, into } = parts('decoderBlock', options);
	const [self, across, norm1, norm2, norm3] = [attend(), attend(), normalize(), normalize(), normalize()];
	return {
		parameters: {
			self_attn: self.parameters,
			multihead_attn: across.parameters,
			linear1: linear1.parameters,
			linear2: linear2.parameters,
			norm1: norm1.parameters,
			norm2: norm2.parameters,
			norm3: norm3.parameters,
		},
		apply: (x, mode, { memory, memoryLengths }) =>
			scope('decoderBlock', () => {
				const own = around(x, mode, norm1, (x) => self.apply(x, mode, { causal: true }));
				const lengths = memoryLengths && { lengths: memoryLengths };
				const seen = around(own, mode, norm2, (x) => across.apply(x, mode, { memory, ...lengths }));
				return around(seen, mode, norm3, (x) => forward(x, mode));
			}),
		project: (memory) => scope('decoderBlock', () => across.project(memory)),
		step: (x, mode, { memory, memoryLengths, ...before }) =>
			scope('decoderBlock', () => {
				const { output: looked, own } = self.step(into(x, norm1), before);
				const given = { memory, ...(memoryLengths && { lengths: memoryLengths }) };
				const said = around(x, mode, norm1, () => looked);
				const seen = around(said, mode, norm2, (x) => across.apply(x, mode, given));
				const output = around(seen, mode, norm3, (x) => forward(x, mode));
				return { output, own, weights: () => scope('decoderBlock', () => across.weights(into(said, norm2), mode, given)) };
			}),
	};
}
