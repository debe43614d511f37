// An ONNX model as an ordinary layer: its weights are parameters, its inputs are bound at each use.
import {
	type DType,
	fromOnnx,
	type Initializer,
	type OnnxModel,
	ops,
	type Parameter,
	parameter,
	type Shape,
	substitute,
	type Tensor,
	type Value,
} from '../graph/index.js';
import { argumentOf, is, type Kinds, optionsOf } from '../stream/index.js';
import { withDropout } from './imported-dropout.js';
import { type Mode, type ParameterTree, prediction } from './layer.js';

/** How a model is taken in. */
export interface ImportedOptions {
	/** Numbers for its named sizes, or other names for them: `{ batch_size: 'batch', sequence_length: 'time' }`. */
	readonly sizes?: Readonly<Record<string, number | string>>;
	/** Which parameters stay as they are, by their names. Default: none. */
	readonly frozen?: (name: string) => boolean;
	/** What stands in a weight's place, of its shape and type: `{ 'query.weight': (w) => ops.add(w, low) }`. */
	readonly replace?: Readonly<Record<string, (weight: Value) => Value>>;
	/** Where training drops elements: the share of what the named layers give, as `{ 'encoder.layer.0.output.dense': 0.1 }`. */
	readonly dropout?: Readonly<Record<string, number>>;
}

/** A model as a layer. */
export interface Imported {
	/** Its weights by PyTorch's names, in PyTorch's shapes. */
	readonly parameters: ParameterTree & Readonly<Record<string, Parameter>>;
	/** What it takes and gives. */
	readonly inputs: Readonly<Record<string, { readonly dtype: DType; readonly shape: Shape }>>;
	readonly outputs: readonly string[];
	/** Its outputs, computed from these inputs. It may be applied several times: the weights are the same. */
	apply(inputs: Readonly<Record<string, Value>>, mode?: Mode): Record<string, Value>;
}

const kinds: Kinds<ImportedOptions> = { sizes: is.object, frozen: is.function, replace: is.object, dropout: is.object };

/**
 * A model of any file as a layer. Its tensors of floating-point numbers with at least one axis are parameters; scalars are constants. A matrix whose
 * name the file has lost (`onnx::MatMul_295`, stored transposed) gets the one of its layer, by the node that uses it, and PyTorch's shape.
 *
 * @example
 * const bert = nn.imported(await readOnnxFile('model.onnx'), { sizes: { batch_size: 'batch', sequence_length: 'time' } });
 * const { logits } = bert.apply({ input_ids, attention_mask, token_type_ids }, mode);
 * @throws {RangeError} for a name in `replace` or `dropout` that the model does not have; what `fromOnnx` throws.
 */
export function imported(model: OnnxModel, options: ImportedOptions = {}): Imported {
	const { sizes = {}, frozen = () => false, replace = {}, dropout = {} } = optionsOf('imported', options, kinds);
	argumentOf('imported', 'model', model, {
		expected: 'an ONNX model',
		fits: (value) => is.object.fits(value) && 'graph' in (value as object),
		next: 'Read it with readOnnx or readOnnxFile.',
	});
	const { inputs, outputs, initializers } = fromOnnx(model, { sizes });
	const weights = weightsOf(model, initializers);
	const parameters: Record<string, Parameter> = {};
	const standIns = new Map<Value, Value>();
	for (const { name, value, data, transposed } of weights) {
		const [rows, columns] = data.shape as [number, number];
		const own = parameter(transposed ? [columns, rows] : data.shape, stored(data, transposed), { frozen: frozen(name), dtype: data.dtype });
		parameters[name] = own;
		const given = Object.hasOwn(replace, name) ? replace[name]!(own) : own;
		standIns.set(value, transposed ? ops.transpose(given) : given);
	}
	for (const { value, data } of Object.values(initializers)) {
		if (!standIns.has(value)) standIns.set(value, { dtype: value.dtype, shape: value.shape, constant: data });
	}
	expectNames('replace', Object.keys(replace), Object.keys(parameters));
	const given = Object.fromEntries(Object.entries(inputs).map(([name, { dtype, shape }]) => [name, { dtype, shape }]));
	return {
		parameters,
		inputs: given,
		outputs: Object.keys(outputs),
		apply(bound, mode = prediction) {
			expectNames('inputs', Object.keys(inputs), Object.keys(bound));
			const replaced = new Map(standIns);
			for (const [name, value] of Object.entries(inputs)) replaced.set(value, bound[name]!);
			const results = substitute(withDropout(Object.values(outputs), dropout, mode), replaced);
			return Object.fromEntries(Object.keys(outputs).map((name, place) => [name, results[place]!]));
		},
	};
}

/** A weight of a file under the name that it has in PyTorch. */
interface Weight {
	readonly name: string;
	readonly value: Value;
	readonly data: Tensor;
	/** Whether the file has it with rows and columns exchanged. */
	readonly transposed: boolean;
}

/** Names that exporters make up for what they have computed beforehand. */
const madeUp = /^onnx::|^val_\d+$|^\d+$/;

function weightsOf({ graph }: OnnxModel, initializers: Readonly<Record<string, { value: Value; data: Tensor }>>): Weight[] {
	const layers = new Map<string, string>();
	for (const { op, name, inputs } of graph.nodes) {
		const path = name.split('/').filter(Boolean).slice(0, -1);
		if (op === 'MatMul' && path.length > 0 && inputs[1] !== undefined && !layers.has(inputs[1])) layers.set(inputs[1], path.join('.'));
	}
	const taken = new Set(Object.keys(initializers));
	return Object.entries(initializers).flatMap(([name, { value, data }]): Weight[] => {
		if (data.shape.length === 0) return [];
		const layer = madeUp.test(name) && data.shape.length === 2 ? layers.get(name) : undefined;
		const found = layer && `${layer}.weight`;
		if (!found || taken.has(found)) return [{ name, value, data, transposed: false }];
		taken.add(found);
		return [{ name: found, value, data, transposed: true }];
	});
}

/** The numbers of a file as first values, rows and columns exchanged where the file has them so. */
function stored({ shape, data }: Tensor, transposed: boolean): Initializer {
	const numbers = data as Float32Array;
	return () => {
		if (!transposed) return numbers.slice();
		const [rows, columns] = shape as [number, number];
		const turned = numbers.slice();
		for (let row = 0; row < rows; row++)
			for (let column = 0; column < columns; column++) turned[column * rows + row] = numbers[row * columns + column]!;
		return turned;
	};
}

function expectNames(what: string, wanted: readonly string[], known: readonly string[]): void {
	const missing = wanted.find((name) => !known.includes(name));
	if (missing === undefined) return;
	const next = what === 'inputs' ? 'Bind each input of the model.' : `Name one of its parameters, such as ${known[0]}.`;
	throw new RangeError(`imported: expected ${what} with names that are there, got none called ${missing}. ${next}`);
}
