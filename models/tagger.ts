// Tagger: X. Ma and E. Hovy, End-to-end Sequence Labeling via Bi-directional LSTM-CNNs-CRF, 2016, without its CRF. ids [batch, time], characters
// [batch, time, letters] and lengths [batch] to logits [batch, time, tags]. Reference, on UD English EWT: tags of 92% and more of the words.
import { ops, productDims } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import { type Architecture, textInputs } from 'textloom/train';
import { declaredVectors, embedWords, rowWidth, type WordRows, wordRowKinds } from './embed-words.js';

const { add, cast, concat, greater, pad, reduceSum, reshape } = ops;

/** Sizes of a tagger. */
export interface TaggerOptions extends WordRows {
	/** Numbers in a character's vector. */
	readonly characterWidth?: number;
	/** Filters over windows of three characters. */
	readonly filters?: number;
	/** Numbers in a state of each direction. */
	readonly hidden?: number;
	/** Share of words' vectors and of outputs dropped while training. */
	readonly dropout?: number;
}

const kinds: Kinds<TaggerOptions> = {
	...wordRowKinds,
	...{ characterWidth: is.whole(1), filters: is.whole(1), hidden: is.whole(1), dropout: is.share },
};

/** Words and their characters, an LSTM of both directions over them, a linear map of each step. */
export function tagger(options: TaggerOptions = {}): Architecture {
	const { characterWidth = 30, filters = 50, hidden = 128, dropout = 0.4 } = optionsOf('tagger', options, kinds);
	const width = rowWidth('tagger', options, 100);
	return {
		spec: { model: 'tagger', options: { width, characterWidth, filters, hidden, dropout } },
		inputs: { ...textInputs, characters: { dtype: 'int32', shape: ['batch', 'time', 'letters'] } },
		...declaredVectors(options),
		minLength: 1,
		each: 'token',
		build(sizes) {
			const embed = embedWords('tagger', sizes, options, width);
			const letters = nn.embedding({ size: sizes.fields?.characters ?? 2, width: characterWidth, padding: 0 });
			const convs = nn.convMax({ in: characterWidth, out: filters, kernels: [3] });
			const drop = nn.dropout(dropout);
			const rnn = nn.lstm({ in: width + filters, out: hidden, bidirectional: true });
			const out = nn.linear({ in: 2 * hidden, out: sizes.outputs });
			return {
				parameters: {
					embed: embed.parameters,
					letters: letters.parameters,
					convs: convs.parameters,
					rnn: rnn.parameters,
					out: out.parameters,
				},
				apply({ ids, characters, lengths }, mode) {
					// Words are rows: each is looked at by itself, with an empty place at both ends.
					const rows = reshape(characters!, [productDims(['batch', 'time']), 'letters'], [characters!]);
					const counts = reduceSum(cast(greater(rows, 0), 'int32'), { axes: [1] });
					const spelled = convs.apply(pad(letters.apply(rows), 1, 1, 1), add(counts, 2));
					const words = concat([embed.apply(ids), reshape(spelled, ['batch', 'time', filters], [ids])], 2);
					const { outputs: states } = rnn.apply(drop.apply(words, mode), mode, { lengths });
					return out.apply(drop.apply(states, mode));
				},
			};
		},
	};
}
