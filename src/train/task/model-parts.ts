// What an open model is made of, for those that look into it: kept beside the model, not in what users see of it.
import type { ModelConfig } from './model-config.js';

/** What a model is made of. */
export interface OpenParts {
	readonly config: ModelConfig;
	/** The bytes of its ONNX files, by their names. */
	programs(): Promise<Readonly<Record<string, Uint8Array>>>;
}

const known = new WeakMap<object, OpenParts>();

/** Keeps the parts of a model as long as there is the model. */
export function keepParts(model: object, parts: OpenParts): void {
	known.set(model, parts);
}

/** The parts of a model that `train` or `load` gave; undefined for anything else. */
export const partsOf = (model: object): OpenParts | undefined => known.get(model);
