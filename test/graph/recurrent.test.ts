// Recurrent cells on `scan`: outputs, last states and gradients as PyTorch's with packed sequences (test/golden/graph/recurrent.py), and
// outputs as ONNX's own operators RNN, GRU and LSTM.
import { readFileSync } from 'node:fs';
import {
	backward,
	constant,
	createSession,
	emit,
	input,
	type OnnxNode,
	ops,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { type Cell, cells, recurrent, type Weights } from './cells.js';

const { add, concat, gather, mul, reduceSum, reshape, unsqueeze } = ops;
const [T, B, E, H] = [4, 3, 2, 3];
type Name = keyof typeof cells;

const golden = JSON.parse(readFileSync(new URL('../golden/graph/recurrent.json', import.meta.url), 'utf8')) as {
	cases: Record<string, { cell: Name; directions: 1 | 2; lengths: number[] | null; y: number[]; last: number[][]; gradients: number[][] }>;
};

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const numbers = (shape: readonly number[], place: number) =>
	Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) / 2);
const shapesOf = ({ gates, states }: Cell, directions: number) => [
	[T, B, E],
	...Array.from({ length: states }, () => [directions, B, H]),
	...Array.from({ length: directions }, () => [[gates * H, E], [gates * H, H], [gates * H], [gates * H]]).flat(),
];

/** A layer of named sizes: its inputs, and what it gives in the layouts of PyTorch. */
function layer(
	cell: Cell,
	{ directions, backward, lift, dtype }: { directions: number; backward?: boolean; lift: boolean; dtype: 'float32' | 'float64' },
) {
	const shapes = shapesOf(cell, directions);
	const named = shapes.map((shape, place) =>
		place === 0 ? ['time', 'batch', E] : place <= cell.states ? [directions, 'batch', H] : shape,
	);
	const inputs = named.map((shape, place) => input(`x${place}`, dtype, shape));
	const [x, ...rest] = inputs;
	const first = rest.slice(0, cell.states);
	const weights = Array.from({ length: directions }, (_, way): Weights => {
		const [wi, wh, bi, bh] = rest.slice(cell.states + 4 * way);
		return { wi: wi!, wh: wh!, bi: bi!, bh: bh! };
	});
	const lengths = input('lengths', 'int32', ['batch']);
	const of = (given: Value | undefined) => {
		const states = weights.flatMap((_, way) => first.map((state) => gather(state, constant(tensor('int32', [], [way])))));
		const made = recurrent({ cell, x: x!, states, weights, backward: backward ?? false, ...(given && { lengths: given }), lift });
		const last = first.map((_, place) => {
			const each = weights.map((_, way) => unsqueeze(made.states[way * cell.states + place]!, [0]));
			return concat(each, 0);
		});
		return { y: concat(made.outputs, 2), outputs: made.outputs, last };
	};
	return { shapes, inputs, lengths, of };
}

async function run(model: Uint8Array, feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
	const session = await createSession(model, { threads: 1 });
	try {
		const fed = Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
		return await session.run(fed);
	} finally {
		await session.release();
	}
}

const feedsOf = (shapes: readonly number[][], dtype: 'float32' | 'float64') =>
	Object.fromEntries(shapes.map((shape, place) => [`x${place}`, tensor(dtype, shape, numbers(shape, place))]));

function expectClose(got: Tensor, expected: ArrayLike<number>, tolerance: number) {
	expect(got.data.length).toBe(expected.length);
	for (let i = 0; i < expected.length; i++)
		expect(Math.abs(Number(got.data[i]) - expected[i]!)).toBeLessThan(tolerance * (1 + Math.abs(expected[i]!)));
}

describe('cells on scan against PyTorch', () => {
	const weighed = (value: Value) => {
		const size = sizeOf(value.shape.map((dim) => (dim === 'time' ? T : dim === 'batch' ? B : (dim as number))));
		const weights = constant(
			tensor(
				'float64',
				[size],
				Array.from({ length: size }, (_, i) => Math.cos(i)),
			),
		);
		return reduceSum(mul(reshape(value, [size]), weights));
	};
	for (const [title, { cell: name, directions, lengths, y, last, gradients }] of Object.entries(golden.cases)) {
		for (const lift of [true, false]) {
			it(`${title}${lift ? '' : ', without lift'}`, async () => {
				const made = layer(cells[name], { directions, lift, dtype: 'float64' });
				const results = made.of(lengths ? made.lengths : undefined);
				const loss = [results.y, ...results.last].map(weighed).reduce((a, b) => add(a, b));
				const grads = backward(loss, made.inputs);
				const outputs = {
					y: results.y,
					...Object.fromEntries(results.last.map((value, place) => [`last${place}`, value])),
					...Object.fromEntries(grads.map((value, place) => [`g${place}`, value!])),
				};
				const inputs = { ...Object.fromEntries(made.inputs.map((value) => [value.name!, value])), lengths: made.lengths };
				const feeds = feedsOf(made.shapes, 'float64');
				const got = await run(writeOnnx(emit({ inputs, outputs })), { ...feeds, lengths: tensor('int32', [B], lengths ?? [T, T, T]) });
				expectClose(got.y!, y, 1e-8);
				for (const [place, list] of last.entries()) expectClose(got[`last${place}`]!, list, 1e-8);
				expect(gradients.length).toBe(made.inputs.length);
				for (const [place, list] of gradients.entries()) expectClose(got[`g${place}`]!, list, 1e-8);
			});
		}
	}
});

/** The operator, its attributes, and the order of its gates in terms of ours; our models have no list of strings, which RNN by relu needs. */
const native: Partial<Record<Name, { op: string; gates: readonly number[]; attributes?: OnnxNode['attributes'] }>> = {
	rnn: { op: 'RNN', gates: [0] },
	gru: { op: 'GRU', gates: [1, 0, 2], attributes: { linear_before_reset: { int: 1 } } },
	'gru reset before': { op: 'GRU', gates: [1, 0, 2] },
	lstm: { op: 'LSTM', gates: [0, 3, 1, 2] },
};

describe("cells on scan against ONNX's own operators", () => {
	const ways = { forward: 1, reverse: 1, bidirectional: 2 } as const;
	for (const [name, { op, gates, attributes }] of Object.entries(native)) {
		for (const [direction, directions] of Object.entries(ways)) {
			for (const lengths of [undefined, [2, 4, 1], [4, 1, 3]]) {
				it(`${name}, ${direction}${lengths ? `, lengths ${lengths.join(' ')}` : ''}`, async () => {
					const cell: Cell = cells[name as Name];
					const made = layer(cell, { directions, backward: direction === 'reverse', lift: true, dtype: 'float32' });
					const { outputs, last } = made.of(lengths ? made.lengths : undefined);
					const values = {
						...Object.fromEntries(outputs.map((value, way) => [`y${way}`, value])),
						...Object.fromEntries(last.map((value, place) => [`last${place}`, value])),
					};
					const given = Object.fromEntries(made.inputs.map((value) => [value.name!, value]));
					const feeds = { ...feedsOf(made.shapes, 'float32'), lengths: tensor('int32', [B], lengths ?? [T, T, T]) };
					const ours = await run(writeOnnx(emit({ inputs: { ...given, lengths: made.lengths }, outputs: values })), feeds);

					/** One weight of all directions, its gates in ONNX's order. */
					const weight = (...places: number[]) =>
						Array.from({ length: directions }, (_, way) =>
							places.flatMap((place) => {
								const all = Array.from(feeds[`x${1 + cell.states + 4 * way + place}` as keyof typeof feeds].data as Float32Array);
								const size = all.length / gates.length;
								return gates.flatMap((gate) => all.slice(gate * size, (gate + 1) * size));
							}),
						).flat();
					const rows = cell.gates * H;
					const stored = {
						w: tensor('float32', [directions, rows, E], weight(0)),
						r: tensor('float32', [directions, rows, H], weight(1)),
						b: tensor('float32', [directions, 2 * rows], weight(2, 3)),
					};
					const states = Array.from({ length: cell.states }, (_, place) => `x${1 + place}`);
					const node: OnnxNode = {
						op,
						name: 'native',
						inputs: ['x0', 'w', 'r', 'b', lengths ? 'lengths' : '', ...states],
						outputs: ['y', ...states.map((_, place) => `last${place}`)],
						attributes: { hidden_size: { int: H }, direction: { string: direction }, ...attributes },
					};
					const float = (name: string, shape: (number | string)[]) => ({ name, dtype: 'float32' as const, shape });
					const theirs = await run(
						writeOnnx({
							opset: 21,
							producer: 'test',
							metadata: {},
							graph: {
								name: 'native',
								inputs: [
									float('x0', [T, B, E]),
									...states.map((state) => float(state, [directions, B, H])),
									...(lengths ? [{ name: 'lengths', dtype: 'int32' as const, shape: [B] }] : []),
								],
								outputs: [float('y', [T, directions, B, H]), ...states.map((_, place) => float(`last${place}`, [directions, B, H]))],
								initializers: new Map(Object.entries(stored)),
								nodes: [node],
							},
						}),
						feeds,
					);
					for (const place of states.keys()) expectClose(ours[`last${place}`]!, theirs[`last${place}`]!.data as Float32Array, 1e-5);
					const y = theirs.y!.data as Float32Array;
					for (let way = 0; way < directions; way++) {
						const own = y.filter((_, i) => Math.floor(i / (B * H)) % directions === way);
						expectClose(ours[`y${way}`]!, own, 1e-5);
					}
				});
			}
		}
	}
});
