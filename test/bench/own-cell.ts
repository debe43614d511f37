// A cell of a user's own (the minimal gated unit) against a GRU cell of the same size, both written plainly on `scan`: loss and all gradients
// of a classifier over 64 sequences of 100 steps, 100 numbers in, 128 in the state. In turn; the fastest run of each, in ms.

import {
	backward,
	createSession,
	emit,
	input,
	ops,
	type ScanOptions,
	type Shape,
	scan,
	sizeOf,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom/graph';
import * as nn from 'textloom/nn';
import { randomFloat } from 'textloom/stream';
import type { Result } from './support/bench.js';

const { add, gemm, matMul, mul, sigmoid, split, sub, tanh, transpose } = ops;
const [batch, time, inputs, hidden, classes, runs] = [64, 100, 100, 128, 4, 60];

/** A cell: the shapes of its weights, and a step. */
interface Cell {
	readonly shapes: Readonly<Record<string, readonly number[]>>;
	readonly body: (weights: Readonly<Record<string, Value>>) => ScanOptions['body'];
}

const own: Cell = {
	shapes: { wf: [inputs, hidden], uf: [hidden, hidden], bf: [hidden], wn: [inputs, hidden], un: [hidden, hidden], bn: [hidden] },
	body:
		({ wf, uf, bf, wn, un, bn }) =>
		([h], [x]) => {
			const f = sigmoid(add(gemm(x!, wf!, bf), matMul(h!, uf!)));
			const n = tanh(add(gemm(x!, wn!, bn), matMul(mul(f, h!), un!)));
			return { states: [add(h!, mul(f, sub(n, h!)))] };
		},
};

const gru: Cell = {
	shapes: { wi: [3 * hidden, inputs], wh: [3 * hidden, hidden], bi: [3 * hidden], bh: [3 * hidden] },
	body:
		({ wi, wh, bi, bh }) =>
		([h], [x]) => {
			const gates = (value: Value) => split(value, [hidden, hidden, hidden], 1);
			const [xr, xz, xn] = gates(gemm(x!, wi!, bi, { transB: true }));
			const [hr, hz, hn] = gates(gemm(h!, wh!, bh, { transB: true }));
			const [r, z] = [sigmoid(add(xr!, hr!)), sigmoid(add(xz!, hz!))];
			const n = tanh(add(xn!, mul(r, hn!)));
			return { states: [add(n, mul(z, sub(h!, n)))] };
		},
};

/** A session that computes loss and gradients; gives one run of it. */
async function step({ shapes, body }: Cell) {
	const sizes: Record<string, Shape> = {
		x: ['batch', 'time', inputs],
		h: ['batch', hidden],
		wo: [hidden, classes],
		bo: [classes],
		...shapes,
	};
	const values = Object.fromEntries(Object.entries(sizes).map(([name, shape]) => [name, input(name, 'float32', shape)]));
	const targets = input('targets', 'int32', ['batch']);
	const { x, h, wo, bo } = values as Record<'x' | 'h' | 'wo' | 'bo', Value>;
	const { states } = scan({ inputs: [transpose(x, [1, 0, 2])], states: [h], body: body(values) });
	const loss = nn.meanLoss(nn.crossEntropy(gemm(states[0]!, wo, bo), targets));
	const gradients = backward(loss, Object.values(values));
	const outputs = { loss, ...Object.fromEntries(Object.keys(values).map((name, place) => [`gradient.${name}`, gradients[place]!])) };
	const session = await createSession(writeOnnx(emit({ inputs: { ...values, targets }, outputs })), { threads: 2 });
	const given = Object.entries(sizes).map(([name, shape], place) => {
		const numbers = shape.map((dim) => (dim === 'batch' ? batch : dim === 'time' ? time : (dim as number)));
		const data = Array.from({ length: sizeOf(numbers) }, (_, i) => (randomFloat(1, place, i) - 0.5) * 0.2);
		return [name, tensor('float32', numbers, data)] as const;
	});
	const feeds = {
		...Object.fromEntries(given),
		targets: tensor(
			'int32',
			[batch],
			Array.from({ length: batch }, (_, i) => i % classes),
		),
	};
	const into = await session.run(feeds);
	return { run: () => session.run(feeds, { into }), release: () => session.release() };
}

/** Milliseconds of the fastest run of each, in turn. */
export async function run(): Promise<Result> {
	const both = [await step(own), await step(gru)];
	const least = both.map(() => Infinity);
	for (let round = 0; round < runs; round++) {
		for (const [place, { run }] of both.entries()) {
			const start = performance.now();
			await run();
			least[place] = Math.min(least[place]!, performance.now() - start);
		}
	}
	for (const { release } of both) await release();
	const [ours, value] = least as [number, number];
	return { bench: 'own-cell', ours, unit: 'ms/step', peers: [{ name: 'GRU cell on scan', value, ratio: value / ours }] };
}
