// Dynamic quantization: products with weights that do not change, in bytes. What is multiplied by them is rounded to 8 bits in each run, by its own range.
// Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", section 2.1.
import { type Tensor, tensor } from '../../tensors/tensor.js';
import { absent } from '../absent.js';
import { constant } from '../constant.js';
import { keptOf } from '../import/kept.js';
import { add } from '../ops/elementwise.js';
import type { Program } from '../program.js';
import { type Attribute, type Node, node, scopeOf, type Value } from '../value.js';
import { pruned } from './prune.js';
import { rewrite } from './rewrite.js';

/**
 * The largest number that a weight becomes. A byte has room for 127; but processors without VNNI add up two products of a weight and an unsigned byte
 * in 16 bits, and cut off what does not fit: 2 · 63 · 255 does.
 */
const largest = 63;

/** Weights `[rows, columns]` that do not change. */
interface Matrix {
	readonly rows: number;
	readonly columns: number;
	readonly at: (row: number, column: number) => number;
}

const turned = ({ rows, columns, at }: Matrix): Matrix => ({ rows: columns, columns: rows, at: (row, column) => at(column, row) });

const product = 'com.microsoft::DynamicQuantizeMatMul';

type Held = ReadonlyMap<Value, Tensor>;

/** A matrix in bytes, and what each column of its products is to be multiplied by. */
type Quantized = readonly [bytes: Value, scales: Value];

type Known = readonly [asStored: Map<Value, Quantized>, turned: Map<Value, Quantized>];

/** What products by weights are computed in. */
export type Precision = 'float32' | 'int8';

/** Throws a RangeError for bytes on another device: their operators are of the CPU. */
export function expectPrecision(who: string, precision: Precision, device: string): void {
	if (precision !== 'int8' || device === 'cpu') return;
	throw new RangeError(`${who}: expected device cpu for precision int8, got ${device}. Leave one of the two out.`);
}

/**
 * A program with its products by weights in 8-bit integers, in the bodies of loops, too: MatMul and Gemm. Weights have 7 bits, and a scale for each column
 * of the product. All else stays as it is. The operator is ONNX Runtime's own. Undefined where there are no such products.
 */
export function withQuantized(program: Program): Program | undefined {
	const { inputs, outputs, initializers = {}, domains } = program;
	const held: Held = new Map(Object.values(initializers).map(({ value, data }) => [value, data]));
	const given = [...Object.values(inputs), ...held.keys()];
	const [names, values] = [Object.keys(outputs), Object.values(outputs)];
	let count = 0;
	/** Weights that several products have are made once: as they are stored, and turned. */
	const known: Known = [new Map(), new Map()];
	const made = rewrite(pruned(values, given), {
		given: new Map(given.map((value) => [value, value])),
		change(node) {
			const found = scopeOf(node, () => inIntegers(node, held, known));
			if (found) count++;
			return found && [found];
		},
	});
	if (count === 0) return undefined;
	return {
		...program,
		outputs: Object.fromEntries(names.map((name, place) => [name, made[place]!])),
		domains: { ...domains, 'com.microsoft': 1 },
	};
}

/** The same product in integers, where its right side is weights and its left side is none. */
function inIntegers({ op, inputs, attributes: { transA, transB, alpha, beta } }: Node, held: Held, known: Known): Value | undefined {
	if (!(op === 'MatMul' || (op === 'Gemm' && transA !== 1 && isOne(alpha) && isOne(beta)))) return undefined;
	const [x, weights, addend] = inputs as [Value, Value, Value?];
	const matrix = matrixOf(x, held) ? undefined : matrixOf(weights, held);
	if (!matrix) return undefined;
	const made = known[transB === 1 ? 1 : 0];
	const quantized = made.get(weights) ?? inBytes(transB === 1 ? turned(matrix) : matrix);
	if (!quantized) return undefined;
	made.set(weights, quantized);
	const [bytes, scales] = quantized;
	const bias = addend?.shape.length === 1 && addend.shape[0] === scales.shape[0] ? addend : undefined;
	const [result] = node(product, keptOf(product)!, [x, bytes, scales, ...(bias ? [absent, bias] : [])]);
	return addend && !bias ? add(result!, addend) : result;
}

const isOne = (factor: Attribute | undefined) =>
	factor === undefined || (typeof factor === 'object' && 'float' in factor && factor.float === 1);

/** The weights that a value is: stored ones, turned over or a part of their rows. */
function matrixOf(value: Value, held: Held): Matrix | undefined {
	if (value.dtype !== 'float32' || value.shape.length !== 2) return undefined;
	const [rows, columns] = value.shape as readonly [number, number];
	const numbers = (value.constant ?? held.get(value))?.data as Float32Array | undefined;
	if (numbers) return { rows, columns, at: (row, column) => numbers[row * columns + column]! };
	const { op, inputs = [], outputs = [], attributes: { axis = 0, perm = [1, 0] } = {} } = value.node ?? {};
	const of = op === 'Transpose' || (op === 'Split' && axis === 0) ? matrixOf(inputs[0]!, held) : undefined;
	if (!of || op === 'Transpose') return of && ((perm as readonly number[])[0] === 1 ? turned(of) : of);
	const before = outputs.slice(0, outputs.indexOf(value)).reduce((sum, { shape }) => sum + (shape[0] as number), 0);
	return { rows, columns, at: (row, column) => of.at(before + row, column) };
}

/** A matrix in bytes, and what each column of its products is to be multiplied by; undefined where it is not finite, which bytes would hide. */
function inBytes({ rows, columns, at }: Matrix): Quantized | undefined {
	const bytes = new Int8Array(rows * columns);
	const scales = new Float32Array(columns);
	for (let column = 0; column < columns; column++) {
		let most = 0;
		for (let row = 0; row < rows; row++) most = Math.max(most, Math.abs(at(row, column)));
		if (!Number.isFinite(most)) return undefined;
		// A column of zeros stays one, by any scale.
		const scale = most / largest || 1;
		scales[column] = scale;
		for (let row = 0; row < rows; row++) bytes[row * columns + column] = Math.round(at(row, column) / scale);
	}
	return [constant(tensor('int8', [rows, columns], bytes)), constant(tensor('float32', [columns], scales))];
}
