// What an encoder of our own is, so that it can be pretrained: models/bert-encoder.ts is one.
import type { Json } from '../base/index.js';
import type { Parameter, Value } from '../graph/index.js';
import type { Mode, ParameterTree } from '../nn/index.js';

/** What an encoder reads: ids and kinds of tokens, int32 `[batch, time]`, and which are no padding, bool `[batch, time]`. */
export interface EncoderInputs {
	readonly ids: Value;
	readonly types?: Value | undefined;
	readonly within: Value;
}

/** A kind of encoder with its sizes. */
export interface EncoderModel {
	readonly spec: { readonly model: string; readonly options: Json };
	/** The longest text, in tokens. */
	readonly positions: number;
	readonly width: number;
	build(vocabulary: number): BuiltEncoder;
}

/** An encoder over a vocabulary. */
export interface BuiltEncoder {
	/** By the names that they have in transformers, without the name of the model in front. */
	readonly parameters: ParameterTree;
	/** The vectors of words `[vocabulary, width]`, which tell tokens from vectors, too. */
	readonly words: Parameter;
	/** `[batch, time, width]` */
	vectors(inputs: EncoderInputs, mode: Mode): Value;
	/** Where each token looks in the last layer: `[batch, heads, time, time]`. */
	weights(inputs: EncoderInputs, mode: Mode): Value;
	/** Its sizes as config.json of transformers has them. */
	readonly config: Readonly<Record<string, Json>>;
}
