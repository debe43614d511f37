// How operators compute all steps of a loop at once: with one axis more in front. An operator without a rule stays in the loop.
import { constantNumbers, integers, scalar } from '../constant.js';
import { type Dim, productDims, type Shape, sameShape } from '../dim.js';
import { axisOf, reducedAxes } from '../ops/axes.js';
import { add } from '../ops/elementwise.js';
import { letters } from '../ops/equation.js';
import { type OpName, operatorOf, operators } from '../ops/index.js';
import { gemm, matMul } from '../ops/matmul.js';
import { expand, reshape, squeeze, transpose, unsqueeze } from '../ops/movement.js';
import { type Attributes, type Node, node, type Value } from '../value.js';

/** An operand of a node in the body: for all steps (with the axis of the steps in front), or the same at every step. */
export interface Operand {
	readonly inner: Value;
	readonly stacked: boolean;
	readonly value: Value;
}

/** The size of the axis of steps, and values that have every named size. */
export interface Steps {
	readonly steps: Dim;
	readonly sources: readonly Value[];
}

/** Makes a node's outputs of all steps from its operands; undefined where it cannot. At least one operand is stacked. */
export type AtOnce = (operands: readonly Operand[], made: Node, context: Steps) => readonly Value[] | undefined;

const again = ({ op }: Node, inputs: readonly Value[], attributes: Attributes) => node(op, operators[op as OpName], inputs, attributes);

/** Axes of size 1 after that of the steps, so that operands of different ranks broadcast inside a step only. */
function aligned({ inner, stacked, value }: Operand, rank: number): Value {
	const missing = rank - inner.shape.length;
	return stacked && missing > 0
		? unsqueeze(
				value,
				Array.from({ length: missing }, (_, axis) => axis + 1),
			)
		: value;
}

const broadcast: AtOnce = (operands, made) => {
	const rank = Math.max(...operands.map(({ inner }) => inner.shape.length));
	return again(
		made,
		operands.map((operand) => aligned(operand, rank)),
		made.attributes,
	);
};

const rankOf = ([x]: readonly Operand[]) => x!.inner.shape.length;

/** Only the first operand may differ from step to step. */
const first =
	(rule: AtOnce): AtOnce =>
	(operands, made, context) =>
		operands[0]!.stacked && operands.slice(1).every(({ stacked }) => !stacked) ? rule(operands, made, context) : undefined;

/** So it is with this; the others, which tell places in the first, are constants. */
const literal = (rule: AtOnce): AtOnce =>
	first((operands, made, context) => (operands.slice(1).every(({ inner }) => inner.constant) ? rule(operands, made, context) : undefined));

/** An axis that the node names, one further back. */
const alongAxis = (fallback: number) =>
	first((operands, made) => {
		const axis = axisOf((made.attributes.axis as number | undefined) ?? fallback, rankOf(operands))! + 1;
		return again(
			made,
			operands.map(({ value }) => value),
			{ ...made.attributes, axis },
		);
	});

const reduction = first(([x], made) => {
	const axes = reducedAxes(made.inputs).map((axis) => axis + 1);
	// A scalar is its own reduction; no axes would mean all.
	return axes.length === 0 ? [x!.value] : again(made, [x!.value, integers(axes)], made.attributes);
});

/** A reduction that changes a scalar, too. */
const ofAxes: AtOnce = (operands, made, context) => (rankOf(operands) === 0 ? undefined : reduction(operands, made, context));

/** Every operand has the axis of the steps: those that are the same at every step are repeated. */
const repeated = ({ stacked, value }: Operand, { steps, sources }: Steps) =>
	stacked ? value : expand(value, [steps, ...value.shape], sources);

/** A vector as a matrix of one row (its axis 0 is made) or one column (axis 1). */
function matrix(operand: Operand, axis: 0 | 1): Operand {
	const { inner, stacked, value } = operand;
	if (inner.shape.length > 1) return operand;
	return { stacked, inner: unsqueeze(inner, [axis]), value: unsqueeze(value, [stacked ? axis + 1 : axis]) };
}

/** How many named sizes none of the values has. */
const unknown = (shape: Shape, from: readonly Value[]) =>
	shape.filter((dim) => typeof dim === 'string' && !from.some((value) => value.shape.includes(dim))).length;

/** The shape of the result after the axis of the steps; one size that nobody has may be inferred. */
const shaped: AtOnce = ([x, sizes], { outputs: [y] }, { steps, sources }) => {
	const shape = [steps, ...y!.shape];
	return sizes?.stacked || unknown(shape, [x!.value, ...sources]) > 1 ? undefined : [reshape(x!.value, shape, sources)];
};

/** All axes but the last made one. */
const rows = (x: Value, width: Dim) => reshape(x, [productDims(x.shape.slice(0, -1)), width], [x]);

const table: Partial<Record<OpName, AtOnce>> = {
	Identity: broadcast,
	// Bounds are scalars.
	Clip: first(broadcast),
	// The slope must broadcast to the input, not the other way round.
	PRelu: ([x, slope], made, context) => broadcast([{ ...x!, stacked: true, value: repeated(x!, context) }, slope!], made, context),
	MatMul: ([a, b]) => {
		// Against one matrix the steps are rows of one product.
		if (!b!.stacked && b!.inner.shape.length === 2) return [matMul(a!.value, b!.value)];
		const [left, right] = [matrix(a!, 0), matrix(b!, 1)];
		const rank = Math.max(left.inner.shape.length, right.inner.shape.length);
		const made = [...(left === a ? [] : [-2]), ...(right === b ? [] : [-1])];
		return [squeeze(matMul(aligned(left, rank), aligned(right, rank)), made)];
	},
	Gemm: ([a, b, c], { attributes, outputs: [y] }, { steps }) => {
		const [transA, transB] = [attributes.transA === 1, attributes.transB === 1];
		const whole: Shape = [steps, ...y!.shape];
		const wide = c && (c.stacked || (c.inner.shape.length === 2 && c.inner.shape[0] !== 1));
		let product: Value;
		if (!a!.stacked || b!.stacked || transA) {
			const [left, right] = [transA ? transpose(a!.value) : a!.value, transB ? transpose(b!.value) : b!.value];
			product = matMul(left, right);
		} else {
			const [left] = [rows(a!.value, a!.inner.shape[1]!)];
			const addend = c && !wide ? c.value : c?.stacked && sameShape(c.inner.shape, y!.shape) ? rows(c.value, y!.shape[1]!) : undefined;
			product = reshape(gemm(left, b!.value, addend, { transB }), whole, [a!.value]);
			if (addend) return [product];
		}
		return [c ? add(product, aligned(c, 2)) : product];
	},
	Einsum: ([a, b], made) => {
		const [left, right, result] = letters(made.attributes.equation as string)!;
		const free = [...'abcdefghijklmnopqrstuvwxyz'].find((name) => !(left + right).includes(name))!;
		const [x, y] = [a!.stacked ? free + left : left, b!.stacked ? free + right : right];
		return again(made, [a!.value, b!.value], { equation: `${x},${y}->${free}${result}` });
	},
	ReduceSum: reduction,
	ReduceMean: reduction,
	ReduceMax: reduction,
	ReduceMin: reduction,
	ReduceLogSumExp: reduction,
	ReduceProd: reduction,
	ReduceL1: ofAxes,
	ReduceL2: ofAxes,
	ReduceSumSquare: ofAxes,
	ReduceLogSum: ofAxes,
	ArgMax: alongAxis(0),
	Softmax: alongAxis(-1),
	LogSoftmax: alongAxis(-1),
	LayerNormalization: alongAxis(-1),
	TopK: alongAxis(-1),
	GatherElements: ([x, indices], made, context) => {
		const axis = axisOf((made.attributes.axis as number | undefined) ?? 0, rankOf([x!]))! + 1;
		return again(made, [repeated(x!, context), repeated(indices!, context)], { axis });
	},
	CumSum: first((operands, made) => {
		const [axis] = constantNumbers(made.inputs[1])!;
		return again(made, [operands[0]!.value, scalar(axisOf(axis!, rankOf(operands))! + 1, 'int64')], made.attributes);
	}),
	Trilu: first((operands, made) =>
		again(
			made,
			operands.map(({ value }) => value),
			made.attributes,
		),
	),
	Tile: literal(([x, repeats], made) => again(made, [x!.value, integers([1, ...constantNumbers(repeats!.inner)!])], {})),
	Split: alongAxis(0),
	Concat: (operands, made, context) => {
		const axis = axisOf(made.attributes.axis as number, rankOf(operands))! + 1;
		return again(
			made,
			operands.map((operand) => repeated(operand, context)),
			{ axis },
		);
	},
	Gather: ([x, indices], made) => {
		const axis = axisOf((made.attributes.axis as number | undefined) ?? 0, x!.inner.shape.length)!;
		if (x!.stacked && indices!.stacked) return undefined;
		if (x!.stacked) return again(made, [x!.value, indices!.value], { axis: axis + 1 });
		return axis === 0 ? again(made, [x!.value, indices!.value], { axis }) : undefined;
	},
	Reshape: shaped,
	Flatten: shaped,
	Expand: ([x, sizes], { outputs: [y] }, { steps, sources }) =>
		sizes!.stacked || unknown([steps, ...y!.shape], [x!.value, ...sources]) > 0
			? undefined
			: [expand(aligned(x!, y!.shape.length), [steps, ...y!.shape], sources)],
	Transpose: ([x], { attributes }) => [transpose(x!.value, [0, ...(attributes.perm as readonly number[]).map((axis) => axis + 1)])],
	Squeeze: first((operands, made) => {
		const axes = constantNumbers(made.inputs[1])!.map((axis) => axisOf(axis, rankOf(operands))! + 1);
		return again(made, [operands[0]!.value, integers(axes)], {});
	}),
	Unsqueeze: first((operands, made) => {
		const list = constantNumbers(made.inputs[1])!;
		const axes = list.map((axis) => axisOf(axis, rankOf(operands) + list.length)! + 1);
		return again(made, [operands[0]!.value, integers(axes)], {});
	}),
	Slice: literal(([x, starts, ends, axes, ...steps], made) => {
		const rank = x!.inner.shape.length;
		const along = (axes ? constantNumbers(axes.inner)! : constantNumbers(starts!.inner)!.map((_, axis) => axis)).map(
			(axis) => axisOf(axis, rank)! + 1,
		);
		return again(made, [x!.value, starts!.value, ends!.value, integers(along), ...steps.map(({ value }) => value)], {});
	}),
	Pad: first(([x, pads, ...value], made) => {
		const list = constantNumbers(pads!.inner);
		if (!list) return undefined;
		const rank = x!.inner.shape.length;
		const wider = integers([0, ...list.slice(0, rank), 0, ...list.slice(rank)]);
		return again(made, [x!.value, wider, ...value.map(({ value }) => value)], made.attributes);
	}),
};

/** The rule of an operator: of one that is elementwise to broadcast. */
export function atOnce(op: string): AtOnce | undefined {
	if (Object.hasOwn(table, op)) return table[op as OpName];
	return operatorOf(op)?.kind === 'elementwise' ? broadcast : undefined;
}
