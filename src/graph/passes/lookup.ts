// Products of looked-up rows with weights, made once for each row of the table in place of once for each time it is looked up:
// E[ids] W + b = (E W + b)[ids]. ONNX Runtime computes E W when the session opens, since nothing of it changes.
import { isFloat, tensor } from '../../tensors/tensor.js';
import { constant, constantNumbers } from '../constant.js';
import { add } from '../ops/elementwise.js';
import { operatorOf } from '../ops/index.js';
import { gather } from '../ops/index-ops.js';
import { gemm, matMul } from '../ops/matmul.js';
import { reshape, transpose } from '../ops/movement.js';
import { concat, pad, slice } from '../ops/parts.js';
import { sizeFrom } from '../ops/size-from.js';
import type { Program } from '../program.js';
import { type Node, scopeOf, type Value } from '../value.js';
import { bodiesOf, operands } from '../walk.js';
import { pruned } from './prune.js';
import { rewrite } from './rewrite.js';

/** Rows of a table that does not change, by their numbers. */
interface Lookup {
	/** `[rows, width]`. */
	readonly table: Value;
	readonly ids: Value;
}

/** What rules need to know. */
interface Around {
	readonly lookupOf: (value: Value | undefined) => Lookup | undefined;
	/** Whether a value is the same in every run. */
	readonly isFixed: (value: Value) => boolean;
	/** The numbers of a constant, or of an initializer. */
	readonly numbersOf: (value: Value | undefined) => readonly number[] | undefined;
	/** Whether there is room for a table `[rows, width]`; it is taken then. */
	readonly room: (rows: number, width: number) => boolean;
	/** What sizes are read from. */
	readonly sources: readonly Value[];
}

/** The same as a lookup; undefined where it is none. */
type Rule = (node: Node, around: Around) => Value | undefined;

const rowsOf = ({ shape }: Value) => shape[0] as number;

/** The table times weights `[in, out]`, where there is room for it. */
function times({ table }: Lookup, out: number | string | undefined, { room }: Around, product: () => Value): Value | undefined {
	return typeof out === 'number' && room(rowsOf(table), out) ? product() : undefined;
}

const rules: Readonly<Record<string, Rule>> = {
	MatMul: ({ inputs: [x, weights] }, around) => {
		const found = around.lookupOf(x);
		if (!found || weights!.shape.length !== 2 || !around.isFixed(weights!)) return undefined;
		const table = times(found, weights!.shape[1], around, () => matMul(found.table, weights!));
		return table && gather(table, found.ids);
	},
	Gemm: ({ inputs: [x, weights, addend], attributes: { transA, transB, alpha, beta } }, around) => {
		const found = around.lookupOf(x);
		const plain = transA !== 1 && [alpha, beta].every((factor) => factor === undefined);
		if (!found || !plain || !around.isFixed(weights!)) return undefined;
		const turned = transB === 1;
		const table = times(found, weights!.shape[turned ? 0 : 1], around, () => gemm(found.table, weights!, undefined, { transB: turned }));
		const product = table && gather(table, found.ids);
		return product && addend ? add(product, addend) : product;
	},
	// A vector for each row.
	Add: ({ inputs }, { lookupOf, isFixed }) => {
		for (const place of [0, 1]) {
			const [found, addend] = [lookupOf(inputs[place]), inputs[1 - place]!];
			const fits = addend.shape.length === 1 && addend.shape[0] === found?.table.shape[1];
			if (found && fits && isFixed(addend)) return gather(add(found.table, addend), found.ids);
		}
		return undefined;
	},
	// What leaves each row whole moves ids in place of rows.
	Reshape: ({ inputs: [x], outputs: [y] }, { lookupOf, sources }) => {
		const found = lookupOf(x);
		if (!found || y!.shape.at(-1) !== found.table.shape[1]) return undefined;
		const shape = y!.shape.slice(0, -1);
		const from = [found.ids, ...sources];
		const open = shape.filter((dim) => typeof dim === 'string' && !sizeFrom(dim, from));
		return open.length < 2 ? gather(found.table, reshape(found.ids, shape, from)) : undefined;
	},
	Transpose: ({ inputs: [x], attributes: { perm } }, { lookupOf }) => {
		const found = lookupOf(x);
		const order = perm as readonly number[];
		if (!found || order.at(-1) !== order.length - 1) return undefined;
		return gather(found.table, transpose(found.ids, order.slice(0, -1)));
	},
	Slice: ({ inputs: [x, ...bounds], outputs: [y] }, { lookupOf, numbersOf }) => {
		const found = lookupOf(x);
		const [from, to, axes, step = [1]] = bounds.map(numbersOf);
		if (!found || !from || !to || axes?.length !== 1 || !(axes[0]! >= 0 && axes[0]! < y!.shape.length - 1)) return undefined;
		return gather(found.table, slice(found.ids, axes[0]!, from[0]!, to[0], step[0]));
	},
	// Rows of zeros at the end: one more row of the table.
	Pad: ({ inputs: [x, amounts, value, axes], attributes: { mode } }, { lookupOf, numbersOf, room }) => {
		const found = lookupOf(x);
		const [before, zeros, after, more] = numbersOf(amounts) ?? [];
		const plain = (mode === undefined || mode === 'constant') && !axes && (!value || numbersOf(value)?.[0] === 0);
		if (!found || !plain || found.ids.shape.length !== 1 || before !== 0 || zeros !== 0 || more !== 0 || !(after! > 0)) return undefined;
		const { table, ids } = found;
		const [rows, width] = table.shape as readonly [number, number];
		if (!room(rows, width)) return undefined;
		const zero = constant(tensor(table.dtype, [1, width], new Float32Array(width)));
		return gather(concat([table, zero], 0), pad(ids, 0, 0, after!, rows));
	},
};

/**
 * A program with products of looked-up rows made ahead; undefined where there are none. `numbers` is how many all tables that come into being may
 * hold; by default they take 256 MB. It is for runtimes that compute what does not change once, when they open a file, as ONNX Runtime does.
 */
export function withLookups(program: Program, numbers: number = 2 ** 26): Program | undefined {
	const { inputs, outputs, initializers = {} } = program;
	const sources = Object.values(inputs);
	const held = Object.values(initializers).map(({ value }) => value);
	const fixed = new Map<Value, boolean>([
		...held.map((value) => [value, true] as const),
		...sources.map((value) => [value, false] as const),
	]);
	const isFixed = (value: Value): boolean => {
		const known = fixed.get(value);
		if (known !== undefined) return known;
		const { node, constant } = value;
		const pure = node && bodiesOf(node).length === 0 && operatorOf(node.op) && !operatorOf(node.op)?.random;
		const found = constant !== undefined || (pure === true && operands(node!).every(isFixed));
		fixed.set(value, found);
		return found;
	};
	const data = new Map(Object.values(initializers).map(({ value, data }) => [value, data]));
	const numbersOf = (value: Value | undefined) =>
		constantNumbers(value) ?? (value && data.has(value) ? Array.from(data.get(value)!.data as Float32Array) : undefined);
	let left = numbers;
	const room = (rows: number, width: number) => {
		if (rows * width > left) return false;
		left -= rows * width;
		return true;
	};
	const [names, values] = [Object.keys(outputs), Object.values(outputs)];
	const given = [...sources, ...held];
	const made = rewrite(pruned(values, given), {
		given: new Map(given.map((value) => [value, value])),
		change: (node, { within, madeBy }) => {
			const rule = within.length === 0 && Object.hasOwn(rules, node.op) ? rules[node.op] : undefined;
			const lookupOf = (value: Value | undefined): Lookup | undefined => {
				const { inputs: [table, ids] = [], attributes } = (value && madeBy(value, 'Gather')) ?? {};
				const axis = Number(attributes?.axis ?? 0);
				const sized = table?.shape.length === 2 && table.shape.every((dim) => typeof dim === 'number');
				return table && ids && axis === 0 && sized && isFloat(table.dtype) && isFixed(table) && !isFixed(ids) ? { table, ids } : undefined;
			};
			const found = rule && scopeOf(node, () => rule(node, { lookupOf, isFixed, numbersOf, room, sources }));
			return found && [found];
		},
	});
	if (left === numbers) return undefined;
	return { ...program, outputs: Object.fromEntries(names.map((name, place) => [name, made[place]!])) };
}
