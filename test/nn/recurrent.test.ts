// Recurrent layers against PyTorch's: two layers, one direction and both, with biases and without, with lengths (test/golden/nn/recurrent.py).
import { readFileSync } from 'node:fs';
import { backward, createSession, emit, input, nn, ops, type Tensor, tensor, writeOnnx } from 'textloom';
import { describe, expect, it } from 'vitest';

const [B, T, E, H] = [3, 4, 2, 3];

interface Case {
	kind: 'rnn' | 'rnn relu' | 'gru' | 'lstm';
	bidirectional: boolean;
	bias: boolean;
	lengths: number[] | null;
	y: number[];
	h: number[];
	gradients: Record<string, number[]>;
}

const golden = JSON.parse(readFileSync(new URL('../golden/nn/recurrent.json', import.meta.url), 'utf8')) as { cases: Record<string, Case> };

const numbers = (shape: readonly number[], place: number) =>
	tensor(
		'float32',
		shape,
		Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) / 2),
	);

function layerOf({ kind, bidirectional, bias }: Pick<Case, 'kind' | 'bidirectional' | 'bias'>) {
	const options = { in: E, out: H, layers: 2, bidirectional, bias };
	if (kind === 'rnn relu') return nn.rnn({ ...options, nonlinearity: 'relu' });
	return nn[kind](options);
}

async function run(model: Uint8Array, feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
	const session = await createSession(model, { threads: 1 });
	try {
		const fed = Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
		return await session.run(fed, Object.fromEntries(session.outputs.map((name) => [name, null])));
	} finally {
		await session.release();
	}
}

function expectClose({ data }: Tensor, expected: readonly number[]) {
	expect(data.length).toBe(expected.length);
	for (const [i, value] of expected.entries()) expect(Math.abs(Number(data[i]) - value)).toBeLessThan(1e-5);
}

describe('recurrent layers against PyTorch', () => {
	for (const [title, { lengths, y, h, gradients, ...options }] of Object.entries(golden.cases)) {
		it(title, async () => {
			const layer = layerOf(options);
			const named = nn.namedParameters(layer.parameters);
			expect([...named.keys()]).toEqual(Object.keys(gradients).slice(1));
			const x = input('x', 'float32', ['batch', 'time', E]);
			const steps = input('lengths', 'int32', ['batch']);
			const { outputs, last, states } = layer.apply(x, nn.prediction, lengths ? { lengths: steps } : {});
			const factors = input('factors', 'float32', [y.length]);
			const wanted = { x, ...Object.fromEntries(named) };
			const found = backward(ops.reduceSum(ops.mul(ops.reshape(outputs, [y.length]), factors)), Object.values(wanted));
			// An LSTM's second states are its memory.
			const shown = states.flat().filter((_, place) => options.kind !== 'lstm' || place % 2 === 0);
			const program = {
				inputs: { ...wanted, lengths: steps, factors },
				outputs: {
					y: outputs,
					last,
					h: ops.concat(
						shown.map((state) => ops.unsqueeze(state, [0])),
						0,
					),
					...Object.fromEntries(Object.keys(wanted).map((name, place) => [`g.${name}`, found[place]!])),
				},
			};
			const feeds = {
				x: numbers([B, T, E], 0),
				lengths: tensor('int32', [B], lengths ?? [T, T, T]),
				factors: tensor(
					'float32',
					[y.length],
					y.map((_, i) => Math.cos(i)),
				),
				...Object.fromEntries([...named].map(([name, { shape }], place) => [name, numbers(shape, 1 + place)])),
			};
			const got = await run(writeOnnx(emit(program)), feeds);
			expectClose(got.y!, y);
			expectClose(got.h!, h);
			// The last output of the topmost layer: its last states, both directions side by side.
			const top = h.slice(-B * H * (options.bidirectional ? 2 : 1));
			const directions = top.length / (B * H);
			const joined = Array.from({ length: B }, (_, row) =>
				Array.from({ length: directions }, (_, way) => top.slice((way * B + row) * H, (way * B + row + 1) * H)).flat(),
			);
			expectClose(got.last!, joined.flat());
			// One node for a layer's forward pass and one for its gradient, whatever its directions.
			expect(emit(program).graph.nodes.filter(({ op }) => op === 'Scan').length).toBe(4);
			for (const [name, list] of Object.entries(gradients)) expectClose(got[`g.${name}`]!, list);
		});
	}
});
