// What a text classifier's model is, before and after its sizes are known.

import type { Json } from '../../base/index.js';
import type { Value } from '../../graph/index.js';
import { crossEntropy, type Mode, type ParameterTree } from '../../nn/index.js';
import type { Trainable } from '../step/model.js';

/** A batch inside the graph: `ids` int32 `[batch, time]`, padded with 0; `lengths` int32 `[batch]`. */
export interface TextInputs {
	readonly ids: Value;
	readonly lengths: Value;
}

/** A model with its parameters: texts to logits `[batch, classes]`. */
export interface Network {
	readonly parameters: ParameterTree;
	apply(inputs: TextInputs, mode: Mode): Value;
}

/** A kind of model with its options, built when vocabulary and classes are known. */
export interface Architecture {
	readonly spec: { readonly model: string; readonly options: Json };
	/** The shortest batch it takes, in tokens; shorter ones are padded. */
	readonly minLength: number;
	build(sizes: { readonly vocabulary: number; readonly classes: number }): Network;
}

/** The model of a text classifier, as `fit` trains it: its network, and the cross-entropy of its `logits` against `targets`, int32 `[batch]`. */
export function textClassifierModel(network: Network): Trainable<'ids' | 'lengths' | 'targets'> {
	return {
		parameters: network.parameters,
		inputs: {
			ids: { dtype: 'int32', shape: ['batch', 'time'] },
			lengths: { dtype: 'int32', shape: ['batch'] },
			targets: { dtype: 'int32', shape: ['batch'] },
		},
		apply: ({ ids, lengths }, mode) => ({ logits: network.apply({ ids, lengths }, mode) }),
		loss: ({ logits }, { targets }) => crossEntropy(logits!, targets),
	};
}
