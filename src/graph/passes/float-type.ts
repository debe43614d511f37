// The same graph in another type of floating-point numbers: float64 to test by, float16 to compute with.
import { absent } from '../absent.js';
import { toHalf } from '../half.js';
import { cast } from '../ops/elementwise.js';
import { type DType, dtypes, type Tensor } from '../tensor.js';
import { type Attributes, type Body, input, type Node, remake, scopeOf, type Value } from '../value.js';
import { bodiesOf, nodesBefore, operands } from '../walk.js';
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
 * gradient of its own becomes what computes it: differentiate first. Constants beyond 65,504 come to that in float16.
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
	]),
	float16: new Set(['ScatterElements', 'ScatterND']),
};

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
		if (value.constant) return { ...this.#type(value), constant: this.#numbers(value.constant) };
		if (this.#beginnings === 'cast') return cast(value, this.#to);
		return value.name === undefined ? this.#type(value) : input(value.name, this.#to, value.shape);
	}

	#type({ dtype, shape }: Value): Value {
		return { dtype: dtype === 'float32' ? this.#to : dtype, shape };
	}

	#numbers({ shape, data }: Tensor): Tensor {
		const numbers = data as Float32Array;
		return {
			dtype: this.#to,
			shape,
			data: this.#to === 'float16' ? Uint16Array.from(numbers, toHalf) : Float64Array.from(numbers),
		};
	}

	#again(node: Node): void {
		const inputs = node.inputs.map((value) => this.#of(value));
		const in32 = float32Only[this.#to].has(node.op);
		const stays = (place: number) => in32 || (place > 0 && float32Outputs.has(node.op));
		const outputs = node.outputs.map((value, place) => (stays(place) ? value : this.#type(value)));
		const back = (value: Value) => (value.dtype === this.#to ? scopeOf(node, () => cast(value, 'float32')) : value);
		const results = remake({ ...node, attributes: this.#attributes(node), outputs }, in32 ? inputs.map(back) : inputs);
		for (const [place, value] of node.outputs.entries()) {
			const result = results[place]!;
			const anew = result.dtype === 'float32' ? scopeOf(node, () => cast(result, this.#to)) : result;
			this.#made.set(value, anew);
		}
	}

	#attributes(node: Node): Attributes {
		const entries = Object.entries(node.attributes).map(([name, value]) => {
			if (node.op === 'Cast' && name === 'to' && value === dtypes.float32.onnx) return [name, dtypes[this.#to].onnx] as const;
			return [name, typeof value === 'object' && 'body' in value ? { body: this.#body(value.body) } : value] as const;
		});
		return bodiesOf(node).length > 0 || node.op === 'Cast' ? Object.fromEntries(entries) : node.attributes;
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
