// Scan: every case with lift and without against the recurrence written out, and its gradients against central differences.
import {
	backward,
	constant,
	createSession,
	emit,
	input,
	integers,
	ops,
	reversed,
	type ScanOptions,
	type Shape,
	ShapeError,
	scalar,
	scan,
	scope,
	tensor,
	type Value,
	withGradient,
	writeOnnx,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { cells } from './cells.js';
import { gradientError } from './check-gradient.js';
import { difference, evaluate, scattered, weighed } from './evaluate.js';
import { type UnrolledOptions, unrolled } from './unrolled.js';

const {
	add,
	argMax,
	cast,
	clip,
	concat,
	cumSum,
	div,
	einsum,
	exp,
	expandTo,
	gather,
	gatherElements,
	gemm,
	greater,

	matMul,
	max,
	mul,
	neg,
	oneHot,
	pad,
	reduceMax,
	reduceMean,
	reduceSum,

	reshape,
	scatterElements,
	sigmoid,
	slice,
	softmax,
	split,
	squeeze,
	sub,
	tanh,
	tile,
	topK,
	transpose,
	triangle,
	unsqueeze,
	where,
} = ops;

const [T, B, E, H, S] = [4, 3, 2, 3, 5];
const sizes = { time: T, batch: B, source: S, characters: S, single: 1, one: 1 };
const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
/** A constant of scattered numbers. */
const fixed = (...shape: number[]) => constant(tensor('float64', shape, scattered(sizeOf(shape), 50)));
const ints = (shape: readonly number[], values: number[]) => constant(tensor('int32', shape, values));
const _zeros = (...shape: number[]) => constant(tensor('float64', shape, new Array<number>(sizeOf(shape)).fill(0)));

/** `scan`, with lift or without, or the oracle in its place. */
type Run = (options: UnrolledOptions) => { states: readonly Value[]; outputs: readonly Value[] };

interface ScanCase {
	readonly shapes: readonly (readonly number[])[];
	readonly named?: readonly Shape[];
	/** What comes of the loop: states and outputs that the loss depends on. */
	readonly build: (run: Run, ...inputs: Value[]) => readonly Value[];
}

const all = ({ states, outputs }: ReturnType<Run>) => [...states, ...outputs];
const x = [T, B, E];
const h = [B, H];
const w = [E, H];
const u = [H, H];
const plain = (state: Value, element: Value, wi: Value, wh: Value) => tanh(add(matMul(element, wi), matMul(state, wh)));

const cases: Record<string, Record<string, ScanCase>> = {
	states: {
		'one state': {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) => all(run({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [plain(h!, x!, w, u)] }) })),
		},
		'named sizes': {
			shapes: [x, h, w, u],
			named: [['time', 'batch', E], ['batch', H], w, u],
			build: (run, x, h, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const next = plain(h!, x!, w, u);
							return { states: [next], outputs: [next, mul(next, h!), reversed(exp(next))] };
						},
					}),
				),
		},
		'several states that feed each other': {
			shapes: [x, h, h, w, u],
			build: (run, x, a, b, w, u) =>
				all(
					run({
						inputs: [x],
						states: [a, b],
						body: ([a, b], [x]) => ({ states: [plain(b!, x!, w, u), sub(tanh(a!), mul(b!, 0.5))] }),
					}),
				),
		},
		'states that change places': {
			shapes: [h, h],
			build: (run, a, b) => all(run({ inputs: [fixed(...x)], states: [a, b], body: ([a, b]) => ({ states: [b!, a!] }) })),
		},
		'a state that stays': {
			shapes: [h],
			build: (run, h) => all(run({ inputs: [fixed(...x)], states: [h], body: ([h]) => ({ states: [h!], outputs: [h!] }) })),
		},
		'a state that is the element': {
			shapes: [x],
			build: (run, x) => all(run({ inputs: [x], states: [fixed(B, E)], body: ([h], [x]) => ({ states: [x!], outputs: [mul(h!, 2)] }) })),
		},
		'a state that is a constant': {
			shapes: [h],
			build: (run, h) => all(run({ inputs: [fixed(...x)], states: [h], body: ([h]) => ({ states: [fixed(B, H)], outputs: [tanh(h!)] }) })),
		},
		'a state that is a captured value': {
			shapes: [h, h],
			build: (run, h, m) => all(run({ inputs: [fixed(...x)], states: [h], body: ([h]) => ({ states: [m], outputs: [mul(tanh(h!), m)] }) })),
		},
		'states of one value': {
			shapes: [x, h, h],
			build: (run, x, a, b) =>
				all(
					run({
						inputs: [x],
						states: [a, b],
						body: ([a, b], [x]) => {
							const next = mul(add(a!, b!), unsqueeze(reduceSum(x!, { axes: [1] }), [1]));
							return { states: [next, next] };
						},
					}),
				),
		},
		'a state that only counts, of integers, beside another': {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) =>
				all(
					run({
						inputs: [x],
						states: [ints([B, 1], [0, 1, 2]), h],
						body: ([n, h], [x]) => {
							const next = plain(h!, x!, w, u);
							return { states: [add(n!, 1), mul(next, cast(n!, 'float64'))], outputs: [n!, cast(greater(next, 0), 'int32')] };
						},
					}),
				),
		},
		'a scalar state, scalar elements': {
			shapes: [[T], [], []],
			build: (run, x, h, w) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => ({ states: [tanh(add(mul(h!, w), x!))], outputs: [mul(x!, w), reduceSum(x!)] }),
					}),
				),
		},
		'no sequence in use': {
			shapes: [h, u],
			build: (run, h, u) =>
				all(run({ inputs: [fixed(...x)], states: [h], body: ([h]) => ({ states: [tanh(matMul(h!, u))], outputs: [h!] }) })),
		},
		'no sequence in use, named steps': {
			shapes: [x, h, u],
			named: [['time', 'batch', E], ['batch', H], u],
			build: (run, x, h, u) => [
				...all(run({ inputs: [x], states: [h], body: ([h]) => ({ states: [matMul(h!, u)] }) })),
				reduceSum(x, { axes: [0] }),
			],
		},
		'linear, the gradient of the first state only': {
			shapes: [h],
			build: (run, h) => all(run({ inputs: [fixed(...x)], states: [h], body: ([h]) => ({ states: [matMul(h!, fixed(H, H))] }) })),
		},
		'one step': {
			shapes: [[1, B, E], h, w, u],
			build: (run, x, h, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const next = plain(h!, x!, w, u);
							return { states: [next], outputs: [next, reversed(next), x!] };
						},
					}),
				),
		},
		'one step, named': {
			shapes: [[1, 1, E], [1, H], w, u],
			named: [['single', 'one', E], ['one', H], w, u],
			build: (run, x, h, w, u) => all(run({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [plain(h!, x!, w, u)] }) })),
		},
	},
	outputs: {
		'that do not feed the state': {
			shapes: [x, h, w, u, [H, 2]],
			build: (run, x, h, w, u, v) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const next = plain(h!, x!, w, u);
							return { states: [next], outputs: [softmax(matMul(next, v)), sigmoid(h!)] };
						},
					}),
				),
		},
		'only: the last state is not used': {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) =>
				run({
					inputs: [x],
					states: [h],
					body: ([h], [x]) => {
						const next = plain(h!, x!, w, u);
						return { states: [next], outputs: [next] };
					},
				}).outputs,
		},
		'of which one is used': {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) => [
				run({
					inputs: [x],
					states: [h, h],
					body: ([h, g], [x]) => {
						const next = plain(h!, x!, w, u);
						return { states: [next, tanh(add(g!, h!))], outputs: [g!, mul(next, next), reversed(g!)] };
					},
				}).outputs[1]!,
			],
		},
		'the element, forward and reversed': {
			shapes: [x, h],
			build: (run, x, h) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => ({ states: [tanh(h!)], outputs: [x!, reversed(x!), tanh(x!), reversed(exp(x!))] }),
					}),
				),
		},
		'a constant and a captured value': {
			shapes: [x, h, [H]],
			build: (run, x, h, m) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => ({
							states: [tanh(add(h!, reduceSum(x!)))],
							outputs: [fixed(2), m, reversed(tanh(m)), mul(m, 2)],
						}),
					}),
				),
		},
		'from sequences alone': {
			shapes: [x, h, w, [H]],
			build: (run, x, h, w, b) =>
				all(
					run({
						inputs: [x, fixed(T, B, H)],
						states: [h],
						body: ([h], [x, y]) => ({
							states: [tanh(h!)],
							outputs: [matMul(x!, w), reversed(gemm(x!, w, b)), mul(y!, gemm(x!, w, y)), softmax(y!)],
						}),
					}),
				),
		},
		'a state before and after the step': {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const next = plain(h!, x!, w, u);
							return { states: [next], outputs: [h!, next, reversed(h!), sub(next, h!), next] };
						},
					}),
				),
		},
	},
	captured: {
		'in a product on either side': {
			shapes: [x, h, w, u, [B, B]],
			build: (run, x, h, w, u, m) =>
				all(run({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [tanh(matMul(m, plain(h!, x!, w, u)))] }) })),
		},
		'Gemm with an addend': {
			shapes: [x, h, w, u, [H], [B, H], [B, 1]],
			build: (run, x, h, w, u, b, c, d) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => ({
							states: [tanh(gemm(h!, u, gemm(x!, w, b)))],
							outputs: [gemm(h!, u, c), gemm(x!, w, c), gemm(x!, w, d)],
						}),
					}),
				),
		},
		'Gemm without an addend': {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) =>
				all(run({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [tanh(add(gemm(h!, u), gemm(x!, w)))] }) })),
		},
		'Gemm, right side transposed': {
			shapes: [x, h, [H, E], u, [H]],
			build: (run, x, h, w, u, b) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => ({ states: [tanh(gemm(h!, u, gemm(x!, w, b, { transB: true }), { transB: true }))] }),
					}),
				),
		},
		'Gemm, left side or both transposed': {
			shapes: [[T, E, B], [H, B], w, u],
			build: (run, x, h, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const sum = add(gemm(x!, w, undefined, { transA: true }), gemm(h!, u, undefined, { transA: true, transB: true }));
							return { states: [transpose(tanh(sum))] };
						},
					}),
				),
		},
		'Gemm with the captured value on the left': {
			shapes: [
				[T, E, H],
				[H, B],
				[B, E],
				[H, H],
			],
			build: (run, x, h, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => ({
							states: [tanh(add(gemm(u, h!), transpose(gemm(w, x!))))],
							outputs: [gemm(w, x!), gemm(x!, w, undefined, { transA: true, transB: true })],
						}),
					}),
				),
		},
		'Gemm of two elements, of two states': {
			shapes: [[T, B, H], h, [B]],
			build: (run, x, h, b) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const mixed = gemm(x!, x!, b, { transB: true });
							return { states: [tanh(matMul(mixed, h!))], outputs: [gemm(h!, h!, b, { transB: true }), gemm(mixed, h!)] };
						},
					}),
				),
		},
		'Gemm of one row': {
			shapes: [[T, 1, E], [1, H], w, u, [H], [1, H]],
			build: (run, x, h, w, u, b, c) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => ({ states: [tanh(gemm(h!, u, gemm(x!, w, b)))], outputs: [gemm(x!, w, c)] }),
					}),
				),
		},
		'as bias': {
			shapes: [x, h, w, [H]],
			build: (run, x, h, w, b) =>
				all(run({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [tanh(add(add(matMul(x!, w), h!), b))] }) })),
		},
		'elementwise, one row and whole': {
			shapes: [x, h, w, [H], h, []],
			build: (run, x, h, w, b, m, s) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => ({ states: [tanh(mul(mul(add(matMul(x!, w), h!), b), div(m, add(s, 3))))] }),
					}),
				),
		},
		'several uses of one value': {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const once = matMul(add(matMul(x!, w), h!), u);
							return { states: [tanh(add(matMul(once, transpose(u)), mul(h!, reduceSum(u))))], outputs: [matMul(matMul(h!, u), u)] };
						},
					}),
				),
		},
		'computed from a parameter': {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) => {
				const [wt, ut] = [tanh(w), mul(u, transpose(u))];
				return [...all(run({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [plain(h!, x!, wt, mul(ut, 0.5))] }) })), ut];
			},
		},
		'computed in the body': {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) =>
				all(run({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [plain(h!, x!, tanh(w), softmax(mul(u, transpose(u))))] }) })),
		},
		'in a product with the element and the state joined': {
			shapes: [x, h, [E + H, H], [H, E + H], [H], h],
			named: [['time', 'batch', E], ['batch', H], [E + H, H], [H, E + H], [H], ['batch', H]],
			build: (run, x, h, w, v, b, m) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const f = sigmoid(gemm(concat([x!, h!], 1), w, b));
							const g = gemm(concat([mul(f, h!), x!], 1), v, mul(h!, m), { transB: true });
							return {
								states: [tanh(add(matMul(concat([x!, g], -1), tanh(w)), g))],
								outputs: [matMul(concat([slice(h!, 1, 1), x!, slice(h!, 1, 0, 1)], 1), w)],
							};
						},
					}),
				),
		},
		'parts of one value': {
			shapes: [x, h, [E, 2 * H], [2 * H]],
			build: (run, x, h, w, b) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const [wz, wn] = split(w, [H, H], 1);
							const [bz, bn] = split(b, [H, H], 0);
							const z = sigmoid(add(gemm(x!, wz!, bz), h!));
							return { states: [add(mul(z, h!), mul(sub(scalar(1, 'float64'), z), tanh(gemm(x!, wn!, bn))))] };
						},
					}),
				),
		},
		'dot-product attention': {
			shapes: [x, h, [B, S, H], w, [2 * H, H]],
			named: [['time', 'batch', E], ['batch', H], ['batch', 'source', H], w, [2 * H, H]],
			build: (run, x, h, memory, w, v) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const scores = softmax(squeeze(matMul(memory, unsqueeze(h!, [2])), [2]));
							const context = squeeze(matMul(unsqueeze(scores, [1]), memory), [1]);
							return { states: [tanh(add(matMul(concat([h!, context], 1), v), matMul(x!, w)))], outputs: [scores, context] };
						},
					}),
				),
		},
		'additive attention': {
			shapes: [x, h, [B, S, H], w, u, u, [H, 1]],
			named: [['time', 'batch', E], ['batch', H], ['batch', 'source', H], w, u, u, [H, 1]],
			build: (run, x, h, memory, w, ua, uh, v) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const energy = tanh(add(matMul(memory, ua), unsqueeze(matMul(h!, uh), [1])));
							const scores = softmax(matMul(energy, v), 1);
							const context = reduceSum(mul(scores, memory), { axes: [1] });
							return { states: [tanh(add(add(h!, context), matMul(x!, w)))], outputs: [squeeze(scores, [2])] };
						},
					}),
				),
		},
		'attention from the elements: nothing of it is carried': {
			shapes: [[T, B, H], h, [B, S, H]],
			named: [
				['time', 'batch', H],
				['batch', H],
				['batch', 'source', H],
			],
			build: (run, x, h, memory) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const scores = softmax(einsum('bh,bsh->bs', x!, memory));
							return { states: [tanh(add(h!, einsum('bs,bsh->bh', scores, memory)))], outputs: [scores] };
						},
					}),
				),
		},
		'Einsum with the state': {
			shapes: [x, h, [B, S, H], [E, H, H]],
			build: (run, x, h, memory, v) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const context = einsum('bs,bsh->bh', softmax(einsum('bh,bsh->bs', h!, memory)), memory);
							return { states: [tanh(add(context, einsum('be,beh->bh', x!, einsum('bg,egh->beh', h!, v))))] };
						},
					}),
				),
		},
	},
	operators: {
		'products of vectors and matrices, each of a step or the same at every step': {
			shapes: [[T, H], [T, H, H], [H], [H], [H, H]],
			build: (run, vectors, matrices, h, vector, matrix) =>
				all(
					run({
						inputs: [vectors, matrices],
						states: [h],
						body: ([h], [v, m]) => {
							const products = [
								matMul(v!, m!),
								matMul(m!, v!),
								matMul(matrix, v!),
								matMul(v!, matrix),
								matMul(vector, m!),
								matMul(m!, vector),
							];
							const inner = [matMul(v!, v!), matMul(v!, vector), matMul(vector, matMul(m!, h!))];
							return { states: [tanh([...products, ...inner].reduce((a, b) => add(a, b), h!))], outputs: [products[0]!] };
						},
					}),
				),
		},
		'Split, Concat, Slice': {
			shapes: [[T, B, 2 * H], h, [H, 2 * H]],
			build: (run, x, h, w) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const [a, b] = split(x!, [H, H], 1);
							const [c, d] = split(matMul(h!, w), [2, 2 * H - 2], -1);
							const joined = concat([d!, mul(c!, 2), a!], 1);
							return {
								states: [tanh(add(slice(joined, 1, 1, 1 + H), b!))],
								outputs: [slice(x!, 1, -2), concat([x!, fixed(B, 1), h!], -1)],
							};
						},
					}),
				),
		},
		'Where, by state and by element': {
			shapes: [[T, B, H], h, [H]],
			build: (run, x, h, b) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const next = where(greater(x!, 0), tanh(h!), mul(b, x!));
							return { states: [where(greater(next, h!), next, neg(b))], outputs: [where(greater(x!, 0.2), x!, b)] };
						},
					}),
				),
		},
		'Gather: rows of a captured table, columns of a state': {
			shapes: [h, [S, H]],
			build: (run, h, table) =>
				all(
					run({
						inputs: [ints([T, B], [0, 1, 4, 2, 2, 2, 4, 3, 0, 1, 1, 0])],
						states: [h],
						body: ([h], [ids]) => ({
							states: [tanh(add(gather(table, ids!), gather(h!, ints([H], [2, 0, 1]), 1)))],
							outputs: [gather(transpose(table), ids!, 1)],
						}),
					}),
				),
		},
		'a choice fed back': {
			shapes: [h, [S, H], [H, S]],
			build: (run, h, table, v) =>
				all(
					run({
						inputs: [fixed(...x)],
						states: [h, ints([B], [0, 1, 2])],
						body: ([h, last]) => {
							const next = tanh(add(h!, gather(table, last!)));
							const logits = matMul(next, v);
							return { states: [next, cast(argMax(logits), 'int32')], outputs: [logits] };
						},
					}),
				),
		},
		'Transpose, Reshape, Squeeze, Unsqueeze': {
			shapes: [[T, B, H], h],
			named: [
				['time', 'batch', H],
				['batch', H],
			],
			build: (run, x, h) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const turned = transpose(transpose(add(x!, h!)));
							const flat = reshape(turned, ['batch*3' === `${x!.shape[0]}*3` ? 'batch*3' : B * H], [x!]);
							const back = reshape(tanh(flat), x!.shape, [x!]);
							return {
								states: [squeeze(unsqueeze(back, [0, 2]), [0, -2])],
								outputs: [transpose(x!), unsqueeze(x!, [-1]), squeeze(unsqueeze(x!, [1]), [1])],
							};
						},
					}),
				),
		},
		reductions: {
			shapes: [[T, B, H], h],
			build: (run, x, h) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const level = reduceMean(x!, { axes: [-1], keep: true });
							return {
								states: [
									tanh(add(mul(h!, reduceMax(x!, { axes: [1], keep: true })), sub(level, reduceSum(h!, { axes: [0], keep: true })))),
								],
								outputs: [
									reduceMax(h!, { axes: [1] }),
									reduceSum(x!),
									reduceMean(x!, { axes: [0] }),
									ops.reduceLogSumExp(x!, { axes: [1] }),
								],
							};
						},
					}),
				),
		},
		'Expand and Pad': {
			shapes: [[T, B, 1], h],
			named: [
				['time', 'batch', 1],
				['batch', H],
			],
			build: (run, x, h) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => ({
							states: [tanh(add(expandTo(x!, h!), pad(slice(h!, 1, 1), 1, 0, 1)))],
							outputs: [expandTo(reduceSum(x!, { axes: [1] }).shape.length === 1 ? x! : h!, h!), pad(x!, 1, 1, 2)],
						}),
					}),
				),
		},
		'operators along an axis': {
			shapes: [[T, B, H], h],
			build: (run, x, h) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const sorted = topK(x!, 2);
							return {
								states: [tanh(add(h!, cumSum(x!, 1)))],
								outputs: [
									sorted.values,
									cast(sorted.places, 'int32'),
									gatherElements(x!, ints([B, 1], [0, 2, 1]), 1),
									scatterElements(x!, ints([B, 1], [0, 2, 1]), slice(h!, 1, 0, 1), 1, 'add'),
									triangle(x!, 'lower'),
									tile(x!, [1, 2]),
									oneHot(argMax(x!), H),
									clip(x!, -0.5, 0.5),
									max(x!, h!),
								],
							};
						},
					}),
				),
		},
		'reductions by squares and products, of scalars, too': {
			shapes: [[T, B, H], h, [T]],
			build: (run, x, h, y) =>
				all(
					run({
						inputs: [x, y],
						states: [h],
						body: ([h], [x, y]) => ({
							states: [tanh(add(h!, ops.reduceL2(x!, { axes: [1], keep: true })))],
							outputs: [ops.reduceProd(x!, { axes: [0] }), ops.reduceL1(x!), ops.reduceL1(y!), ops.reduceSumSquare(y!), ops.reduceProd(y!)],
						}),
					}),
				),
		},
		'a function with a gradient of its own': {
			shapes: [[T, B, H], h, u],
			build: (run, x, h, u) => {
				const cubed = (value: Value) => withGradient([value], mul(mul(value, value), value), (dy) => [mul(dy, mul(mul(value, value), 3))]);
				return all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => ({
							states: [tanh(add(cubed(matMul(h!, u)), cubed(x!)))],
							outputs: [cubed(x!), cubed(h!), cubed(u), cubed(expandTo(fixed(1, 1), x!))],
						}),
					}),
				);
			},
		},
		'a function whose gradient chooses between two': {
			shapes: [[T, B, H], h],
			build: (run, x, h) => {
				const bent = (value: Value) =>
					withGradient([value], where(greater(value, 0), mul(value, 2), mul(value, 3)), (dy) => [
						where(greater(value, 0), mul(dy, 2), mul(dy, 3)),
					]);
				return all(
					run({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [tanh(add(bent(h!), bent(x!)))], outputs: [bent(h!)] }) }),
				);
			},
		},
		'a matrix and a vector times a captured batch of matrices': {
			shapes: [
				[T, 2, 3],
				[T, 3],
				[B, 3, 2],
				[B, 2, 2],
			],
			build: (run, x, v, w, h) =>
				all(
					run({
						inputs: [x, v],
						states: [h],
						body: ([h], [x, v]) => ({
							states: [tanh(add(h!, matMul(x!, w)))],
							outputs: [matMul(x!, w), matMul(v!, w)],
						}),
					}),
				),
		},
		'a function of two values with a gradient of its own': {
			shapes: [[T, B, H], h, u],
			build: (run, x, h, u) => {
				const product = (a: Value, b: Value) =>
					withGradient([a, b], matMul(a, b), (dy) => [matMul(dy, transpose(b)), matMul(transpose(a), dy)]);
				return all(run({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [tanh(add(product(h!, u), product(x!, tanh(u))))] }) }));
			},
		},
	},
	directions: {
		'a reversed sequence': {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) =>
				all(
					run({
						inputs: [reversed(x)],
						states: [h],
						body: ([h], [x]) => {
							const next = plain(h!, x!, w, u);
							return { states: [next], outputs: [next, reversed(next), x!, reversed(x!)] };
						},
					}),
				),
		},
		'both at once, and a state that mixes both': {
			shapes: [x, h, h, h, w, u, w, u],
			named: [['time', 'batch', E], ['batch', H], ['batch', H], ['batch', H], w, u, w, u],
			build: (run, x, a, b, c, wa, ua, wb, ub) =>
				all(
					run({
						inputs: [x, reversed(x)],
						states: [a, b, c],
						body: ([a, b, c], [x, y]) => {
							const [forward, back] = [plain(a!, x!, wa, ua), plain(b!, y!, wb, ub)];
							return {
								states: [forward, back, tanh(add(mul(forward, back), add(c!, matMul(mul(x!, y!), wa))))],
								outputs: [forward, reversed(back), mul(x!, y!), reversed(add(x!, y!)), mul(forward, back)],
							};
						},
					}),
				),
		},
		'one sequence each way': {
			shapes: [x, [T, B, H], h, w],
			build: (run, x, y, h, w) =>
				all(
					run({
						inputs: [x, reversed(y)],
						states: [h],
						body: ([h], [x, y]) => ({
							states: [tanh(add(mul(h!, y!), matMul(x!, w)))],
							outputs: [y!, mul(matMul(x!, w), y!), reversed(y!)],
						}),
					}),
				),
		},
	},
	lengths: {
		forward: {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						lengths: ints([B], [1, 4, 2]),
						body: ([h], [x]) => {
							const next = plain(h!, x!, w, u);
							return { states: [next], outputs: [next, reversed(next), h!, x!, matMul(next, u)] };
						},
						backwards: { states: [false], outputs: [false, false, false, false, false] },
					}),
				),
		},
		reversed: {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) =>
				all(
					run({
						inputs: [reversed(x)],
						states: [h],
						lengths: ints([B], [3, 1, 4]),
						body: ([h], [x]) => {
							const next = plain(h!, x!, w, u);
							return { states: [next], outputs: [next, reversed(next), reversed(h!), reversed(x!), reversed(matMul(next, u))] };
						},
						backwards: { states: [true], outputs: [true, true, true, true, true] },
					}),
				),
		},
		'both directions, two states each': {
			shapes: [x, h, h, h, h, w, u, w, u],
			build: (run, x, a, c, b, d, wa, ua, wb, ub) =>
				all(
					run({
						inputs: [x, reversed(x)],
						states: [a, c, b, d],
						lengths: ints([B], [2, 4, 1]),
						body: ([a, c, b, d], [x, y]) => {
							const [forward, back] = [plain(a!, x!, wa, ua), plain(b!, y!, wb, ub)];
							return {
								states: [forward, tanh(add(c!, forward)), back, tanh(sub(d!, b!))],
								outputs: [forward, reversed(back), c!, reversed(d!)],
							};
						},
						backwards: { states: [false, false, true, true], outputs: [false, true, false, true] },
					}),
				),
		},
		'states run on': {
			shapes: [x, h, h, w, u],
			build: (run, x, h, c, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h, c],
						lengths: ints([B], [0, 4, 2]),
						runOn: true,
						body: ([h, c], [x]) => {
							const next = plain(h!, x!, w, u);
							return { states: [next, tanh(add(c!, next))], outputs: [next, reversed(c!), x!] };
						},
						backwards: { states: [false, false], outputs: [false, false, false] },
					}),
				),
		},
		'states run on, in both directions: those from the end do not': {
			shapes: [x, h, h, w, u, w, u],
			build: (run, x, a, b, wa, ua, wb, ub) =>
				all(
					run({
						inputs: [x, reversed(x)],
						states: [a, b],
						lengths: ints([B], [2, 4, 1]),
						runOn: true,
						body: ([a, b], [x, y]) => {
							const [forward, back] = [plain(a!, x!, wa, ua), plain(b!, y!, wb, ub)];
							return { states: [forward, back], outputs: [forward, reversed(back)] };
						},
						backwards: { states: [false, true], outputs: [false, true] },
					}),
				),
		},
		'a state without an axis but the batch, and integers': {
			shapes: [x, [B], w],
			build: (run, x, h, w) =>
				all(
					run({
						inputs: [x],
						states: [h, ints([B, 1], [0, 0, 0])],
						lengths: ints([B], [2, 4, 1]),
						body: ([h, n], [x]) => ({
							states: [tanh(add(h!, reduceSum(matMul(x!, w), { axes: [1] }))), add(n!, 1)],
							outputs: [h!, n!, reduceSum(x!, { axes: [1] })],
						}),
						backwards: { states: [false, false], outputs: [false, false, false] },
					}),
				),
		},
		'an output that only depends on captured values': {
			shapes: [x, h, h],
			build: (run, x, h, m) =>
				all(
					run({
						inputs: [x],
						states: [h],
						lengths: ints([B], [2, 4, 1]),
						body: ([h], [x]) => ({ states: [add(tanh(h!), reduceSum(x!, { axes: [1], keep: true }))], outputs: [m, reversed(mul(m, 2))] }),
						backwards: { states: [false], outputs: [false, false] },
					}),
				),
		},
		'a state that depends on no sequence, in a loop from the end': {
			shapes: [x, h, h],
			build: (run, x, h, g) =>
				all(
					run({
						inputs: [reversed(x)],
						states: [h, g, g],
						lengths: ints([B], [2, 4, 1]),
						body: ([h, g, s], [x]) => ({
							states: [tanh(mul(add(h!, reduceSum(x!, { axes: [1], keep: true })), g!)), mul(g!, 0.7), s!],
							outputs: [g!, reversed(g!), s!],
						}),
						backwards: { states: [true, true, true], outputs: [true, true, true] },
					}),
				),
		},
		'a direction that only sizes come from': {
			shapes: [x, h],
			build: (run, x, h) =>
				all(
					run({
						inputs: [x, reversed(fixed(T, B, H))],
						states: [h],
						lengths: ints([B], [2, 4, 1]),
						body: ([h], [x, y]) => ({ states: [tanh(add(add(h!, zerosOf(y!)), reduceSum(x!, { axes: [1], keep: true })))] }),
						backwards: { states: [false] },
					}),
				),
		},
		'a loop in the body, over a memory with lengths of its own': {
			shapes: [x, h, [S, B, H], w, u],
			build: (run, x, h, memory, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						lengths: ints([B], [2, 4, 1]),
						body: ([h], [x]) => {
							const inner = run({
								inputs: [reversed(memory)],
								states: [h!],
								lengths: ints([B], [5, 1, 3]),
								body: ([g], [m]) => ({ states: [tanh(add(m!, matMul(g!, u)))] }),
								backwards: { states: [true] },
							});
							return { states: [tanh(add(inner.states[0]!, matMul(x!, w)))] };
						},
						backwards: { states: [false] },
					}),
				),
		},
	},
	wanted: {
		'the first state only': {
			shapes: [h],
			build: (run, h) =>
				all(run({ inputs: [fixed(...x)], states: [h], body: ([h], [x]) => ({ states: [plain(h!, x!, fixed(E, H), fixed(H, H))] }) })),
		},
		'a captured value only': {
			shapes: [u],
			build: (run, u) =>
				run({ inputs: [fixed(...x)], states: [fixed(...h)], body: ([h], [x]) => ({ states: [plain(h!, x!, fixed(E, H), u)] }) }).states,
		},
		'the input weight only': {
			shapes: [w],
			build: (run, w) =>
				run({ inputs: [fixed(...x)], states: [fixed(...h)], body: ([h], [x]) => ({ states: [plain(h!, x!, w, fixed(H, H))] }) }).states,
		},
		'a sequence only': {
			shapes: [x],
			build: (run, x) =>
				run({ inputs: [x], states: [fixed(...h)], body: ([h], [x]) => ({ states: [plain(h!, x!, fixed(E, H), fixed(H, H))] }) }).states,
		},
		'one sequence of two': {
			shapes: [[T, B, H]],
			build: (run, y) =>
				all(
					run({
						inputs: [fixed(...x), reversed(y)],
						states: [fixed(...h)],
						body: ([h], [x, y]) => ({ states: [mul(plain(h!, x!, fixed(E, H), fixed(H, H)), y!)], outputs: [x!] }),
					}),
				),
		},
		'one state of two': {
			shapes: [h, u],
			build: (run, a, u) => [
				run({ inputs: [fixed(...x)], states: [a, fixed(...h)], body: ([a, b]) => ({ states: [tanh(matMul(a!, u)), tanh(matMul(b!, u))] }) })
					.states[0]!,
			],
		},
	},
	nested: {
		'a loop over a captured memory': {
			shapes: [x, h, [S, B, H], w, u],
			build: (run, x, h, memory, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const inner = run({
								inputs: [memory],
								states: [h!],
								body: ([g], [m]) => ({ states: [tanh(add(mul(g!, m!), matMul(g!, u)))], outputs: [g!] }),
							});
							return { states: [tanh(add(inner.states[0]!, matMul(x!, w)))], outputs: [reduceSum(inner.outputs[0]!, { axes: [0] })] };
						},
					}),
				),
		},
		'a loop over a captured memory that uses the element': {
			shapes: [x, h, [S, B, H], w, u],
			named: [['time', 'batch', E], ['batch', H], ['source', 'batch', H], w, u],
			build: (run, x, h, memory, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const projected = matMul(x!, w);
							const inner = run({
								inputs: [reversed(memory)],
								states: [zerosOf(h!)],
								body: ([g], [m]) => ({ states: [tanh(add(add(projected, mul(h!, m!)), matMul(g!, u)))] }),
							});
							return { states: [inner.states[0]!] };
						},
					}),
				),
		},
		'a loop over the element': {
			shapes: [[T, S, B, E], h, w, u],
			build: (run, x, h, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const inner = run({ inputs: [x!], states: [h!], body: ([g], [y]) => ({ states: [plain(g!, y!, w, u)], outputs: [g!] }) });
							return { states: [tanh(inner.states[0]!)], outputs: [inner.outputs[0]!] };
						},
					}),
				),
		},
		'words made of characters: the inner loop knows nothing of the outer state': {
			shapes: [[T, S, B, E], h, w, u, u],
			named: [['time', 'characters', 'batch', E], ['batch', H], w, u, u],
			build: (run, x, h, w, u, v) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const { states } = run({
								inputs: [x!],
								states: [zerosOf(matMul(gather(x!, ints([], [0])), w))],
								body: ([g], [y]) => ({ states: [plain(g!, y!, w, u)] }),
							});
							return { states: [tanh(add(states[0]!, matMul(h!, v)))], outputs: [states[0]!] };
						},
					}),
				),
		},
		'an inner loop that is the same at every step': {
			shapes: [x, h, [S, B, H], w, u],
			named: [['time', 'batch', E], ['batch', H], ['source', 'batch', H], w, u],
			build: (run, x, h, memory, w, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const inner = run({
								inputs: [memory],
								states: [zerosOf(h!)],
								body: ([g], [m]) => ({ states: [tanh(add(m!, matMul(g!, u)))] }),
							});
							return { states: [tanh(add(add(h!, inner.states[0]!), matMul(x!, w)))] };
						},
					}),
				),
		},
		'three deep': {
			shapes: [[2, B, H], [2, B, H], [2, B, H], h, u],
			build: (run, x, y, z, h, u) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => ({
							states: run({
								inputs: [y],
								states: [h!],
								body: ([g], [y]) => ({
									states: run({
										inputs: [z],
										states: [g!],
										body: ([f], [z]) => ({ states: [tanh(add(matMul(add(f!, x!), u), mul(y!, add(z!, mul(g!, h!)))))] }),
									}).states,
								}),
							}).states,
						}),
					}),
				),
		},
		'a decoder: GRU cell with attention': {
			shapes: [x, h, [B, S, H], [3 * H, E + H], [3 * H, H], [3 * H], [3 * H]],
			named: [['time', 'batch', E], ['batch', H], ['batch', 'source', H], [3 * H, E + H], [3 * H, H], [3 * H], [3 * H]],
			build: (run, x, h, memory, wi, wh, bi, bh) =>
				all(
					run({
						inputs: [x],
						states: [h],
						body: ([h], [x]) => {
							const scores = softmax(squeeze(matMul(memory, unsqueeze(h!, [2])), [2]));
							const context = squeeze(matMul(unsqueeze(scores, [1]), memory), [1]);
							const [next] = cells.gru.step([h!], concat([x!, context], 1), { wi, wh, bi, bh });
							return { states: [next!], outputs: [next!, scores] };
						},
					}),
				),
		},
	},
	several: {
		'encoder and decoder': {
			shapes: [x, [3, B, E], h, w, u, w, u],
			build: (run, x, y, h, we, ue, wd, ud) => {
				const body =
					(w: Value, u: Value): ScanOptions['body'] =>
					([h], [x]) => {
						const next = plain(h!, x!, w, u);
						return { states: [next], outputs: [next] };
					};
				const encoder = run({ inputs: [x], states: [h], body: body(we, ue) });
				return all(run({ inputs: [y], states: encoder.states, body: body(wd, ud) }));
			},
		},
		'layers on each other, one of them reversed': {
			shapes: [x, h, w, u, u, u],
			named: [['time', 'batch', E], ['batch', H], w, u, u, u],
			build: (run, x, h, w1, u1, w2, u2) => {
				const body =
					(w: Value, u: Value, back = false): ScanOptions['body'] =>
					([h], [x]) => {
						const next = plain(h!, x!, w, u);
						return { states: [next], outputs: [back ? reversed(next) : next] };
					};
				const [first] = run({ inputs: [reversed(x)], states: [h], body: body(w1, u1, true) }).outputs;
				const second = run({ inputs: [first!], states: [h], body: body(w2, u2) });
				return [...all(second), first!];
			},
		},
		'one loop whose captured value is of another': {
			shapes: [x, h, w, u],
			build: (run, x, h, w, u) => {
				const first = run({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [plain(h!, x!, w, u)], outputs: [h!] }) });
				const memory = transpose(first.outputs[0]!, [1, 0, 2]);
				return all(
					run({
						inputs: [x],
						states: first.states,
						body: ([h], [x]) => {
							const scores = softmax(squeeze(matMul(memory, unsqueeze(h!, [2])), [2]));
							return { states: [tanh(add(matMul(x!, w), squeeze(matMul(unsqueeze(scores, [1]), memory), [1])))] };
						},
					}),
				);
			},
		},
	},
};
/** Zeros of the same shape. */
const zerosOf = (like: Value) => expandTo(constant(tensor('float64', [], [0])), like);

for (const [group, table] of Object.entries(cases)) {
	describe(`scan: ${group}`, () => {
		for (const [name, { shapes, named, build }] of Object.entries(table)) {
			const graph =
				(run: Run) =>
				(...inputs: Value[]) =>
					build(run, ...inputs);
			it(`${name}: as written out, with lift and without, however it is emitted`, async () => {
				const wanted = await evaluate({ shapes, build: graph(unrolled) });
				for (const lift of [true, false]) {
					for (const options of [{}, { simplify: false }, { unroll: sizes }]) {
						const got = await evaluate({ shapes, ...(named && { named }), build: graph((options) => scan({ ...options, lift })), options });
						expect(difference(wanted, got)).toBeLessThan(1e-9);
					}
				}
				if (named) expect(difference(wanted, await evaluate({ shapes, build: graph(scan) }))).toBeLessThan(1e-9);
			});
			it(`${name}: gradients by central differences`, async () => {
				const error = await gradientError({ shapes, ...(named && { named }), build: (...inputs) => weighed(build(scan, ...inputs)) });
				expect(error).toBeLessThan(1e-6);
			});
		}
	});
}

describe('scan in a larger graph', () => {
	it('an addend that is carried stays with what is carried: the product of the input is outside', () => {
		const [x, h, w] = [input('x', 'float32', [T, B, E]), input('h', 'float32', [B, H]), input('w', 'float32', [E + H, H])];
		const { states } = scan({
			inputs: [x],
			states: [h],
			body: ([h], [x]) => ({ states: [tanh(gemm(concat([x!, h!], 1), w, mul(h!, 0.5)))] }),
		});
		const { graph } = emit({ inputs: { x, h, w }, outputs: { h2: states[0]! } });
		const body = graph.nodes.find(({ op }) => op === 'Scan')!.attributes.body as { graph: typeof graph };
		const products = ({ nodes }: typeof graph) => nodes.filter(({ op }) => op === 'Gemm' || op === 'MatMul').length;
		expect([products(graph), products(body.graph)]).toEqual([1, 1]);
	});

	it('slopes of elements, input the same at every step', async () => {
		const build = (run: Run) => (x: Value, h: Value, m: Value) =>
			all(
				run({
					inputs: [x],
					states: [h],
					body: ([h], [x]) => ({ states: [add(h!, ops.prelu(m, x!))], outputs: [ops.prelu(h!, slice(x!, 0, 0, 1))] }),
				}),
			);
		const shapes = [[T, H], h, h];
		expect(
			difference(
				await evaluate({ shapes, dtype: 'float32', build: build(unrolled) }),
				await evaluate({ shapes, dtype: 'float32', build: build(scan) }),
			),
		).toBeLessThan(1e-5);
	});

	it('is differentiated once more for another loss', async () => {
		const build = (run: Run) => (x: Value, h: Value, w: Value, u: Value) => {
			const { states, outputs } = run({
				inputs: [x],
				states: [h],
				body: ([h], [x]) => {
					const next = plain(h!, x!, w, u);
					return { states: [next], outputs: [mul(next, next)] };
				},
			});
			return [weighed(states), weighed(outputs), add(weighed(states), weighed(outputs))].flatMap(
				(loss) => backward(loss, [x, h, w, u]) as Value[],
			);
		};
		const wanted = await evaluate({ shapes: [x, h, w, u], build: build(unrolled), gradients: false });
		for (const lift of [true, false])
			expect(
				difference(
					wanted,
					await evaluate({ shapes: [x, h, w, u], build: build((options) => scan({ ...options, lift })), gradients: false }),
				),
			).toBeLessThan(1e-9);
	});

	it('gives the same bits in a Loop of training steps', async () => {
		const [h0, u] = [scattered(B * H, 1), scattered(H * H, 2)];
		const after = async (trips: number) => {
			const weight = input('u', 'float64', [H, H]);
			const inner = input('inner', 'float64', [H, H]);
			const step = (u: Value) => {
				const { states } = scan({
					inputs: [fixed(...x)],
					states: [input0],
					body: ([h], [x]) => ({ states: [plain(h!, x!, fixed(E, H), u)] }),
				});
				return sub(u, mul(backward(weighed(states), [u])[0]!, 0.1));
			};
			const input0 = input('h', 'float64', [B, H]);
			const { states } = ops.loop({
				trips: integers([trips]),
				trip: input('trip', 'int64', []),
				states: [weight],
				inner: [inner],
				next: [step(inner)],
				outputs: [],
			});
			const twice = trips === 2 ? step(step(weight)) : step(weight);
			const session = await createSession(writeOnnx(emit({ inputs: { u: weight, h: input0 }, outputs: { loop: states[0]!, twice } })), {
				threads: 1,
			});
			const results = await session.run(
				{ u: tensor('float64', [H, H], u), h: tensor('float64', [B, H], h0) },
				{ outputs: ['loop', 'twice'] },
			);
			await session.release();
			return results;
		};
		for (const trips of [1, 2]) {
			const { loop, twice } = await after(trips);
			expect(loop!.data).toEqual(twice!.data);
		}
	});
});

describe('scan: what it refuses', () => {
	const f = (...shape: (number | string)[]) => input('f', 'float32', shape);
	const [x, h, lengths] = [f('time', 'batch', 2), f('batch', 3), input('lengths', 'int32', ['batch'])];
	const run = (body: ScanOptions['body'], options: Partial<ScanOptions> = {}) =>
		scope('decoder', () => scan({ inputs: [x, reversed(x)], states: [h], body, ...options }));
	const stay: ScanOptions['body'] = ([h], [x]) => ({ states: [x ? add(h!, reduceSum(x)) : h!] });
	const both: ScanOptions['body'] = ([h], [x, y]) => ({ states: [add(h!, reduceSum(add(x!, y!), { axes: [1], keep: true }))] });

	const refused: Record<string, [build: () => unknown, ...says: string[]]> = {
		'no sequence': [() => run(stay, { inputs: [] }), 'expected at least one sequence, got none. Pass what the steps go over.'],
		'sequences of different lengths': [
			() => run(stay, { inputs: [x, reversed(f('source', 'batch', 2)), f(5)] }),
			'expected sequences of one number of steps, got time×batch×2, source×batch×2, 5. The first axis is that of the steps.',
		],
		'a scalar for a sequence': [() => run(stay, { inputs: [f()] }), 'got scalar. The first axis is that of the steps.'],
		'too few states': [() => run(() => ({ states: [] })), 'expected a body that returns 1 states, got 0. Return each state in its place.'],
		'too many states': [() => run(([h]) => ({ states: [h!, h!] })), 'returns 1 states, got 2.'],
		'no states': [() => run(() => ({}) as never), 'expected a body that returns { states }, got none. Return the states after the step'],
		'a changed shape': [
			() => run(([h]) => ({ states: [concat([h!, h!], 1)] })),
			'expected state 0 to stay float32 batch×3, got float32 batch×6. Return the shape it had before the step.',
		],
		'a changed type': [() => run(([h]) => ({ states: [cast(h!, 'float64')] })), 'state 0 to stay float32 batch×3, got float64 batch×3.'],
		'a broadcast state': [() => run(([h]) => ({ states: [add(h!, f(1, 1, 1))] })), 'to stay float32 batch×3, got float32 1×batch×3.'],
		'a number for a state': [() => run(() => ({ states: [0 as never] })), 'expected state 0 to be a value, got 0. Make a constant of it'],
		'a number for an output': [() => run(([h]) => ({ states: [h!], outputs: [1 as never] })), 'expected output 0 to be a value, got 1.'],
		'a missing output': [() => run(([h]) => ({ states: [h!], outputs: [undefined as never] })), 'output 0 to be a value, got undefined.'],
		'lengths and a state of both directions': [
			() => run(both, { lengths }),
			'expected with lengths, state 0 to depend on sequences of one direction, got both. Divide it into two.',
		],
		'lengths and a state of both directions through another': [
			() => run(([a, b], [x, y]) => ({ states: [add(a!, reduceSum(x!)), add(add(b!, a!), reduceSum(y!))] }), { lengths, states: [h, h] }),
			'state 1 to depend on sequences of one direction, got both',
		],
		'lengths and an output of both directions': [
			() => run(([h], [x, y]) => ({ states: [h!], outputs: [mul(x!, y!)] }), { lengths }),
			'output 0 to depend on sequences of one direction, got both. Divide it into two.',
		],
		'lengths, both directions and a state of none': [
			() => run(([h, g], [x, y]) => ({ states: [add(h!, reduceSum(x!)), mul(g!, 2)], outputs: [y!] }), { lengths, states: [h, h] }),
			'expected with lengths and both directions, state 1 to depend on a sequence, got none, so that its direction is not known.',
		],
		'lengths of another type': [() => run(stay, { lengths: f('batch') }), 'expected lengths of shape int32 batch, got float32 batch.'],
		'lengths of another rank': [
			() => run(stay, { lengths: input('lengths', 'int32', ['batch', 1]) }),
			'expected lengths of shape int32 batch, got int32 batch×1. Pass one number of steps for each element of the batch.',
		],
		'lengths and a state without the batch': [
			() => run(stay, { lengths, states: [f(1, 3)] }),
			'expected with lengths of batch, state 0 to be batch×…, got 1×3. Put the batch first.',
		],
		'lengths and a scalar output': [
			() => run(([h]) => ({ states: [h!], outputs: [reduceSum(h!)] }), { lengths }),
			'output 0 to be batch×…, got scalar',
		],
	};
	for (const [name, [build, ...says]] of Object.entries(refused)) {
		it(name, () => {
			expect(build).toThrow(ShapeError);
			for (const part of ['scan in decoder: ', ...says]) expect(build).toThrow(part);
		});
	}

	it('an operator in the body names the loop that it is in', () => {
		expect(() => run(([h]) => ({ states: [matMul(h!, f(4, 3))] }))).toThrow('MatMul in decoder.scan: ');
	});
});
