// BERT's encoder: J. Devlin et al., BERT, 2019, with the names that its parameters have in transformers, so that weights go from one to the other. Tokens [batch, time] to vectors
// [batch, time, width].
import { ops, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import type { EncoderInputs, EncoderModel } from 'textloom/pretrained';
import { is, type Kinds, optionsOf } from 'textloom/stream';

/** Sizes of an encoder; the defaults are BERT-mini's. */
export interface BertEncoderOptions {
	readonly layers?: number;
	readonly width?: number;
	readonly heads?: number;
	/** Units between the two maps of each layer. Default 4·width. */
	readonly hidden?: number;
	/** The longest text, in tokens. */
	readonly positions?: number;
	readonly dropout?: number;
}

export const bertKinds: Kinds<BertEncoderOptions> = {
	...{ layers: is.whole(1), width: is.whole(1), heads: is.whole(1), hidden: is.whole(1), positions: is.whole(1), dropout: is.share },
};

const epsilon = 1e-12;
const begin = nn.normal(0.02);
const dense = (inputs: number, out: number) => nn.linear({ in: inputs, out, initial: begin, bias: nn.zeros });

/** Word, position and type vectors, normalized, and blocks of attention. */
export function bertEncoder(given: BertEncoderOptions = {}): EncoderModel {
	const { layers = 4, width = 256, heads = 4, positions = 512, dropout = 0.1, ...rest } = optionsOf('bertEncoder', given, bertKinds);
	const { hidden = 4 * width } = rest;
	if (!Number.isInteger(width / heads))
		throw new RangeError(`bertEncoder: expected a width that heads divide, got ${width} and ${heads}. Change one of them.`);
	const options = { layers, width, heads, hidden, positions, dropout };
	return {
		spec: { model: 'bert', options },
		positions,
		width,
		build(vocabulary) {
			const words = nn.embedding({ size: vocabulary, width, deviation: 0.02, padding: 0 });
			const places = nn.learnedPositions({ size: positions, width });
			const types = nn.embedding({ size: 2, width, deviation: 0.02 });
			const norm = nn.layerNorm({ width, epsilon });
			const drop = nn.dropout(dropout);
			const blocks = Array.from({ length: layers }, () => bertLayer({ width, heads, hidden, dropout }));
			const before = ({ ids, types: kinds = ops.mul(ids, 0), within }: EncoderInputs, mode: nn.Mode, block: number) => {
				const looked = ops.add(places.apply(words.apply(ids)), types.apply(kinds));
				const x = drop.apply(norm.apply(looked), mode);
				return blocks.slice(0, block).reduce((x, { apply }) => apply(x, mode, within), x);
			};
			return {
				parameters: {
					embeddings: {
						word_embeddings: words.parameters,
						position_embeddings: places.parameters,
						token_type_embeddings: types.parameters,
						LayerNorm: norm.parameters,
					},
					encoder: { layer: Object.fromEntries(blocks.map(({ parameters }, layer) => [layer, parameters])) },
				},
				words: words.parameters.weight,
				vectors: (inputs, mode) => before(inputs, mode, layers),
				weights: (inputs, mode) => blocks.at(-1)!.weights(before(inputs, mode, layers - 1), mode, inputs.within),
				config: {
					...{ model_type: 'bert', vocab_size: vocabulary, hidden_size: width, num_hidden_layers: layers, num_attention_heads: heads },
					...{ intermediate_size: hidden, hidden_act: 'gelu', hidden_dropout_prob: dropout, attention_probs_dropout_prob: dropout },
					...{ max_position_embeddings: positions, type_vocab_size: 2, layer_norm_eps: epsilon, initializer_range: 0.02, pad_token_id: 0 },
				},
			};
		},
	};
}

/** Attention and a network of two maps, each added to what it was made of and normalized. */
function bertLayer({ width, heads, hidden, dropout }: Required<Pick<BertEncoderOptions, 'width' | 'heads' | 'hidden' | 'dropout'>>) {
	const [query, key, value, output] = [dense(width, width), dense(width, width), dense(width, width), dense(width, width)];
	const [up, down] = [dense(width, hidden), dense(hidden, width)];
	const [first, second] = [nn.layerNorm({ width, epsilon }), nn.layerNorm({ width, epsilon })];
	const drop = nn.dropout(dropout);
	const weights = (x: Value, mode: nn.Mode, within: Value) => {
		const [queries, keys] = [query, key].map((map) => nn.intoHeads(map.apply(x), heads)) as [Value, Value];
		return nn.attentionWeights(queries, keys, { allowed: ops.unsqueeze(within, [1, 2]), dropout, mode });
	};
	return {
		parameters: {
			attention: {
				self: { query: query.parameters, key: key.parameters, value: value.parameters },
				output: { dense: output.parameters, LayerNorm: first.parameters },
			},
			intermediate: { dense: up.parameters },
			output: { dense: down.parameters, LayerNorm: second.parameters },
		},
		weights,
		apply(x: Value, mode: nn.Mode, within: Value): Value {
			const seen = nn.fromHeads(ops.matMul(weights(x, mode, within), nn.intoHeads(value.apply(x), heads)));
			const attended = first.apply(ops.add(drop.apply(output.apply(seen), mode), x));
			return second.apply(ops.add(drop.apply(down.apply(ops.gelu(up.apply(attended))), mode), attended));
		},
	};
}
