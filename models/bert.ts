// BERT classifier: J. Devlin et al., BERT, 2019, without pre-training; the defaults are BERT-mini's. ids [batch, time] and lengths [batch] to logits
// [batch, classes], from the first token. Reference: PyTorch trains a step of it in 361–390 ms where the benchmark `bert` was made.
import { ops } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import { type Architecture, type NetworkInputs, textInputs } from 'textloom/train';
import { type BertEncoderOptions, bertEncoder, bertKinds } from './bert-encoder.js';

const { less, max, places, slice, squeeze, tanh, unsqueeze } = ops;

/** Sizes of a BERT classifier. */
export interface BertOptions extends BertEncoderOptions {
	/** Whether texts are pairs: `types` say of each token which of the two it is of, as `subwords` with `pair` gives them. Default false. */
	readonly pairs?: boolean;
}

const kinds: Kinds<BertOptions> = { ...bertKinds, pairs: is.flag };

/** The encoder, and a map of the first token's vector. */
export function bert(given: BertOptions = {}): Architecture {
	const { pairs = false, ...sizes } = optionsOf('bert', given, kinds);
	const encoder = bertEncoder(sizes);
	const { spec, width, positions } = encoder;
	return {
		spec: { model: 'bert', options: { ...(spec.options as object), pairs } },
		...(pairs && { inputs: { ...textInputs, types: textInputs.ids } }),
		minLength: 1,
		maxLength: positions,
		build({ vocabulary, outputs }) {
			const { parameters, vectors, weights } = encoder.build(vocabulary);
			const dense = (out: number) => nn.linear({ in: width, out, initial: nn.normal(0.02), bias: nn.zeros });
			const [pooler, classifier] = [dense(width), dense(outputs)];
			/** Of a text without words its first place is looked at. */
			const read = ({ ids, lengths, types }: NetworkInputs) => ({
				...{ ids, types, within: less(unsqueeze(places(ids, 1), [0]), unsqueeze(max(lengths, 1), [1])) },
			});
			return {
				parameters: { bert: { ...parameters, pooler: { dense: pooler.parameters } }, classifier: classifier.parameters },
				apply(inputs, mode) {
					const first = squeeze(slice(vectors(read(inputs), mode), 1, 0, 1), [1]);
					return classifier.apply(tanh(pooler.apply(first)));
				},
				// Of the last layer.
				attention: (inputs, mode) => weights(read(inputs), mode),
			};
		},
	};
}
