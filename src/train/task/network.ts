// What a network of a recipe is, before and after its sizes are known.
import type { Json } from '../../base/index.js';
import type { VectorLearner, WordVectors } from '../../embeddings/index.js';
import type { Value } from '../../graph/index.js';
import { crossEntropy, type Mode, type ParameterTree } from '../../nn/index.js';
import type { InputPlan, ModelProgram, Named, Trainable } from '../step/model.js';
import type { Arrays, Inputs } from './arrays.js';
import type { Each, Head } from './task.js';

/** What a network of words takes: `ids` int32 `[batch, time]`, padded with 0; `lengths` int32 `[batch]`. */
export const textInputs = {
	ids: { dtype: 'int32', shape: ['batch', 'time'] },
	lengths: { dtype: 'int32', shape: ['batch'] },
} as const satisfies Inputs;

/** A batch inside the graph. */
export type NetworkInputs = { readonly ids: Value; readonly lengths: Value } & Readonly<Record<string, Value>>;

/**
 * A network with its parameters: documents to `[batch, outputs]`, to `[batch, time, outputs]` for tasks of tokens, or, with `target`, the tokens
 * before each, to `[batch, target, outputs]` for tasks of sequences.
 */
export interface Network {
	readonly parameters: ParameterTree;
	apply(inputs: NetworkInputs, mode: Mode): Value;
	/**
	 * Where the network looked, of the same parameters: each word's share `[batch, time]`, or of each head how much each word looks at each,
	 * `[batch, heads, time, time]`. Shares of padding are 0. Built by who wants to show it.
	 */
	attention?(inputs: NetworkInputs, mode: Mode): Value;
	/** Of a network of sequences: `encode` reads documents, `step` says a token after another, as `openPrograms` takes them. They are what is saved. */
	readonly programs?: Readonly<Record<'encode' | 'step', ModelProgram>>;
	/** Set where it is written for other programs: what takes the place of its own inputs, and what goes into the folder. */
	readonly published?: Published;
}

/** A network as other programs know it, such as those that read Hugging Face's layout. */
export interface Published {
	readonly inputs: Readonly<Record<string, InputPlan>>;
	/** The same results of these inputs. */
	apply(inputs: Named, mode: Mode): Value;
	/** Facts for config.json. */
	readonly config: Readonly<Record<string, Json>>;
	/** Further files of the folder, such as `tokenizer.json`, by their names. */
	readonly files: Readonly<Record<string, string>>;
}

/** What is known when a network is built: the numbers that its head needs, and how many ids each field has. */
export interface Sizes {
	readonly outputs: number;
	/** Ids of words. */
	readonly vocabulary: number;
	/** Whether the text that is to be said, where there is one, goes through the same stages as the one that is read: its ids are the same, and two more. */
	readonly shared?: boolean;
	/** The words by their ids, where a vocabulary gives them. */
	readonly words?: readonly string[] | undefined;
	/** What the architecture's `vectors` learned of the training documents. */
	readonly vectors?: WordVectors | undefined;
	/** Ids of any other field, by its name. */
	readonly fields?: Readonly<Record<string, number>>;
}

/** What a network is solved from. */
export interface SolverData {
	/** Documents. */
	readonly size: number;
	/** The numbers of a document by the names of the network's inputs, and `targets`, the number of its class. */
	at(doc: number): Arrays;
	readonly sizes: Sizes;
	/** How much each class counts, where not all count 1. */
	readonly weights?: readonly number[] | undefined;
	readonly seed: number;
}

/** A kind of network with its options. */
export interface Architecture {
	readonly spec: { readonly model: string; readonly options: Json };
	/** What it reads of a document, after fields of the same names; `lengths` is the number of tokens. Default `ids` and `lengths`. */
	readonly inputs?: Inputs;
	/** What it is written for, where stages are chosen for it: ids of words (default) or of characters, or terms with their weights: by TF-IDF, as counts, or as 1. */
	readonly tokens?: 'words' | 'characters' | 'terms' | 'counts' | 'presence';
	/** What it says something of. Default: the document. */
	readonly each?: Each;
	/** The shortest batch it takes, in tokens; shorter ones are padded. */
	readonly minLength: number;
	/** The longest document it takes, in tokens, where there is one. */
	readonly maxLength?: number;
	/** Learns word vectors of the training documents, of the `tokens` that its stages hand out, before it is built. */
	readonly vectors?: VectorLearner | undefined;
	build(sizes: Sizes): Network;
	/** Finds the weights, by the names of the network's parameters, at once: no steps are taken then, and no optimizer is used. */
	readonly solve?: (data: SolverData) => Readonly<Record<string, Float32Array>>;
}

/** What a recipe trains: a network under the head of its task. */
export function modelOf(network: Network, inputs: Inputs, head: Head<never, object, object>): Trainable {
	return {
		parameters: network.parameters,
		inputs: { ...inputs, ...head.inputs },
		apply: (batch, mode) => ({ logits: network.apply(batch as NetworkInputs, mode) }),
		loss: ({ logits }, batch) => head.loss(logits!, batch),
		...(network.programs && { programs: network.programs }),
	};
}

/** A model as it is written for prediction: by the inputs that other programs give it, and with where the network looked, as `attention`, if it tells it. */
export function shownModel(model: Trainable, { attention, published }: Network): Trainable {
	if (published) return { ...model, inputs: published.inputs, apply: (batch, mode) => ({ logits: published.apply(batch, mode) }) };
	if (!attention) return model;
	return {
		...model,
		apply: (batch, mode) => ({ ...model.apply(batch, mode), attention: attention(batch as NetworkInputs, mode) }),
	};
}

/** A network of words as `fit` trains it without a recipe: the cross-entropy of its `logits` against `targets`, int32 `[batch]`. */
export function textClassifierModel(network: Network): Trainable<'ids' | 'lengths' | 'targets'> {
	return {
		parameters: network.parameters,
		inputs: { ...textInputs, targets: { dtype: 'int32', shape: ['batch'] } },
		apply: ({ ids, lengths }, mode) => ({ logits: network.apply({ ids, lengths }, mode) }),
		loss: ({ logits }, { targets }) => crossEntropy(logits!, targets),
	};
}
