// CNN of depthwise-separable convolutions: F. Chollet, Xception, 2017; over words L. Kaiser, A. Gomez, F. Chollet, Depthwise Separable Convolutions for Neural
// Machine Translation, 2018. ids [batch, time] and lengths [batch] to logits [batch, classes]. Reference: none published; the word CNN has 88.5% and
// more on the AG News subset of 13,420 rows.
import { ops, type Parameter, scalar, scope, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture } from 'textloom/train';
import { declaredVectors, embedWords, rowWidth, type WordRows, wordRowKinds } from './embed-words.js';
import { withinText } from './within-text.js';

const { add, max, mul, pad, relu, reshape, slice, split, where } = ops;

/** Sizes of a CNN of separable convolutions. */
export interface SeparableCnnOptions extends WordRows {
	/** Filters of each layer. */
	readonly filters?: number;
	/** Words in a window. Odd. */
	readonly kernel?: number;
	readonly layers?: number;
	/** Share of features dropped while training. */
	readonly dropout?: number;
	/** Share of words dropped while training. */
	readonly wordDropout?: number;
}

const kinds: Kinds<SeparableCnnOptions> = {
	...wordRowKinds,
	...{ filters: is.whole(1), layers: is.whole(1), dropout: is.share, wordDropout: is.share },
	kernel: { expected: 'an odd number from 1', fits: (value) => is.whole(1).fits(value) && (value as number) % 2 === 1, next: 'Try 5.' },
};

/** Embedding, separable convolutions with ReLU (from the second on beside a shortcut), the maximum over time, linear. */
export function separableCnn(options: SeparableCnnOptions = {}): Architecture {
	const { filters = 200, kernel = 5, layers = 2, dropout = 0.5, wordDropout = 0 } = optionsOf('separableCnn', options, kinds);
	const width = rowWidth('separableCnn', options, 100);
	return {
		spec: { model: 'separable-cnn', options: { width, filters, kernel, layers, dropout, wordDropout } },
		...declaredVectors(options),
		minLength: 1,
		build(sizes) {
			const embed = embedWords('separableCnn', sizes, options, width);
			const dropWords = nn.dropout(wordDropout, { whole: 1 });
			const convs = Array.from({ length: layers }, (_, layer) => separable(layer === 0 ? width : filters, filters, kernel));
			const drop = nn.dropout(dropout);
			const out = nn.linear({ in: filters, out: sizes.outputs });
			return {
				parameters: {
					embed: embed.parameters,
					convs: Object.fromEntries(convs.map(({ parameters }, layer) => [layer, parameters])),
					out: out.parameters,
				},
				apply({ ids, lengths }, mode) {
					let x = dropWords.apply(embed.apply(ids), mode);
					const steps = max(lengths, 1);
					const within = withinText(x, steps, 1);
					for (const [layer, conv] of convs.entries()) {
						const made = where(within, relu(conv.apply(x)), scalar(0, x.dtype));
						x = layer > 0 ? add(x, made) : made;
					}
					return out.apply(drop.apply(nn.maxOverTime().apply(x, steps), mode));
				},
			};
		},
	};
}

/**
 * nn.depthwiseSeparable over `[batch, time, in]`, with its parameters: a sum over the places of a window, and one product, which is less work than
 * convolutions by groups, forward and backward.
 */
function separable(width: number, filters: number, kernel: number): nn.Layer<[x: Value]> {
	const { parameters } = nn.depthwiseSeparable({ in: width, out: filters, kernel });
	const named = nn.namedParameters(parameters);
	const [taps, bias, mix, mixBias] = ['depthwise.weight', 'depthwise.bias', 'pointwise.weight', 'pointwise.bias'].map(
		(name) => named.get(name) as Parameter,
	) as [Parameter, Parameter, Parameter, Parameter];
	const around = (kernel - 1) / 2;
	return {
		parameters,
		apply: (x) =>
			scope('separable', () => {
				const padded = pad(x, 1, around, around);
				const places = split(reshape(taps, [width, kernel]), new Array<number>(kernel).fill(1), 1);
				const moved = places.map((tap, place) => mul(slice(padded, 1, place, place - kernel + 1 || undefined), reshape(tap, [width])));
				const windows = add(
					moved.reduce((sum, one) => add(sum, one)),
					bias,
				);
				return add(ops.matMul(windows, ops.transpose(reshape(mix, [filters, width]))), mixBias);
			}),
	};
}
