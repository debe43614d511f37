// Random graphs of many operators, with values shared by several nodes, named sizes, sizes of 1, and several outputs.
import { constant, type DType, input, ops, type Shape, ShapeError, tensor, type Value } from 'textloom/graph';
import { interpret, type Numbers } from './interpreter.js';

/** A graph with the numbers of its inputs. */
export interface RandomGraph {
	readonly inputs: readonly Value[];
	/** Values that no other node takes. */
	readonly outputs: readonly Value[];
	/** The inputs' numbers, and those of all values. */
	readonly known: Map<Value, Numbers>;
	/** The operators in it. */
	readonly made: readonly string[];
}

/** Draws whole numbers below a bound. */
export type Draw = (below: number) => number;

/** What a maker builds from. */
interface Hand {
	readonly draw: Draw;
	readonly dtype: DType;
	/** A value that is there already, any or with at least `rank` dimensions. */
	any(rank?: number): Value;
	/** The sizes that a value really has. */
	sizes(value: Value): readonly number[];
	/** One of its axes. */
	axis(value: Value): number;
	/** A constant of this shape, numbers away from 0. */
	numbers(...shape: number[]): Value;
	/** Indices below a size, as int32. */
	indices(below: number, ...shape: number[]): Value;
}

type Maker = (hand: Hand) => Value | readonly Value[];

const positive = (x: Value) => ops.add(ops.abs(x), 0.5);
const axesOf = ({ any, draw }: Hand): [Value, { axes: number[]; keep: boolean }] => {
	const x = any(1);
	const axes = x.shape.map((_, axis) => axis).filter(() => draw(2) === 1);
	return [x, { axes: axes.length > 0 ? axes : [draw(x.shape.length)], keep: draw(2) === 1 }];
};
/** A condition that no rounding turns: numbers against one that none of them is. */
const condition = ({ any, draw }: Hand): [Value, Value] => {
	const x = any();
	const bound = (draw(7) - 3) / 3 + 0.0123457;
	const [more, less] = [
		draw(2) ? ops.greater(x, bound) : ops.greaterOrEqual(x, bound),
		draw(2) ? ops.less(x, bound - 1) : ops.lessOrEqual(x, bound - 1),
	];
	const all = [
		more,
		less,
		ops.and(more, ops.not(less)),
		ops.or(more, less),
		ops.not(ops.isNan(x)),
		ops.equal(ops.sign(ops.add(x, 0.2171)), 1),
	];
	return [x, all[draw(all.length)]!];
};

/** Operators that both element types have. */
const smooth: Record<string, Maker> = {
	add: ({ any }) => ops.add(any(), any()),
	sub: ({ any }) => ops.sub(any(), any()),
	mul: ({ any }) => ops.mul(any(), any()),
	div: ({ any }) => ops.div(any(), positive(any())),
	scale: ({ any, draw }) => ops.mul(any(), (draw(9) - 4) / 3),
	min: ({ any }) => ops.min(any(), any()),
	max: ({ any }) => ops.max(any(), any()),
	pow: ({ any, draw }) => ops.pow(any(), 2 + draw(2)),
	power: ({ any }) => ops.pow(positive(any()), ops.tanh(any())),
	neg: ({ any }) => ops.neg(any()),
	abs: ({ any }) => ops.abs(any()),
	reciprocal: ({ any }) => ops.reciprocal(positive(any())),
	sqrt: ({ any }) => ops.sqrt(positive(any())),
	exp: ({ any }) => ops.exp(ops.tanh(any())),
	log: ({ any }) => ops.log(positive(any())),
	clip: ({ any }) => ops.clip(any(), -0.71234, 0.61234),
	identity: ({ any }) => ops.identity(any()),
	relu: ({ any }) => ops.relu(any()),
	sigmoid: ({ any }) => ops.sigmoid(any()),
	tanh: ({ any }) => ops.tanh(any()),
	reduceSum: (hand) => ops.reduceSum(...axesOf(hand)),
	reduceMean: (hand) => ops.reduceMean(...axesOf(hand)),
	reduceMax: (hand) => ops.reduceMax(...axesOf(hand)),
	reduceMin: (hand) => ops.reduceMin(...axesOf(hand)),
	reduceLogSumExp: (hand) => ops.reduceLogSumExp(...axesOf(hand)),
	cumSum: ({ any, axis, draw }) => {
		const x = any(1);
		return ops.cumSum(x, axis(x), { exclusive: draw(2) === 1, reverse: draw(2) === 1 });
	},
	softmax: ({ any, axis }) => {
		const x = any(1);
		return ops.softmax(x, axis(x));
	},
	logSoftmax: ({ any, axis }) => {
		const x = any(1);
		return ops.logSoftmax(x, axis(x) - x.shape.length);
	},
	matMul: ({ any, numbers, sizes, draw }) => {
		const x = any(2);
		if (draw(3) === 0) return ops.matMul(x, ops.transpose(any(2)));
		return draw(2) ? ops.matMul(x, ops.transpose(x)) : ops.matMul(x, numbers(sizes(x).at(-1)!, 1 + draw(3)));
	},
	gemm: ({ any, numbers, sizes, draw }) => {
		const x = any(2);
		const [transA, transB] = [draw(2) === 1, draw(2) === 1];
		const [inner, out] = [sizes(x)[transA ? 0 : 1]!, 1 + draw(3)];
		return ops.gemm(x, transB ? numbers(out, inner) : numbers(inner, out), draw(2) ? numbers(out) : undefined, { transA, transB });
	},
	einsum: ({ any, draw }) => {
		const equations = ['ab,ab->ba', 'ab,cb->ac', 'ab,ac->bc', 'ab,ab->a', 'abc,abd->acd', 'ab,b->a', 'a,b->ab'];
		const equation = equations[draw(equations.length)]!;
		const [left, right] = equation.split('->')[0]!.split(',');
		return ops.einsum(equation, any(left!.length), any(right!.length));
	},
	reshape: ({ any, sizes, draw }) => {
		const x = any();
		const flat = ops.reshape(x, [
			x.shape.every((dim) => typeof dim === 'number') ? sizes(x).reduce((a, b) => a * b, 1) : `flat${serial++}`,
		]);
		return draw(2) ? flat : ops.reshape(flat, [...x.shape].reverse(), [x]);
	},
	transpose: ({ any, draw }) => {
		const x = any(2);
		const order = x.shape.map((_, axis) => axis);
		for (let i = order.length - 1; i > 0; i--) {
			const j = draw(i + 1);
			[order[i], order[j]] = [order[j]!, order[i]!];
		}
		return ops.transpose(x, order);
	},
	concat: ({ any, axis, draw }) => {
		const x = any(1);
		return ops.concat(draw(2) ? [x, any(1)] : [x, ops.neg(x), x].slice(draw(2)), axis(x));
	},
	slice: ({ any, axis, sizes, draw }) => {
		const x = any(1);
		const at = axis(x);
		const size = sizes(x)[at]!;
		const from = draw(size);
		const to = from + 1 + draw(size - from);
		return ops.slice(x, at, draw(2) ? from : from - size, to === size ? undefined : draw(2) ? to : to - size);
	},
	pad: ({ any, axis, draw }) => {
		const x = any(1);
		return ops.pad(x, axis(x), draw(3), draw(3), draw(2) / 3);
	},
	expandTo: ({ any }) => ops.expandTo(any(), any()),
	expand: ({ any, draw }) => {
		const x = any();
		return ops.expand(x, [1 + draw(3), ...x.shape.map((dim) => (dim === 1 ? 2 : dim))], [x]);
	},
	unsqueeze: ({ any, draw }) => {
		const x = any();
		return ops.unsqueeze(x, draw(2) ? [draw(x.shape.length + 1)] : [0, -1]);
	},
	squeeze: ({ any }) => {
		const x = any(1);
		return ops.squeeze(
			x,
			x.shape.flatMap((dim, axis) => (dim === 1 ? [axis] : [])),
		);
	},
	split: ({ any, axis, sizes, draw }) => {
		const x = any(1);
		const at = axis(x);
		const first = draw(sizes(x)[at]!);
		return ops.split(x, first === 0 ? [sizes(x)[at]!] : [first, sizes(x)[at]! - first], at);
	},
	tile: ({ any, draw }) => {
		const x = any(1);
		return ops.tile(
			x,
			x.shape.map(() => 1 + draw(2)),
		);
	},
	triangle: ({ any, draw }) => ops.triangle(any(2), draw(2) ? 'upper' : 'lower', draw(3) - 1),
	gather: ({ any, axis, sizes, indices, draw }) => {
		const x = any(1);
		const at = axis(x);
		return ops.gather(x, indices(sizes(x)[at]!, ...[[], [3], [2, 2], [1]][draw(4)]!), at);
	},
	gatherElements: ({ any, axis, sizes, indices, draw }) => {
		const x = any(1);
		const at = axis(x);
		const shape = sizes(x).map((size, place) => (place === at ? 1 + draw(3) : size));
		return ops.gatherElements(x, indices(sizes(x)[at]!, ...shape), at);
	},
	scatterElements: ({ any, axis, sizes, indices, numbers, draw }) => {
		const x = any(1);
		const at = axis(x);
		const shape = sizes(x).map((size, place) => (place === at ? 1 : size));
		return ops.scatterElements(x, indices(sizes(x)[at]!, ...shape), numbers(...shape), at, draw(2) ? 'add' : 'none');
	},
};

/** Steps and choices: where numbers differ in their last digits, results may differ wholly, so not in float32. */
const choosing: Record<string, Maker> = {
	sign: ({ any }) => ops.sign(ops.add(any(), 0.2171)),
	floor: ({ any }) => ops.floor(ops.add(any(), 0.3171)),
	round: ({ any }) => ops.round(ops.add(any(), 0.1371)),
	mod: ({ any }) => ops.mod(ops.add(any(), 0.0713), ops.add(positive(any()), 0.31)),
	where: (hand) => {
		const [x, holds] = condition(hand);
		return ops.where(holds, x, hand.any());
	},
	topK: ({ any, axis, sizes, draw }) => {
		const x = any(1);
		const at = axis(x);
		return ops.topK(x, 1 + draw(sizes(x)[at]!), at).values;
	},
	argMax: ({ any, axis }) => {
		const x = any(1);
		const at = axis(x);
		return ops.gatherElements(x, ops.unsqueeze(ops.argMax(x, at), [at]), at);
	},
	oneHot: ({ any, dtype, indices }) => ops.mul(any(), ops.oneHot(indices(3, 3), 3, { dtype })),
	places: ({ any, axis, dtype }) => {
		const x = any(1);
		return ops.mul(ops.cast(ops.places(x, axis(x)), dtype), ops.reduceMean(x));
	},
};

/** Operators that ONNX Runtime's CPU has in float32 alone, and the way there and back. */
const single: Record<string, Maker> = {
	cast: ({ any, dtype }) => ops.cast(ops.cast(any(), 'float64'), dtype),
	leakyRelu: ({ any, draw }) => ops.leakyRelu(any(), draw(4) / 10),
	elu: ({ any, draw }) => ops.elu(any(), 0.5 + draw(3)),
	prelu: ({ any }) => ops.prelu(any(), any()),
	erf: ({ any }) => ops.erf(any()),
	gelu: ({ any, draw }) => ops.gelu(any(), { approximate: draw(2) ? 'tanh' : 'none' }),
	softplus: ({ any }) => ops.softplus(any()),
	layerNormalization: ({ any, sizes, numbers }) => {
		const x = any(2);
		return ops.layerNormalization(x, numbers(sizes(x).at(-1)!), numbers(sizes(x).at(-1)!));
	},
};

const kinds: Readonly<Record<string, Record<string, Maker>>> = {
	float64: { ...smooth, ...choosing },
	float32: { ...smooth, ...single },
};

/** The names of the makers by element type. */
export const makerNames = (dtype: 'float32' | 'float64') => Object.keys(kinds[dtype]!);

let serial = 0;

/** Numbers between −2 and 2, none near 0, no two equal. */
const scattered = (seed: number) => {
	const spread = Math.sin((seed + 1) * 12.9898) * 43758.5453;
	const unit = spread - Math.floor(spread);
	return (unit < 0.5 ? -1 : 1) * (0.15 + 1.8 * Math.abs(2 * unit - 1));
};

const shapes: readonly Shape[] = [
	[2, 3],
	['batch', 3],
	['batch', 'time'],
	[1, 3],
	[3],
	['time', 2],
	[2, 1, 3],
	[],
	['batch', 'time', 2],
	[1],
	['time'],
];

/** A graph of `count` operators or a few more. Numbers stay small, so that rounding does. */
export function randomGraph(draw: Draw, { count, dtype }: { count: number; dtype: 'float32' | 'float64' }): RandomGraph {
	const known = new Map<Value, Numbers>();
	const names: Record<string, number> = { batch: 1 + draw(3), time: 1 + draw(4) };
	const filled = (sizes: readonly number[]) =>
		Array.from({ length: sizes.reduce((a, b) => a * b, 1) }, () => Math.fround(scattered(draw(1 << 20))));
	const inputs = Array.from({ length: 2 + draw(3) }, (_, place) => {
		const shape = shapes[draw(shapes.length)]!;
		const sizes = shape.map((dim) => (typeof dim === 'number' ? dim : names[dim]!));
		const value = input(`x${place}`, dtype, shape);
		known.set(value, { shape: sizes, data: filled(sizes) });
		return value;
	});
	const pool = [...inputs];
	const hand: Hand = {
		draw,
		dtype,
		any: (rank = 0) => {
			const fit = pool.filter((value) => value.shape.length >= rank);
			// Later values rather than earlier ones: graphs are deep.
			return fit[Math.max(draw(fit.length), draw(fit.length))] ?? nothing(`a value of rank ${rank}`);
		},
		sizes: (value) => interpret(value, known).shape,
		axis: (value) => draw(value.shape.length),
		numbers: (...shape) => constant(tensor(dtype, shape, filled(shape))),
		indices: (below, ...shape) =>
			constant(
				tensor(
					'int32',
					shape,
					Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => draw(below)),
				),
			),
	};
	const makers = Object.entries(kinds[dtype]!);
	const made: string[] = [];
	for (let tries = 0; made.length < count && tries < 6 * count; tries++) {
		const [name, maker] = makers[draw(makers.length)]!;
		const values = attempt(() => [maker(hand)].flat() as Value[]);
		// Some builders give back what needs no node.
		if (!values || values.some((value) => pool.includes(value))) continue;
		const numbers = values.map((value) => interpret(value, known));
		if (numbers.some(({ data }) => data.length === 0 || data.length > 150 || !data.every(Number.isFinite))) continue;
		made.push(name);
		for (const [place, value] of values.entries()) {
			const largest = Math.max(...numbers[place]!.data.map(Math.abs));
			pool.push(largest > 5 ? ops.mul(value, Math.fround(3 / largest)) : value);
		}
	}
	const taken = new Set<Value>();
	const visit = (value: Value) => {
		for (const before of value.node?.inputs ?? []) {
			if (taken.has(before)) continue;
			taken.add(before);
			visit(before);
		}
	};
	for (const value of pool) visit(value);
	for (const value of pool) interpret(value, known);
	const outputs = pool.filter((value) => value.node && !taken.has(value));
	return { inputs, outputs, known, made };
}

class Nothing extends Error {}
const nothing = (what: string): never => {
	throw new Nothing(what);
};

/** What was built; undefined where the operands that were drawn do not fit. */
function attempt<T>(build: () => T): T | undefined {
	try {
		return build();
	} catch (error) {
		if (error instanceof ShapeError || error instanceof Nothing) return undefined;
		throw error;
	}
}
