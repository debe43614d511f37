// A slow interpreter of graphs in float64, by the definitions of ONNX: plain loops, and no code of the library. Tests hold the engine against it.
import type { Node, Value } from 'textloom/graph';

/** Numbers of any type, row-major; bools are 0 and 1. */
export interface Numbers {
	readonly shape: readonly number[];
	readonly data: readonly number[];
}

type Index = readonly number[];
type Operator = (inputs: readonly Numbers[], node: Node) => Numbers | readonly Numbers[];

const sizeOf = (shape: Index) => shape.reduce((product, size) => product * size, 1);

/** All places of a shape, in order. */
function places(shape: Index): number[][] {
	let all: number[][] = [[]];
	for (const size of shape) all = all.flatMap((place) => Array.from({ length: size }, (_, i) => [...place, i]));
	return all;
}

const fill = (shape: Index, number: (place: number[]) => number): Numbers => ({ shape, data: places(shape).map(number) });
const at = ({ shape, data }: Numbers, place: Index) => data[shape.reduce((flat, size, axis) => flat * size + place[axis]!, 0)]!;
const axisOf = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis);
const without = <T>(list: readonly T[], axis: number) => list.filter((_, at) => at !== axis);
const put = (list: Index, axis: number, item: number) => list.map((old, at) => (at === axis ? item : old));
const insert = (list: Index, axis: number, item: number) => [...list.slice(0, axis), item, ...list.slice(axis)];
const sum = (numbers: Index) => numbers.reduce((total, number) => total + number, 0);

/** The element that stands at a place of a larger shape, by broadcasting. */
const stretched = (x: Numbers, place: Index) =>
	at(
		x,
		x.shape.map((size, axis) => (size === 1 ? 0 : place[axis + place.length - x.shape.length]!)),
	);

function together(shapes: readonly Index[]): number[] {
	const rank = Math.max(...shapes.map((shape) => shape.length));
	return Array.from({ length: rank }, (_, axis) => {
		const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
		return sizes.find((size) => size !== 1) ?? 1;
	});
}

const elementwise =
	(f: (...numbers: number[]) => number): Operator =>
	(inputs) =>
		fill(together(inputs.map(({ shape }) => shape)), (place) => f(...inputs.map((x) => stretched(x, place))));

const int = ({ attributes }: Node, name: string, fallback = 0) => (attributes[name] as number | undefined) ?? fallback;
const float = ({ attributes }: Node, name: string, fallback: number) => {
	const value = attributes[name];
	return typeof value === 'object' && 'float' in value ? value.float : fallback;
};

/** Each line of numbers along an axis, changed as a whole. */
const lines =
	(change: (line: number[], node: Node) => number[]): Operator =>
	([x, given], node) => {
		const axis = axisOf(given ? given.data[0]! : int(node, 'axis', -1), x!.shape.length);
		const line = (place: Index) => Array.from({ length: x!.shape[axis]! }, (_, i) => at(x!, put(place, axis, i)));
		return fill(x!.shape, (place) => change(line(place), node)[place[axis]!]!);
	};

const reduction =
	(f: (numbers: number[]) => number): Operator =>
	([x, given], node) => {
		const rank = x!.shape.length;
		const axes = given && given.data.length > 0 ? given.data.map((axis) => axisOf(axis, rank)) : x!.shape.map((_, axis) => axis);
		const inner = places(x!.shape.filter((_, axis) => axes.includes(axis)));
		const kept = fill(
			x!.shape.map((size, axis) => (axes.includes(axis) ? 1 : size)),
			(place) =>
				f(
					inner.map((within) => {
						let next = 0;
						return at(
							x!,
							place.map((i, axis) => (axes.includes(axis) ? within[next++]! : i)),
						);
					}),
				),
		);
		return int(node, 'keepdims', 1) === 1 ? kept : { shape: x!.shape.filter((_, axis) => !axes.includes(axis)), data: kept.data };
	};

const logSumExp = (line: number[]) => {
	const most = Math.max(...line);
	return most + Math.log(sum(line.map((number) => Math.exp(number - most))));
};

/** 2/√π e^−x² Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!, whose terms have one sign. */
function erf(x: number): number {
	if (Math.abs(x) > 6) return Math.sign(x);
	let [term, total] = [x, 0];
	for (let n = 1; Math.abs(term) > 1e-18; n++) {
		total += term;
		term *= (2 * x * x) / (2 * n + 1);
	}
	return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}

const gelu = (x: number) => (x * (1 + erf(x * Math.SQRT1_2))) / 2;
const tanhGelu = (x: number) => (x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))) / 2;

/** To the nearest whole number, halves to the even one. */
const round = (x: number) => {
	const down = Math.floor(x);
	if (x - down !== 0.5) return Math.round(x);
	return down % 2 === 0 ? down : down + 1;
};

const transposed = ({ shape, data }: Numbers): Numbers => fill([shape[1]!, shape[0]!], ([i, j]) => at({ shape, data }, [j!, i!]));

const matMul: Operator = ([a, b]) => {
	const [rows, inner, columns] = [a!.shape.at(-2)!, a!.shape.at(-1)!, b!.shape.at(-1)!];
	const batch = together([a!.shape.slice(0, -2), b!.shape.slice(0, -2)]);
	const element = (x: Numbers, place: Index, i: number, j: number) =>
		at(x, [...x.shape.slice(0, -2).map((size, axis) => (size === 1 ? 0 : place[axis + batch.length - x.shape.length + 2]!)), i, j]);
	return fill([...batch, rows, columns], (place) => {
		const [i, j] = place.slice(-2);
		return sum(Array.from({ length: inner }, (_, k) => element(a!, place, i!, k) * element(b!, place, k, j!)));
	});
};

const operators: Readonly<Record<string, Operator>> = {
	Add: elementwise((a, b) => a! + b!),
	Sub: elementwise((a, b) => a! - b!),
	Mul: elementwise((a, b) => a! * b!),
	Div: elementwise((a, b) => a! / b!),
	Pow: elementwise((a, b) => a! ** b!),
	Mod: elementwise((a, b) => a! % b!),
	Min: elementwise(Math.min),
	Max: elementwise(Math.max),
	Neg: elementwise((x) => -x!),
	Abs: elementwise(Math.abs),
	Sign: elementwise(Math.sign),
	Reciprocal: elementwise((x) => 1 / x!),
	Floor: elementwise(Math.floor),
	Round: elementwise(round),
	Sqrt: elementwise(Math.sqrt),
	Exp: elementwise(Math.exp),
	Log: elementwise(Math.log),
	Clip: elementwise((x, from, to) => Math.min(Math.max(x!, from!), to!)),
	Identity: ([x]) => x!,
	// The tests cast to floats, and bools to numbers.
	Cast: ([x]) => x!,
	Where: elementwise((condition, x, y) => (condition! ? x! : y!)),
	Equal: elementwise((a, b) => Number(a === b)),
	Less: elementwise((a, b) => Number(a! < b!)),
	LessOrEqual: elementwise((a, b) => Number(a! <= b!)),
	Greater: elementwise((a, b) => Number(a! > b!)),
	GreaterOrEqual: elementwise((a, b) => Number(a! >= b!)),
	And: elementwise((a, b) => Number(a! && b!)),
	Or: elementwise((a, b) => Number(a! || b!)),
	Not: elementwise((x) => Number(!x)),
	IsNaN: elementwise((x) => Number(Number.isNaN(x!))),
	Relu: elementwise((x) => Math.max(x!, 0)),
	LeakyRelu: (inputs, node) => elementwise((x) => (x! > 0 ? x! : float(node, 'alpha', 0.01) * x!))(inputs, node),
	Elu: (inputs, node) => elementwise((x) => (x! > 0 ? x! : float(node, 'alpha', 1) * (Math.exp(x!) - 1)))(inputs, node),
	PRelu: elementwise((x, slope) => (x! > 0 ? x! : slope! * x!)),
	Sigmoid: elementwise((x) => 1 / (1 + Math.exp(-x!))),
	Tanh: elementwise(Math.tanh),
	Erf: elementwise((x) => erf(x!)),
	Gelu: (inputs, node) => elementwise((x) => (node.attributes.approximate === 'tanh' ? tanhGelu(x!) : gelu(x!)))(inputs, node),
	Softplus: elementwise((x) => Math.log(1 + Math.exp(x!))),
	ReduceSum: reduction(sum),
	ReduceMean: reduction((numbers) => sum(numbers) / numbers.length),
	ReduceMax: reduction((numbers) => Math.max(...numbers)),
	ReduceMin: reduction((numbers) => Math.min(...numbers)),
	ReduceLogSumExp: reduction(logSumExp),
	ArgMax: (inputs, node) => {
		const axis: Numbers = { shape: [1], data: [int(node, 'axis')] };
		return reduction((numbers) => numbers.indexOf(Math.max(...numbers)))([inputs[0]!, axis], node);
	},
	CumSum: lines((line, node) => {
		const ordered = int(node, 'reverse') ? [...line].reverse() : line;
		const sums = ordered.map((_, i) => sum(ordered.slice(0, int(node, 'exclusive') ? i : i + 1)));
		return int(node, 'reverse') ? sums.reverse() : sums;
	}),
	Softmax: lines((line) => line.map((x) => Math.exp(x - logSumExp(line)))),
	LogSoftmax: lines((line) => line.map((x) => x - logSumExp(line))),
	LayerNormalization: ([x, scale, bias], node) => {
		const first = axisOf(int(node, 'axis', -1), x!.shape.length);
		const inner = places(x!.shape.slice(first));
		const numbers = (place: Index) => inner.map((within) => at(x!, [...place.slice(0, first), ...within]));
		const mean = (place: Index) => sum(numbers(place)) / inner.length;
		const inverse = (place: Index) =>
			1 / Math.sqrt(sum(numbers(place).map((number) => (number - mean(place)) ** 2)) / inner.length + float(node, 'epsilon', 1e-5));
		const each = x!.shape.map((size, axis) => (axis < first ? size : 1));
		const y = (place: Index) =>
			(at(x!, place) - mean(place)) * inverse(place) * at(scale!, place.slice(first)) + at(bias!, place.slice(first));
		return [fill(x!.shape, y), fill(each, mean), fill(each, inverse)];
	},
	MatMul: matMul,
	Gemm: ([a, b, c], node) => {
		const [left, right] = [int(node, 'transA') ? transposed(a!) : a!, int(node, 'transB') ? transposed(b!) : b!];
		const product = matMul([left, right], node) as Numbers;
		return c ? elementwise((x, y) => x! + y!)([product, c], node) : product;
	},
	Einsum: (inputs, { attributes }) => {
		const [left, right] = (attributes.equation as string).replaceAll(' ', '').split('->');
		const names = left!.split(',');
		const sizes = new Map(names.flatMap((letters, i) => [...letters].map((letter, axis) => [letter, inputs[i]!.shape[axis]!] as const)));
		const gone = [...sizes.keys()].filter((letter) => !right!.includes(letter));
		const inner = places(gone.map((letter) => sizes.get(letter)!));
		return fill(
			[...right!].map((letter) => sizes.get(letter)!),
			(place) =>
				sum(
					inner.map((within) => {
						const where = (letter: string) => (right!.includes(letter) ? place[right!.indexOf(letter)]! : within[gone.indexOf(letter)]!);
						return inputs.reduce((product, x, i) => product * at(x, [...names[i]!].map(where)), 1);
					}),
				),
		);
	},
	Reshape: ([x, sizes]) => {
		const shape = sizes!.data.map((size, axis) => (size === 0 ? x!.shape[axis]! : size));
		const known = sizeOf(shape.filter((size) => size >= 0));
		return { shape: shape.map((size) => (size < 0 ? x!.data.length / known : size)), data: x!.data };
	},
	Transpose: ([x], { attributes }) => {
		const order = attributes.perm as readonly number[];
		return fill(
			order.map((axis) => x!.shape[axis]!),
			(place) =>
				at(
					x!,
					order.map((_, axis) => place[order.indexOf(axis)]!),
				),
		);
	},
	Concat: (inputs, node) => {
		const axis = axisOf(int(node, 'axis'), inputs[0]!.shape.length);
		const shape = put(inputs[0]!.shape, axis, sum(inputs.map((x) => x.shape[axis]!)));
		return fill(shape, (place) => {
			let [part, i] = [0, place[axis]!];
			while (i >= inputs[part]!.shape[axis]!) i -= inputs[part++]!.shape[axis]!;
			return at(inputs[part]!, put(place, axis, i));
		});
	},
	Split: ([x, lengths], node) => {
		const axis = axisOf(int(node, 'axis'), x!.shape.length);
		return lengths!.data.map((length, part) =>
			fill(put(x!.shape, axis, length), (place) => at(x!, put(place, axis, place[axis]! + sum(lengths!.data.slice(0, part))))),
		);
	},
	Slice: ([x, starts, ends, axes, steps]) =>
		starts!.data.reduce((whole, start, i) => {
			const axis = axisOf(axes ? axes.data[i]! : i, whole.shape.length);
			const [size, step] = [whole.shape[axis]!, steps?.data[i] ?? 1];
			const bound = (at: number) => Math.min(Math.max(at < 0 ? at + size : at, step > 0 ? 0 : -1), step > 0 ? size : size - 1);
			const taken: number[] = [];
			for (let at = bound(start); step > 0 ? at < bound(ends!.data[i]!) : at > bound(ends!.data[i]!); at += step) taken.push(at);
			return fill(put(whole.shape, axis, taken.length), (place) => at(whole, put(place, axis, taken[place[axis]!]!)));
		}, x!),
	Pad: ([x, pads, value]) => {
		const rank = x!.shape.length;
		const [before, after] = [pads!.data.slice(0, rank), pads!.data.slice(rank)];
		return fill(
			x!.shape.map((size, axis) => size + before[axis]! + after[axis]!),
			(place) => {
				const from = place.map((i, axis) => i - before[axis]!);
				return from.every((i, axis) => i >= 0 && i < x!.shape[axis]!) ? at(x!, from) : (value?.data[0] ?? 0);
			},
		);
	},
	Expand: ([x, sizes]) => fill(together([x!.shape, sizes!.data]), (place) => stretched(x!, place)),
	Squeeze: ([x, axes]) => {
		const gone = axes!.data.map((axis) => axisOf(axis, x!.shape.length));
		return { shape: x!.shape.filter((_, axis) => !gone.includes(axis)), data: x!.data };
	},
	Unsqueeze: ([x, axes]) => {
		const made = axes!.data.map((axis) => axisOf(axis, x!.shape.length + axes!.data.length)).sort((a, b) => a - b);
		return { shape: made.reduce<Index>((shape, axis) => insert(shape, axis, 1), x!.shape), data: x!.data };
	},
	Tile: ([x, repeats]) =>
		fill(
			x!.shape.map((size, axis) => size * repeats!.data[axis]!),
			(place) =>
				at(
					x!,
					place.map((i, axis) => i % x!.shape[axis]!),
				),
		),
	Trilu: ([x, diagonal], node) =>
		fill(x!.shape, (place) => {
			const above = place.at(-1)! - place.at(-2)! - (diagonal?.data[0] ?? 0);
			return (int(node, 'upper', 1) ? above >= 0 : above <= 0) ? at(x!, place) : 0;
		}),
	Shape: ([x], node) => {
		const sizes = x!.shape.slice(int(node, 'start'), int(node, 'end', x!.shape.length));
		return { shape: [sizes.length], data: sizes };
	},
	Range: ([start, limit, delta]) => {
		const numbers: number[] = [];
		for (let at = start!.data[0]!; at < limit!.data[0]!; at += delta!.data[0]!) numbers.push(at);
		return { shape: [numbers.length], data: numbers };
	},
	Gather: ([x, indices], node) => {
		const axis = axisOf(int(node, 'axis'), x!.shape.length);
		const rank = indices!.shape.length;
		return fill([...x!.shape.slice(0, axis), ...indices!.shape, ...x!.shape.slice(axis + 1)], (place) => {
			const index = axisOf(at(indices!, place.slice(axis, axis + rank)), x!.shape[axis]!);
			return at(x!, [...place.slice(0, axis), index, ...place.slice(axis + rank)]);
		});
	},
	GatherElements: ([x, indices], node) => {
		const axis = axisOf(int(node, 'axis'), x!.shape.length);
		return fill(indices!.shape, (place) => at(x!, put(place, axis, axisOf(at(indices!, place), x!.shape[axis]!))));
	},
	ScatterElements: ([x, indices, updates], node) => {
		const axis = axisOf(int(node, 'axis'), x!.shape.length);
		const add = node.attributes.reduction === 'add';
		const [targets, from] = [places(x!.shape), places(indices!.shape)];
		const data = [...x!.data];
		for (const place of from) {
			const target = put(place, axis, axisOf(at(indices!, place), x!.shape[axis]!)).join();
			const flat = targets.findIndex((candidate) => candidate.join() === target);
			data[flat] = at(updates!, place) + (add ? data[flat]! : 0);
		}
		return { shape: x!.shape, data };
	},
	TopK: ([x, count], node) => {
		const axis = axisOf(int(node, 'axis', -1), x!.shape.length);
		const order = (place: Index) =>
			Array.from({ length: x!.shape[axis]! }, (_, i) => i).sort(
				(a, b) => at(x!, put(place, axis, b)) - at(x!, put(place, axis, a)) || a - b,
			);
		const shape = put(x!.shape, axis, count!.data[0]!);
		const found = fill(shape, (place) => order(place)[place[axis]!]!);
		return [fill(shape, (place) => at(x!, put(place, axis, at(found, place)))), found];
	},
	OneHot: ([indices, depth, values], node) => {
		const axis = axisOf(int(node, 'axis', -1), indices!.shape.length + 1);
		return fill(insert(indices!.shape, axis, depth!.data[0]!), (place) => {
			const index = axisOf(at(indices!, without(place, axis)), depth!.data[0]!);
			return values!.data[place[axis] === index ? 1 : 0]!;
		});
	},
};

/** The numbers of a value, from those of the inputs it needs. What is found on the way is kept in `known`. */
export function interpret(value: Value, known: Map<Value, Numbers>): Numbers {
	const found = known.get(value);
	if (found) return found;
	if (value.constant) {
		const { shape, data } = value.constant;
		return { shape, data: Array.from(data as ArrayLike<number | bigint>, Number) };
	}
	const { node } = value;
	if (!node) throw new Error(`interpret: no numbers for input ${value.name}`);
	if (node.custom) return interpret(node.custom.result, known);
	const operator = operators[node.op];
	if (!operator) throw new Error(`interpret: no definition of ${node.op}`);
	const made = operator(
		node.inputs.map((input) => interpret(input, known)),
		node,
	);
	for (const [place, numbers] of [made].flat().entries()) known.set(node.outputs[place]!, numbers as Numbers);
	return known.get(value)!;
}
