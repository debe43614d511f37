// An ONNX model as an ordinary layer: its weights are parameters, its inputs are bound at each use.

import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
import {
	type Dim,
	type DType,
	type OnnxModel,
	type OnnxNode,
	ops,
	type Parameter,
	parameter,
	type Shape,
	ShapeError,
	showShape,
	storedWeights,
	substitute,
	type Tensor,
	type Value,
} from '../graph/index.js';
import { importedGraphs } from './imported-graphs.js';
import { type Mode, type ParameterTree, prediction } from './layer.js';

/** How a model is taken in. */
export interface ImportedOptions {
	/** Numbers for its named sizes, or other names for them: `{ batch_size: 'batch', sequence_length: 'time' }`. */
	readonly sizes?: Readonly<Record<string, Dim>>;
	/** Which parameters stay as they are, by their names. Default: none. */
	readonly frozen?: (name: string) => boolean;
	/** What stands in a weight's place, of its shape and type: `{ 'query.weight': (w) => ops.add(w, low) }`. */
	readonly replace?: Readonly<Record<string, (weight: Value) => Value>>;
	/**
	 * What share of the elements that a node gives is dropped in training, by the nodes of the file: `({ op }) => (op === 'Softmax' ? 0.1 : 0)`.
	 * Default: none; those in bodies of loops are not asked for. Dropout nodes of the file that drop in training do so by themselves.
	 */
	readonly dropout?: (node: OnnxNode) => number;
}

/** A model as a layer. */
export interface Imported {
	/** Its weights by PyTorch's names, in PyTorch's shapes. */
	readonly parameters: ParameterTree & Readonly<Record<string, Parameter>>;
	/** What it takes and gives. */
	readonly inputs: Readonly<Record<string, { readonly dtype: DType; readonly shape: Shape }>>;
	readonly outputs: readonly string[];
	/**
	 * Its outputs, computed from these inputs: others than its own are not looked at. It may be applied several times, to inputs whose sizes are
	 * called otherwise, too: the weights are the same.
	 */
	apply(inputs: Readonly<Record<string, Value>>, mode?: Mode): Record<string, Value>;
}

const kinds: Kinds<ImportedOptions> = { sizes: is.object, frozen: is.function, replace: is.object, dropout: is.function };

/**
 * A model of any file as a layer. Its tensors of floating-point numbers are parameters, but for scalars and helper constants. One whose name the
 * file has lost (`onnx::MatMul_295`, stored transposed) gets that of its layer, by the node that uses it, and PyTorch's shape.
 *
 * @example
 * const bert = nn.imported(await readOnnxFile('model.onnx'), { sizes: { batch_size: 'batch', sequence_length: 'time' } });
 * const { logits } = bert.apply({ input_ids, attention_mask, token_type_ids }, mode);
 * @throws {RangeError} for a name in `replace` that the model does not have; what `fromOnnx` throws.
 */
export function imported(model: OnnxModel, options: ImportedOptions = {}): Imported {
	const { sizes = {}, frozen = () => false, replace = {}, dropout = () => 0 } = optionsOf('imported', options, kinds);
	argumentOf('imported', 'model', model, {
		expected: 'an ONNX model',
		fits: (value) => is.object.fits(value) && 'graph' in (value as object),
		next: 'Read it with readOnnx or readOnnxFile.',
	});
	const graphs = importedGraphs(model, { sizes, dropout });
	const { inputs, outputs, initializers } = graphs({ training: false, names: {} });
	const weights = storedWeights(model);
	const parameters: Record<string, Parameter> = {};
	const standIns = new Map<string, Value>();
	for (const [stored, { data }] of Object.entries(initializers)) {
		const weight = weights.get(stored);
		if (!weight) {
			standIns.set(stored, { dtype: data.dtype, shape: data.shape, constant: data });
			continue;
		}
		const { name, transposed } = weight;
		const own = parameter(transposed ? data.shape.toReversed() : data.shape, initialOf(data, transposed), {
			frozen: frozen(name),
			dtype: data.dtype,
		});
		parameters[name] = own;
		const given = Object.hasOwn(replace, name) ? alike(`replace to give ${name}`, own, replace[name]!(own)) : own;
		standIns.set(stored, transposed ? ops.transpose(given) : given);
	}
	const missing = Object.keys(replace).find((name) => !Object.hasOwn(parameters, name));
	if (missing !== undefined)
		throw new RangeError(
			`imported: expected replace with names of parameters, got ${missing}. Name one of them, such as ${Object.keys(parameters)[0]}.`,
		);
	return {
		parameters,
		inputs: Object.fromEntries(Object.entries(inputs).map(([name, { dtype, shape }]) => [name, { dtype, shape }])),
		outputs: Object.keys(outputs),
		apply(bound, mode = prediction) {
			const graph = graphs({ training: mode.training, names: namesIn(inputs, bound) });
			const replaced = new Map<Value, Value>();
			for (const [name, { value }] of Object.entries(graph.initializers)) replaced.set(value, standIns.get(name)!);
			for (const [name, value] of Object.entries(graph.inputs)) replaced.set(value, alike(`the input ${name}`, value, bound[name]));
			for (const { place, rate } of graph.masks) replaced.set(place, ops.cast(mode.mask(rate, place.shape), place.dtype));
			const results = substitute(Object.values(graph.outputs), replaced);
			return Object.fromEntries(Object.keys(outputs).map((name, place) => [name, results[place]!]));
		},
	};
}

/** What the named sizes of inputs are in those that they are bound to. */
function namesIn(inputs: Readonly<Record<string, Value>>, bound: Readonly<Record<string, Value>>): Record<string, Dim> {
	const names: Record<string, Dim> = {};
	for (const [name, { shape }] of Object.entries(inputs)) {
		for (const [axis, dim] of shape.entries()) {
			const given = bound[name]?.shape[axis];
			if (typeof dim === 'string' && given !== undefined && given !== dim && !Object.hasOwn(names, dim)) names[dim] = given;
		}
	}
	return names;
}

/** A value, if it is like another one. */
function alike(what: string, like: Value, value: Value | undefined): Value {
	const [expected, got] = [like, value].map((value) => (value ? `${value.dtype} ${showShape(value.shape)}` : 'none'));
	if (value && expected === got) return value;
	throw new ShapeError(`imported: expected ${what} as ${expected}, got ${got}. Give one like it.`);
}

/** The numbers of a file as first values, rows and columns exchanged where the file has them so. */
function initialOf({ shape, data }: Tensor, transposed: boolean): Parameter['initial'] {
	const numbers = data as Float32Array | Float64Array;
	return () => {
		const own = numbers.slice();
		const [rows, columns] = shape as [number, number];
		if (transposed) for (let at = 0; at < own.length; at++) own[(at % columns) * rows + Math.floor(at / columns)] = numbers[at]!;
		return own;
	};
}
