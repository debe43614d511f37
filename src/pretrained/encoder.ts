// An encoder of a file as an architecture of recipes: its graph, what is made of its vectors, and a map to the numbers of the task.
import { is, type Json, type Kinds, optionsOf } from '../base/index.js';
import { type OnnxModel, ops, type Shape, type Value } from '../graph/index.js';
import { dropout as dropoutLayer, type Imported, imported, linear, type Mode } from '../nn/index.js';
import type { Architecture, Inputs, NetworkInputs } from '../train/index.js';
import { textInputs } from '../train/index.js';
import { dropoutPlaces } from './dropout-places.js';
import { expectTrainable } from './expect-trainable.js';
import type { ModelFolder } from './read-folder.js';

const { cast, div, less, max, mul, places, reduceSum, slice, squeeze, unsqueeze, where } = ops;

/** How an encoder is used. */
export interface EncoderOptions {
	/** What stands for a text: the mean of its tokens' vectors, or the vector of its first token. Default as the folder says, else `mean`. */
	readonly pooling?: 'mean' | 'first';
	/** What is said something of: whole documents (default), or each of their tokens. */
	readonly each?: 'document' | 'token';
	/** The share of the vectors that is dropped before the map. Default: that of config.json. */
	readonly dropout?: number;
	/** The share that is dropped inside. Default: those of config.json. */
	readonly inside?: number;
	/** Whether documents are pairs of texts: stages with `pair` say by `types` which token is of which. Default false. */
	readonly pairs?: boolean;
	/** Which parameters stay as they are, by a regular expression of their names, such as `^embeddings|layer\\.[0-3]\\.`. Default none. */
	readonly frozen?: string;
}

const kinds: Kinds<EncoderOptions> = {
	pooling: is.one('mean', 'first'),
	each: is.one('document', 'token'),
	dropout: is.share,
	inside: is.share,
	pairs: is.flag,
	frozen: is.name,
};

/** What config.json calls the numbers, by its kinds of models. */
function numbersOf(config: ModelFolder['config']) {
	const number = (...names: string[]) => names.map((name) => config[name]).find((value) => typeof value === 'number') as number | undefined;
	const padding = number('pad_token_id') ?? 0;
	const positions = number('max_position_embeddings', 'n_positions') ?? 512;
	return {
		padding,
		vocabulary: number('vocab_size'),
		// Models whose positions are counted from the id of the padding have rows before the first.
		longest: /roberta|camembert|mpnet/.test(String(config.model_type)) ? positions - padding - 1 : positions,
		hidden: number('hidden_dropout_prob', 'dropout') ?? 0.1,
		attention: number('attention_probs_dropout_prob', 'attention_dropout') ?? 0.1,
		last: number('classifier_dropout', 'classifier_dropout_prob', 'seq_classif_dropout', 'hidden_dropout_prob', 'dropout') ?? 0.1,
	};
}

/** The names of what an export takes. */
const [idsName, maskName, typesName] = ['input_ids', 'attention_mask', 'token_type_ids'] as const;

/** An architecture that begins with the weights of a folder. */
export function encoder(folder: ModelFolder, options: EncoderOptions = {}): Architecture {
	const numbers = numbersOf(folder.config);
	const {
		pooling = folder.pooling ?? 'mean',
		each = 'document',
		dropout = numbers.last,
		inside,
		pairs = false,
		frozen,
	} = optionsOf('pretrained.model', options, kinds);
	expectTrainable(folder.name, folder.onnx);
	const rates = { hidden: inside ?? numbers.hidden, attention: inside ?? numbers.attention };
	const said = { pooling, each, dropout, inside: [rates.hidden, rates.attention], pairs, ...(frozen !== undefined && { frozen }) };
	const inputs: Inputs = { ...textInputs, ...(pairs && { types: textInputs.ids }) };
	return {
		spec: { model: 'pretrained', options: { name: folder.name, fingerprint: folder.fingerprint, ...said } },
		...{ inputs, each },
		minLength: 1,
		maxLength: numbers.longest,
		build({ vocabulary, outputs }) {
			expectVocabulary(folder, vocabulary, numbers.vocabulary);
			const isFrozen = frozen === undefined ? () => false : (name: string) => new RegExp(frozen).test(name);
			const layer = imported(folder.onnx, { frozen: isFrozen, dropout: dropoutPlaces(folder.onnx, rates) });
			const width = widthOf(folder, layer);
			const drop = dropoutLayer(dropout);
			const classifier = linear({ in: width, out: outputs });
			/** From what an export takes to the numbers of the task. */
			const logits = (given: Readonly<Record<string, Value>>, mode: Mode) => {
				const vectors = vectorsOf(layer, given, mode);
				const pooled = each === 'token' ? vectors : pooledBy(pooling, vectors, given[maskName]!);
				return classifier.apply(drop.apply(pooled, mode));
			};
			return {
				parameters: { ...layer.parameters, classifier: classifier.parameters },
				apply: (own: NetworkInputs, mode) => logits(asExported(layer, own, numbers.padding), mode),
				published: {
					inputs: Object.fromEntries(
						Object.keys(layer.inputs).map((name) => [name, { dtype: 'int64', shape: ['batch', 'time'] as Shape }]),
					),
					apply: (given, mode) => logits(given, mode),
					config: publishedConfig(folder.config),
					files: { ...folder.beside, 'tokenizer.json': JSON.stringify(folder.tokenizer) },
				},
			};
		},
	};
}

/** The facts that other programs read, without those of the head that it had. */
function publishedConfig(config: ModelFolder['config']): Readonly<Record<string, Json>> {
	const { architectures: _, _name_or_path, id2label, label2id, problem_type, num_labels, ...rest } = config;
	return rest;
}

/** The tokenizer's ids must be rows of the embedding. */
function expectVocabulary({ name, onnx }: ModelFolder, tokens: number, told: number | undefined): void {
	const rows = rowsOf(onnx) ?? told;
	if (tokens > 0 && (rows === undefined || tokens <= rows)) return;
	throw new RangeError(
		tokens === 0
			? `pretrained: expected stages that end in the ids of ${name}, got none. Write stages: ${'model'}.stages().`
			: `pretrained: expected a tokenizer of at most ${rows} tokens, as the embedding of ${name} has rows, got one of ${tokens}. Take that of its folder.`,
	);
}

/** The rows of the table that the ids are looked up in. */
function rowsOf({ graph }: OnnxModel): number | undefined {
	const lookup = graph.nodes.find(({ op, inputs }) => op === 'Gather' && inputs[1] === idsName);
	return lookup && graph.initializers.get(lookup.inputs[0]!)?.shape[0];
}

const hiddenName = 'last_hidden_state';

function vectorsOf(layer: Imported, given: Readonly<Record<string, Value>>, mode: Mode): Value {
	const found = layer.apply(given, mode)[hiddenName]!;
	return found.dtype === 'float32' ? found : cast(found, 'float32');
}

function widthOf({ name, config }: ModelFolder, { outputs }: Imported): number {
	if (!outputs.includes(hiddenName)) {
		throw new RangeError(
			`pretrained: expected a model that gives ${hiddenName}, got ${name}, which gives ${outputs.join(', ')}. Export it for feature-extraction.`,
		);
	}
	const width = config.hidden_size ?? config.dim ?? config.d_model;
	if (typeof width === 'number') return width;
	throw new RangeError(`pretrained: expected hidden_size in the config.json of ${name}, got none. Copy that of the model.`);
}

/** The mean of what is no padding, or the first token's: `[batch, width]`. */
function pooledBy(pooling: 'mean' | 'first', vectors: Value, mask: Value): Value {
	if (pooling === 'first') return squeeze(slice(vectors, 1, 0, 1), [1]);
	const counted = unsqueeze(cast(mask, 'float32'), [2]);
	return div(reduceSum(mul(vectors, counted), { axes: [1] }), max(reduceSum(counted, { axes: [1] }), 1));
}

/** Ids and lengths as an export takes them. */
function asExported(layer: Imported, { ids, lengths, types }: NetworkInputs, padding: number): Record<string, Value> {
	const within = less(unsqueeze(places(ids, 1), [0]), unsqueeze(lengths, [1]));
	const values: Readonly<Record<string, () => Value>> = {
		[idsName]: () => (padding === 0 ? ids : where(within, ids, padding)),
		[maskName]: () => within,
		[typesName]: () => types ?? mul(ids, 0),
	};
	return Object.fromEntries(
		Object.entries(layer.inputs).map(([name, { dtype }]) => {
			const value = Object.hasOwn(values, name) ? values[name]!() : undefined;
			if (value) return [name, cast(value, dtype)];
			throw new RangeError(
				`pretrained: expected a model of ${Object.keys(values).join(', ')}, got one that takes ${name}. Export its encoder alone.`,
			);
		}),
	);
}
