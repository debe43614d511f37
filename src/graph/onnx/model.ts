// An ONNX model as plain data: what the reader makes and the writer takes. Names follow onnx.proto.

import type { DType, Tensor } from '../../tensors/tensor.js';
import type { Dim } from '../dim.js';

/** An attribute by kind. */
export type OnnxAttribute =
	| { readonly int: number }
	| { readonly float: number }
	| { readonly string: string }
	| { readonly ints: readonly number[] }
	| { readonly floats: readonly number[] }
	| { readonly strings: readonly string[] }
	| { readonly tensor: Tensor }
	| { readonly graph: OnnxGraph };

/** One node. An empty input name leaves an optional input out. */
export interface OnnxNode {
	/** The operator; one of another domain than ONNX's own has the domain before it, as in `com.microsoft::BiasGelu`. */
	readonly op: string;
	readonly name: string;
	readonly inputs: readonly string[];
	readonly outputs: readonly string[];
	readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** An input or output: its name, type and shape. */
export interface OnnxValue {
	readonly name: string;
	readonly dtype: DType;
	readonly shape: readonly Dim[];
}

/** A graph: nodes in an order in which they can run. */
export interface OnnxGraph {
	readonly name: string;
	readonly inputs: readonly OnnxValue[];
	readonly outputs: readonly OnnxValue[];
	readonly initializers: ReadonlyMap<string, Tensor>;
	readonly nodes: readonly OnnxNode[];
	/** What the file says of values inside the graph; seldom all of them. */
	readonly values?: readonly OnnxValue[];
}

/** A model file. */
export interface OnnxModel {
	readonly opset: number;
	/** The versions of other domains whose operators it uses. */
	readonly domains?: Readonly<Record<string, number>>;
	readonly producer: string;
	readonly graph: OnnxGraph;
	readonly metadata: Readonly<Record<string, string>>;
}
