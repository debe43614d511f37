// What is trained: an encoder with the head that tells hidden tokens, by the names of transformers' BertForMaskedLM. It looks at the hidden places alone.
import { type Initializer, ops, parameter, type Value } from '../graph/index.js';
import { crossEntropy, layerNorm, linear, type Mode, normal, zeros } from '../nn/index.js';
import type { ModelProgram, Named, Trainable } from '../train/index.js';
import type { EncoderModel } from './encoder-model.js';

const { add, cast, gatherND, gelu, less, matMul, places: placesOf, transpose, unsqueeze } = ops;

/** What fills up the tokens to be told. */
export const ignored = -100;
const begin: Initializer = normal(0.02);

/** The names of the programs that are saved: vectors of tokens, and tokens for every place. */
export const programs = { vectors: 'model', tokens: 'model_masked_lm' } as const;

/** An encoder over a vocabulary as a model that learns to tell hidden tokens. */
export function maskedModel(encoder: EncoderModel, vocabulary: number): { readonly model: Trainable; readonly config: object } {
	const { parameters, words, vectors, config } = encoder.build(vocabulary);
	const { width } = encoder;
	const dense = linear({ in: width, out: width, initial: begin, bias: zeros });
	const norm = layerNorm({ width, epsilon: 1e-12 });
	const bias = parameter([vocabulary], zeros);
	/** `[batch, …, width]` to the logits of all tokens. */
	const told = (x: Value) => add(matMul(norm.apply(gelu(dense.apply(x))), transpose(words)), bias);
	const published = (of: (x: Value) => Named): ModelProgram => ({
		inputs: Object.fromEntries(
			['input_ids', 'attention_mask', 'token_type_ids'].map((name) => [name, { dtype: 'int64', shape: ['batch', 'time'] }]),
		),
		apply: ({ input_ids, attention_mask, token_type_ids }, mode) =>
			of(vectors({ ids: cast(input_ids!, 'int32'), types: cast(token_type_ids!, 'int32'), within: cast(attention_mask!, 'bool') }, mode)),
	});
	const model: Trainable = {
		parameters: { bert: parameters, cls: { predictions: { transform: { dense: dense.parameters, LayerNorm: norm.parameters }, bias } } },
		inputs: {
			ids: { dtype: 'int32', shape: ['batch', 'time'] },
			lengths: { dtype: 'int32', shape: ['batch'] },
			places: { dtype: 'int32', shape: ['batch', 'told'] },
			targets: { dtype: 'int32', shape: ['batch', 'told'] },
		},
		apply: ({ ids, lengths, places }, mode: Mode) => {
			const within = less(unsqueeze(placesOf(ids!, 1), [0]), unsqueeze(lengths!, [1]));
			return { logits: told(gatherND(vectors({ ids: ids!, within }, mode), unsqueeze(places!, [2]), { batch: 1 })) };
		},
		loss: ({ logits }, { targets }) => crossEntropy(logits!, targets!, { ignore: ignored }),
		programs: {
			[programs.vectors]: published((last_hidden_state) => ({ last_hidden_state })),
			[programs.tokens]: published((x) => ({ logits: told(x) })),
		},
	};
	return { model, config };
}
