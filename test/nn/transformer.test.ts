// Attention and transformer blocks against PyTorch's, masks included (test/golden/nn/transformer.py).
import { readFileSync } from 'node:fs';
import { backward, createSession, emit, input, nn, ops, type Tensor, tensor, type Value, writeOnnx } from 'textloom';
import { describe, expect, it } from 'vitest';

const [B, T, M, W, heads, hidden] = [2, 3, 5, 4, 2, 6];
const golden = JSON.parse(readFileSync(new URL('../golden/nn/transformer.json', import.meta.url), 'utf8')) as {
	cases: Record<string, { y: number[]; gradients: Record<string, number[]> }>;
};

interface Given {
	readonly memory: Value;
	readonly lengths: Value;
	readonly memoryLengths: Value;
}

const attend = (given: (inputs: Given) => nn.MultiHeadInputs) => {
	const layer = nn.multiHeadAttention({ width: W, heads });
	return { parameters: layer.parameters, apply: (x: Value, inputs: Given) => layer.apply(x, nn.prediction, given(inputs)) };
};
const encoder = (options: Partial<nn.TransformerOptions>) => {
	const layer = nn.encoderBlock({ width: W, heads, hidden, ...options });
	return { parameters: layer.parameters, apply: (x: Value, { lengths }: Given) => layer.apply(x, nn.prediction, { lengths }) };
};
const decoder = (options: Partial<nn.TransformerOptions>) => {
	const layer = nn.decoderBlock({ width: W, heads, hidden, ...options });
	return {
		parameters: layer.parameters,
		apply: (x: Value, { memory, memoryLengths }: Given) => layer.apply(x, nn.prediction, { memory, memoryLengths }),
	};
};

const cases: Record<string, () => { parameters: nn.ParameterTree; apply: (x: Value, inputs: Given) => Value }> = {
	attention: () => attend(() => ({})),
	'attention, causal': () => attend(() => ({ causal: true })),
	'attention, lengths': () => attend(({ lengths }) => ({ lengths })),
	'attention, causal, lengths': () => attend(({ lengths }) => ({ lengths, causal: true })),
	'attention, memory, lengths': () => attend(({ memory, memoryLengths }) => ({ memory, lengths: memoryLengths })),
	'encoder, relu, after': () => encoder({}),
	'encoder, gelu, before': () => encoder({ activation: 'gelu', norm: 'before' }),
	'decoder, relu, after': () => decoder({}),
	'decoder, gelu, before': () => decoder({ activation: 'gelu', norm: 'before' }),
};

const numbers = (shape: readonly number[], place: number) =>
	tensor(
		'float32',
		shape,
		Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) / 2),
	);

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

describe('attention and transformer blocks against PyTorch', () => {
	it('covers every golden case', () => expect(Object.keys(cases)).toEqual(Object.keys(golden.cases)));
	for (const [title, build] of Object.entries(cases)) {
		it(title, async () => {
			const { y, gradients } = golden.cases[title]!;
			const { parameters, apply } = build();
			const named = nn.namedParameters(parameters);
			const x = input('x', 'float32', ['batch', 'time', W]);
			const inputs = {
				memory: input('memory', 'float32', ['batch', 'keys', W]),
				lengths: input('lengths', 'int32', ['batch']),
				memoryLengths: input('memoryLengths', 'int32', ['batch']),
			};
			const output = apply(x, inputs);
			expect(output.shape).toEqual(['batch', 'time', W]);
			const factors = input('factors', 'float32', [y.length]);
			const loss = ops.reduceSum(ops.mul(ops.reshape(output, [y.length]), factors));
			const wanted: Record<string, Value> = { x, ...('memory' in gradients && { memory: inputs.memory }), ...Object.fromEntries(named) };
			expect(Object.keys(wanted).sort()).toEqual(Object.keys(gradients).sort());
			const found = backward(loss, Object.values(wanted));
			const outputs = Object.fromEntries(Object.keys(wanted).map((name, place) => [`g.${name}`, found[place]!]));
			const model = emit({ inputs: { x, ...inputs, ...Object.fromEntries(named), factors }, outputs: { y: output, ...outputs } });
			const order = Object.keys(gradients).filter((name) => name !== 'x' && name !== 'memory');
			const got = await run(writeOnnx(model), {
				x: numbers([B, T, W], 0),
				memory: numbers([B, M, W], 1),
				lengths: tensor('int32', [B], [3, 2]),
				memoryLengths: tensor('int32', [B], [5, 1]),
				factors: tensor(
					'float32',
					[y.length],
					y.map((_, i) => Math.cos(i)),
				),
				...Object.fromEntries(order.map((name, place) => [name, numbers(named.get(name)!.shape, 2 + place)])),
			});
			expectClose(got.y!, y);
			for (const [name, list] of Object.entries(gradients)) expectClose(got[`g.${name}`]!, list);
		});
	}
});
