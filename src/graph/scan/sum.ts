// The sum over all steps of a value computed in each: outside the loop, from what the steps hand out, where that is less than carrying a sum.
import { constantNumbers } from '../constant.js';
import { productDims, type Shape, sameShape } from '../dim.js';
import { reducedAxes } from '../ops/axes.js';
import { add } from '../ops/elementwise.js';
import { gemm, matMul } from '../ops/matmul.js';
import { reshape, squeeze, transpose, unsqueeze } from '../ops/movement.js';
import { reduceSum } from '../ops/reduce.js';
import type { Node, Value } from '../value.js';

/** How a sum is to be had. */
export interface Summing {
	/** Whether a value is the same at every step. */
	readonly isConstant: (value: Value) => boolean;
	/** Values around the loop, for named sizes. */
	readonly from: readonly Value[];
}

/** Values of all steps, in one direction. */
type All = (value: Value) => Value;

/** The sum from the node that computes the value; undefined where it cannot be had outside. */
type Summation = (node: Node, how: Summing) => ((all: All) => Value) | undefined;

/** Σₜ f(xₜ) = f(Σₜ xₜ) for an operator that only moves elements. */
const moves =
	(move: (sum: Value, node: Node, how: Summing) => Value): Summation =>
	(node, how) => {
		const inner = sumOverSteps(node.inputs[0]!, how);
		return inner && ((all) => move(inner(all), node, how));
	};

/** `[steps, k, n]` as `[steps k, n]`, from either layout of a matrix in each step. */
function tall(stacked: Value, transposed: boolean): Value {
	const upright = transposed ? transpose(stacked) : stacked;
	return reshape(upright, [productDims(upright.shape.slice(0, 2)), upright.shape[2]!], [upright]);
}

/** `[steps, …, k, n]` as `[…, steps k, n]`. */
function along(stacked: Value): Value {
	const rank = stacked.shape.length;
	const batch = Array.from({ length: rank - 3 }, (_, axis) => axis + 1);
	const moved = transpose(stacked, [...batch, 0, rank - 2, rank - 1]);
	const shape: Shape = [...moved.shape.slice(0, -3), productDims(moved.shape.slice(-3, -1)), moved.shape.at(-1)!];
	return reshape(moved, shape, [moved]);
}

const table: Readonly<Record<string, Summation>> = {
	// Σₜ AₜᵀBₜ is one product, its inner axis steps and rows together.
	Gemm: ({ inputs: [a, b, c], attributes: { transA, transB } }, { isConstant }) =>
		c || isConstant(a!) || isConstant(b!)
			? undefined
			: (all) => gemm(tall(all(a!), transA !== 1), tall(all(b!), transB === 1), undefined, { transA: true }),
	MatMul: ({ inputs: [a, b] }, { isConstant }) => {
		const batches = [a!, b!].map(({ shape }) => shape.slice(0, -2).join());
		const matrices = [a!, b!].every(({ shape }) => shape.length > 1);
		if (!matrices || isConstant(a!) || isConstant(b!) || batches[0] !== batches[1]) return undefined;
		return (all) => matMul(transpose(along(transpose(all(a!)))), along(all(b!)));
	},
	ReduceSum: ({ inputs, attributes: { keepdims } }) => {
		const axes = reducedAxes(inputs);
		return (all) => {
			const sum = reduceSum(all(inputs[0]!), { axes: [0, ...axes.map((axis) => axis + 1)] });
			return keepdims === 0 ? sum : unsqueeze(sum, axes);
		};
	},
	Add: ({ inputs: [a, b] }, how) => {
		if (!sameShape(a!.shape, b!.shape)) return undefined;
		const [left, right] = [sumOverSteps(a!, how), sumOverSteps(b!, how)];
		return left && right && ((all) => add(left(all), right(all)));
	},
	Transpose: moves((sum, { attributes }) => transpose(sum, attributes.perm as readonly number[])),
	Reshape: moves((sum, { outputs: [y] }, { from }) => reshape(sum, y!.shape, from)),
	Unsqueeze: moves((sum, { inputs }) => unsqueeze(sum, constantNumbers(inputs[1])!)),
	Squeeze: moves((sum, { inputs }) => squeeze(sum, constantNumbers(inputs[1])!)),
};

/** How to have Σₜ of a value outside the loop; undefined where the loop must carry the sum. */
export function sumOverSteps(value: Value, how: Summing): ((all: All) => Value) | undefined {
	const { node } = value;
	const rule = node && !node.custom && !how.isConstant(value) && Object.hasOwn(table, node.op) ? table[node.op] : undefined;
	return rule?.(node!, how);
}
