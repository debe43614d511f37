// The same graph in another type of floating-point numbers: float64 to test by, float16 to compute with.

import { type DType, dtypes, type Tensor, tensor } from '../../tensors/tensor.js';
import { absent } from '../absent.js';
import { toHalf } from '../half.js';
import { cast } from '../ops/elementwise.js';
import { operators } from '../ops/index.js';
import { type Attribute, type Attributes, type Body, input, type Node, remake, scopeOf, type Value } from '../value.js';
import { nodesBefore, operands } from '../walk.js';
import { pruned } from './prune.js';

/** The types that float32 can become. */
export type FloatType = Extract<DType, 'float64' | 'float16'>;

/** How the values at the beginning of a graph (inputs, parameters) come in: in the new type themselves, or cast to it. */
export type Beginnings = 'converted' | 'cast';

/** How a graph becomes one of another type. */
export interface FloatTypeOptions {
	readonly to: FloatType;
	/** Default `converted`. */
	readonly beginnings?: Beginnings;
	/** Values in the middle of the graph where it begins, too: what computes them stays as it is. */
	readonly from?: readonly Value[];
}

/** Graphs in the new type, and what stands in them for the values at their beginnings. */
export interface FloatGraphs {
	readonly values: readonly Value[];
	readonly beginnings: ReadonlyMap<Value, Value>;
}

/**
 * Makes graphs of float32 anew in another type: values, constants, casts to float32, bodies of loops. Other types stay. A function with a
 * gradient of its own becomes what computes it: differentiate first. Constants beyond 65,504 come to that in float16. What ONNX Runtime has no
 * kernel for in the new type, and operators that the engine does not know, compute in float32 between casts.
 */
export function withFloatType(values: readonly Value[], { to, beginnings = 'converted', from = [] }: FloatTypeOptions): FloatGraphs {
	const converter = new Converter(to, beginnings, from);
	const anew = converter.convert(pruned(values, from));
	return { values: anew, beginnings: converter.begun };
}

/** Operators whose outputs after the first are float32 whatever their inputs are (attribute stash_type). */
const float32Outputs = new Set(['LayerNormalization']);

/** Operators that ONNX Runtime 1.30 has no kernel of in a type on the CPU: they compute in float32, between casts. */
const float32Only: Readonly<Record<FloatType, ReadonlySet<string>>> = {
	float64: new Set([
		...['Celu', 'Elu', 'Erf', 'Gelu', 'HardSigmoid', 'HardSwish', 'LeakyRelu', 'Mish', 'PRelu', 'Selu', 'Softplus', 'Softsign'],
		...['ThresholdedRelu', 'Conv', 'ConvTranspose', 'AveragePool', 'GlobalAveragePool', 'GlobalMaxPool', 'Mean'],
		...['InstanceNormalization', 'RNN', 'GRU', 'LSTM'],
	]),
	float16: new Set(['Celu', 'ScatterElements', 'ScatterND']),
};

/** Whether an operator computes in float32 where the graph around it is of another type. */
const staysIn32 = (op: string, to: FloatType) => float32Only[to].has(op) || !(Object.hasOwn(operators, op) || op === 'ConstantOfShape');

/** Makes one graph anew. */
class Converter {
	/** What stands for the values at the beginning. */
	readonly begun = new Map<Value, Value>();
	readonly #to: FloatType;
	readonly #beginnings: Beginnings;
	readonly #from: ReadonlySet<Value>;
	readonly #made: Map<Value, Value>;

	constructor(to: FloatType, beginnings: Beginnings, from: readonly Value[], given: ReadonlyMap<Value, Value> = new Map()) {
		this.#to = to;
		this.#beginnings = beginnings;
		this.#from = new Set(from);
		this.#made = new Map(given);
	}

	convert(values: readonly Value[]): Value[] {
		const stop = (value: Value) => this.#made.has(value) || this.#from.has(value);
		for (const node of nodesBefore(values, { stop, next: operands })) {
			if (node.custom) this.#made.set(node.outputs[0]!, this.#of(node.custom.result));
			else this.#again(node);
		}
		return values.map((value) => this.#of(value));
	}

	/** The new value; a beginning is made when it is first used. */
	#of(value: Value): Value {
		const known = this.#made.get(value);
		if (known) return known;
		const begins = value.dtype === 'float32' && value !== absent;
		const anew = begins ? this.#beginning(value) : value;
		this.#made.set(value, anew);
		if (begins && !value.constant) this.begun.set(value, anew);
		return anew;
	}

	#beginning(value: Value): Value {
		if (value.constant) return { ...this.#type(value), constant: inType(value.constant, this.#to) };
		if (this.#beginnings === 'cast') return cast(value, this.#to);
		return value.name === undefined ? this.#type(value) : input(value.name, this.#to, value.shape);
	}

	#type({ dtype, shape }: Value): Value {
		return { dtype: dtype === 'float32' ? this.#to : dtype, shape };
	}

	#again(node: Node): void {
		const in32 = staysIn32(node.op, this.#to);
		const inputs = node.inputs.map((value) => (in32 ? this.#in32(value, node) : this.#of(value)));
		const stays = (place: number) => in32 || (place > 0 && float32Outputs.has(node.op));
		const outputs = node.outputs.map((value, place) => (stays(place) ? value : this.#type(value)));
		const results = remake({ ...node, attributes: this.#attributes(node), outputs }, inputs);
		for (const [place, value] of node.outputs.entries()) {
			const result = results[place]!;
			const anew = result.dtype === 'float32' ? scopeOf(node, () => cast(result, this.#to)) : result;
			this.#made.set(value, anew);
		}
	}

	/** A value for an operator that stays in float32: as it was, where it was there from the beginning. */
	#in32(value: Value, node: Node): Value {
		if (value.dtype !== 'float32' || value.constant || value === absent) return value;
		const anew = this.#of(value);
		return scopeOf(node, () => cast(anew, 'float32'));
	}

	#attributes({ op, attributes }: Node): Attributes {
		const anew = Object.entries(attributes).map(([name, value]) => [name, this.#attribute(op, name, value)] as const);
		// ConstantOfShape without a value is of float32.
		const zero = op === 'ConstantOfShape' &&
			!attributes.value && { value: { onnx: { tensor: inType(tensor('float32', [1], [0]), this.#to) } } };
		return { ...Object.fromEntries(anew), ...zero };
	}

	#attribute(op: string, name: string, value: Attribute): Attribute {
		if (op === 'Cast' && name === 'to' && value === dtypes.float32.onnx) return dtypes[this.#to].onnx;
		if (typeof value !== 'object') return value;
		if ('body' in value) return { body: this.#body(value.body) };
		const filled = op === 'ConstantOfShape' && 'onnx' in value && 'tensor' in value.onnx ? value.onnx.tensor : undefined;
		return filled?.dtype === 'float32' ? { onnx: { tensor: inType(filled, this.#to) } } : value;
	}

	/** A body is a graph of its own; what it captures comes from the graph around it. */
	#body({ inputs, outputs, captures }: Body): Body {
		const begun = inputs.map((value): Value => ({ ...value, ...this.#type(value) }));
		const around = [...captures].map(([inside, outside]) => {
			const anew = this.#of(outside);
			return { inside, anew, own: inside === outside ? anew : ({ ...inside, ...this.#type(inside) } as Value) };
		});
		const given = new Map<Value, Value>([
			...inputs.map((value, place) => [value, begun[place]!] as const),
			...around.map(({ inside, own }) => [inside, own] as const),
		]);
		const inner = new Converter(this.#to, 'converted', [], given);
		return { inputs: begun, outputs: inner.convert(outputs), captures: new Map(around.map(({ own, anew }) => [own, anew])) };
	}
}

/** The same numbers in another type. */
function inType({ shape, data }: Tensor, to: FloatType): Tensor {
	const numbers = data as Float32Array;
	return { dtype: to, shape, data: to === 'float16' ? Uint16Array.from(numbers, toHalf) : Float64Array.from(numbers) };
}
