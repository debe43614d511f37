// convMax is convolution, maximum and ReLU in one: the same numbers and gradients as the three by themselves.
import { backward, constant, createSession, emit, input, ops, type Parameter, tensor, type Value, writeOnnx } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { expect, it } from 'vitest';

it('equals conv1d, maxOverTime and ReLU, with the same gradients', async () => {
	const [batch, time, width, filters, classes] = [4, 9, 5, 6, [2, 3]] as const;
	const x = input('x', 'float32', [batch, 'time', width]);
	const lengths = constant(tensor('int32', [batch], [9, 4, 3, 7]));
	const whole = nn.convMax({ in: width, out: filters, kernels: classes });
	const parts = classes.map((size) => nn.conv1d({ in: width, out: filters, kernel: size }));
	const together = whole.apply(x, lengths);
	const apart = ops.concat(
		parts.map((part, place) =>
			ops.relu(nn.maxOverTime({ axis: 2 }).apply(part.apply(ops.transpose(x)), ops.add(ops.sub(lengths, classes[place]!), 1))),
		),
		1,
	);

	const names = ['0.weight', '0.bias', '1.weight', '1.bias'];
	const ofWhole = names.map((name) => nn.namedParameters(whole.parameters).get(name)!);
	const ofParts = parts.flatMap((part) => [part.parameters.weight, part.parameters.bias!]);
	const number = (place: number) => (i: number) => Math.sin(12.9 * (i + 1) + 7 * place);
	const run = async (features: Value, parameters: readonly Parameter[]) => {
		const loss = ops.reduceSum(ops.mul(features, features));
		const gradients = backward(loss, [x, ...parameters]);
		const inputs = { x, ...Object.fromEntries(parameters.map((value, place) => [`p${place}`, value])) };
		const outputs = { features, ...Object.fromEntries(gradients.map((value, place) => [`g${place}`, value!])) };
		const session = await createSession(writeOnnx(emit({ inputs, outputs })), { threads: 2 });
		const feeds = Object.fromEntries(
			Object.entries(inputs).map(([name, value], place) => {
				const shape = name === 'x' ? [batch, time, width] : (value.shape as number[]);
				return [
					name,
					tensor(
						'float32',
						shape,
						Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => number(place)(i)),
					),
				];
			}),
		);
		const results = await session.run(feeds);
		await session.release();
		return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(data as Float32Array)]));
	};
	const [a, b] = [await run(together, ofWhole), await run(apart, ofParts)];
	expect(Object.keys(a)).toEqual(['features', 'g0', 'g1', 'g2', 'g3', 'g4']);
	for (const [name, numbers] of Object.entries(a)) {
		expect(numbers.some((value) => value !== 0)).toBe(true);
		for (const [i, value] of numbers.entries()) expect(value).toBeCloseTo(b[name]![i]!, 4);
	}
});
