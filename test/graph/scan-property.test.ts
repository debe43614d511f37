// Random recurrences: `scan` and the same steps written out give the same results and the same gradients.
import fc from 'fast-check';
import { constant, ops, reversed, type Shape, scan, tensor, type Value, withGradient } from 'textloom/graph';
import { expect, it } from 'vitest';
import { difference, evaluate } from './evaluate.js';
import { type UnrolledOptions, unrolled } from './unrolled.js';

const { add, concat, cumSum, einsum, exp, expandTo, gather, gatherElements, gemm, greater, matMul, mul, neg, pad, reduceLogSumExp } = ops;
const {
	reduceMax,
	reduceMean,
	reduceSum,
	reshape,
	sigmoid,
	slice,
	softmax,
	split,
	squeeze,
	sub,
	tanh,
	tile,
	transpose,
	triangle,
	unsqueeze,
	where,
} = ops;

type Run = (options: UnrolledOptions) => { states: readonly Value[]; outputs: readonly Value[] };

/** Values of the graph around the loop. */
interface Captured {
	readonly u: Value;
	readonly v: Value;
	readonly b: Value;
	readonly m: Value;
	readonly square: Value;
	readonly memory: Value;
	readonly run: Run;
}

const half = (value: Value) => mul(value, 0.5);
const columns = (...places: number[]) => constant(tensor('int32', [places.length], places));

/** Makes a value `[batch, 3]` of two others. */
const steps: readonly ((a: Value, b: Value, captured: Captured) => Value)[] = [
	(a) => tanh(a),
	(a) => sigmoid(a),
	(a) => neg(a),
	(a) => exp(tanh(a)),
	(a, b) => add(a, b),
	(a, b) => sub(half(a), b),
	(a, b) => mul(half(a), tanh(b)),
	(a, _, { b }) => add(a, b),
	(a, _, { m }) => mul(a, m),
	(a, _, { m }) => add(a, slice(m, 1, 1, 2)),
	(a, _, { u }) => matMul(a, u),
	(a, _, { u }) => matMul(half(a), transpose(mul(u, u))),
	(a, _, { square }) => matMul(square, a),
	(a, _, { u, b }) => gemm(a, u, b),
	(a, b, { u }) => gemm(a, u, b, { transB: true }),
	(a, _, { u, m }) => gemm(a, u, m),
	(a, _, { u, m }) => gemm(a, u, slice(m, 1, 0, 1)),
	(a, _, { u, square }) => transpose(gemm(gemm(u, a, undefined, { transA: true, transB: true }), square)),
	(a, b) => matMul(softmax(half(matMul(a, transpose(b)))), b),
	(a, b, { v }) => matMul(concat([a, b], 1), v),
	(a, _, { v, m }) => gemm(concat([m, a], 1), v),
	(a, _, { v }) => {
		const [left, right] = split(matMul(a, transpose(v)), [3, 3], 1);
		return mul(half(left!), sigmoid(right!));
	},
	(a, _, { v }) => {
		const [top, bottom] = split(v, [3, 3], 0);
		return sub(matMul(a, top!), half(matMul(a, bottom!)));
	},
	(a) => softmax(a),
	(a) => softmax(a, 0),
	(a) => sub(a, reduceMean(a, { axes: [1], keep: true })),
	(a, b) => add(a, reduceSum(half(b), { axes: [0], keep: true })),
	(a) => sub(a, reduceLogSumExp(a, { axes: [-1], keep: true })),
	(a) => unsqueezed(reduceMax(a, { axes: [1] }), a),
	(a) => mul(half(a), tanh(reduceSum(a))),
	(a, b) => where(greater(a, 0.1), a, b),
	(a, _, { m }) => where(greater(m, 0.1), half(a), m),
	(a) => reshape(transpose(a), a.shape, [a]),
	(a) => squeeze(transpose(unsqueeze(a, [1]), [1, 0, 2]), [0]),
	(a) => pad(slice(a, 1, 1), 1, 1, 0),
	(a) => gather(a, columns(2, 0, 0), 1),
	(a, b) => expandTo(reduceMean(a, { axes: [0], keep: true }), b),
	(a) => half(cumSum(a, 1)),
	(a) => half(cumSum(a, 0, { reverse: true })),
	(a, b) => add(triangle(a, 'lower', 1), gatherElements(b, constant(tensor('int32', [1, 3], [0, 0, 0])), 0)),
	(a) => slice(tile(a, [1, 2]), 1, 2, 5),
	(a) => withGradient([a], tanh(a), (dy) => [mul(dy, a)]),
	(a, b) => withGradient([a, b], half(add(a, b)), (dy) => [mul(dy, b), mul(dy, a)]),
	(a, _, { memory }) => attended(a, memory),
	(a, _, { memory }) => einsum('bs,sbh->bh', softmax(einsum('bh,sbh->bs', a, memory)), memory),
	(a, b, { memory, u, run }) =>
		run({ inputs: [memory], states: [a], body: ([g], [m]) => ({ states: [tanh(add(mul(m!, b), matMul(g!, u)))] }) }).states[0]!,
	(a, b, { memory, run }) =>
		reduceSum(
			run({
				inputs: [reversed(memory)],
				states: [expandTo(constant(tensor('float64', [], [0])), b)],
				body: ([g], [m]) => ({ states: [half(add(g!, tanh(mul(m!, a))))], outputs: [g!] }),
			}).outputs[0]!,
			{ axes: [0] },
		),
];
const unsqueezed = (column: Value, like: Value) => expandTo(unsqueeze(column, [1]), like);

/** Dot-product attention over a memory `[source, batch, 3]`. */
function attended(query: Value, memory: Value): Value {
	const keys = transpose(memory, [1, 0, 2]);
	const scores = softmax(squeeze(matMul(keys, unsqueeze(query, [2])), [2]));
	return squeeze(matMul(unsqueeze(scores, [1]), keys), [1]);
}

const pick = fc.nat(99);
const program = fc.record({
	time: fc.integer({ min: 1, max: 4 }),
	batch: fc.integer({ min: 1, max: 3 }),
	named: fc.boolean(),
	states: fc.integer({ min: 1, max: 3 }),
	directions: fc.array(fc.boolean(), { minLength: 1, maxLength: 2 }),
	lengths: fc.option(fc.array(fc.nat(3), { minLength: 3, maxLength: 3 })),
	body: fc.array(fc.tuple(fc.nat(steps.length - 1), pick, pick), { maxLength: 8 }),
	next: fc.array(fc.tuple(pick, fc.boolean()), { minLength: 3, maxLength: 3 }),
	outputs: fc.array(fc.tuple(pick, fc.boolean()), { maxLength: 3 }),
	/** How the graph is written: as it is, node by node as it was built, or with its loops written out. */
	written: fc.constantFrom('simplified', 'as built', 'unrolled'),
	/** Which results the loss depends on: all if none. */
	used: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
});
type Program = typeof program extends fc.Arbitrary<infer T> ? T : never;

/** The graph of a program, as it sees named sizes or numbers. */
function graphOf({ states: count, directions, lengths, body, next, outputs, used, ...sizes }: Program, run: Run) {
	const { time, batch } = sizes;
	// With lengths every state goes one way.
	const turned = directions.map((own) => (lengths ? directions[0]! : own));
	return (...inputs: Value[]): readonly Value[] => {
		const sequences = inputs.slice(0, directions.length);
		const states = inputs.slice(directions.length, directions.length + count);
		const [u, v, b, m, square, memory] = inputs.slice(directions.length + count) as [Value, Value, Value, Value, Value, Value];
		const captured: Captured = { u, v, b, m, square, memory, run };
		const ends = lengths?.slice(0, batch).map((length) => 1 + (length % time));
		const results = run({
			inputs: sequences.map((sequence, place) => (turned[place] ? reversed(sequence) : sequence)),
			states,
			...(ends && { lengths: constant(tensor('int32', [batch], ends)) }),
			body: (states, elements) => {
				const pool = [...states, ...elements, m];
				const at = (place: number) => pool[place % pool.length]!;
				for (const [step, first, second] of body) pool.push(steps[step]!(at(first), at(second), captured));
				// The last ones are the most likely.
				const late = (place: number) => pool[pool.length - 1 - (place % pool.length)]!;
				return {
					states: states.map((_, place) => (next[place]![1] ? tanh(late(next[place]![0])) : late(next[place]![0]))),
					outputs: outputs.map(([place, back]) => (back ? reversed(late(place)) : late(place))),
				};
			},
			backwards: { states: states.map(() => turned[0]!), outputs: outputs.map(() => turned[0]!) },
		});
		const all = [...results.states, ...results.outputs];
		const wanted = all.filter((_, place) => used[place]);
		return wanted.length > 0 ? wanted : all;
	};
}

function shapesOf({ time, batch, states, directions, named, lengths }: Program): { shapes: number[][]; named?: Shape[] } {
	const of = <T extends number | string>(time: T, batch: T, source: T): (T | number)[][] => [
		...directions.map(() => [time, batch, 3]),
		...Array.from({ length: states }, () => [batch, 3]),
		[3, 3],
		[6, 3],
		[3],
		[batch, 3],
		[batch, batch],
		[source, batch, 3],
	];
	// Lengths are a constant, so that their batch is a number.
	return { shapes: of<number>(time, batch, 2), ...(named && { named: of<number | string>('time', lengths ? batch : 'batch', 'source') }) };
}

it('any body: the same as written out', async () => {
	await fc.assert(
		fc.asyncProperty(program, async (program) => {
			const { shapes, named } = shapesOf(program);
			const unroll = { time: program.time, batch: program.batch, source: 2 };
			const options = { simplified: {}, 'as built': { simplify: false }, unrolled: { unroll } }[program.written]!;
			const wanted = await evaluate({ shapes, build: graphOf(program, unrolled) });
			for (const lift of [true, false]) {
				const build = graphOf(program, (options) => scan({ ...options, lift }));
				expect(difference(wanted, await evaluate({ shapes, ...(named && { named }), build, options }))).toBeLessThan(1e-9);
			}
		}),
		{ numRuns: 100 },
	);
});
