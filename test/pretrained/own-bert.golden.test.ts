// Our own BERT with PyTorch's weights: what it says, its gradients and its steps are PyTorch's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backward, createSession, emit, input, ops, readSafetensors, type Tensor, writeOnnx } from 'textloom/graph';
import { bert } from 'textloom/models/bert';
import * as nn from 'textloom/nn';
import { adamw, sgd } from 'textloom/optim';
import { fit, modelOf, parameterPlan, type Samples, type Trainable, textInputs, type Weights } from 'textloom/train';
import { describe, expect, it } from 'vitest';

const data = process.env.TEXTLOOM_DATA;
const at = (file: string) => join(data!, 'models', 'tiny-bert', file);
const tensorsIn = (file: string): Record<string, Tensor> => ({ ...readSafetensors(new Uint8Array(readFileSync(at(file)))).tensors });
const numbers = (tensor: Tensor) => tensor.data as Float32Array;
const farthest = (a: Tensor, b: Tensor) =>
	numbers(a).reduce((most, value, i) => Math.max(most, Math.abs(value - numbers(b)[i]!)), a.data.length === b.data.length ? 0 : 1e9);

/** The classifier with its loss; types of tokens are those of the golden files. */
function model(): Trainable {
	const network = bert({ layers: 2, width: 64, heads: 4, hidden: 128, positions: 128, dropout: 0 }).build({ vocabulary: 1000, outputs: 4 });
	const head = {
		inputs: { targets: { dtype: 'int32', shape: ['batch'] } },
		loss: (logits: never, { targets }: never) => nn.crossEntropy(logits, targets),
	};
	return modelOf(network, { ...textInputs, types: textInputs.ids }, head as never);
}

function samples(): Samples {
	const all = tensorsIn('golden/forward.safetensors');
	const int32 = ({ shape, data }: Tensor): Tensor => ({ dtype: 'int32', shape, data: Int32Array.from(data as BigInt64Array, Number) });
	const [size, time] = all.input_ids!.shape as [number, number];
	const lengths = Array.from({ length: size }, (_, row) =>
		Number((all.attention_mask!.data as BigInt64Array).subarray(row * time, (row + 1) * time).reduce((sum, one) => sum + one, 0n)),
	);
	const batch = () => ({
		ids: int32(all.input_ids!),
		types: int32(all.token_type_ids!),
		lengths: { dtype: 'int32' as const, shape: [size], data: Int32Array.from(lengths) },
		targets: int32(all.labels!),
	});
	return { size, batch, order: () => [Uint32Array.from({ length: size }, (_, i) => i)], fingerprint: () => 'golden' };
}

describe.skipIf(!data)(`our BERT with PyTorch's weights${data ? '' : ' (skipped: TEXTLOOM_DATA is not set)'}`, () => {
	const weights = (): Weights => tensorsIn('model.safetensors');

	it("has PyTorch's names and shapes", () => {
		const shapes = (all: Iterable<readonly [string, { shape: readonly unknown[] }]>) =>
			Object.fromEntries([...all].map(([name, { shape }]) => [name, shape]).sort());
		const ours = parameterPlan(model().parameters).map(({ name, value }) => [name, value] as const);
		expect(shapes(ours)).toEqual(shapes(Object.entries(weights()).filter(([, { dtype }]) => dtype === 'float32')));
	});

	it('gives its logits, its loss and the gradient of every parameter', async () => {
		const trainable = model();
		const inputs = Object.fromEntries(
			Object.entries(trainable.inputs).map(([name, { dtype, shape }]) => [name, input(name, dtype, shape)]),
		);
		const { logits } = trainable.apply(inputs, nn.prediction);
		const { sum, weight } = trainable.loss({ logits: logits! }, inputs) as { sum: never; weight: never };
		const loss = ops.div(sum, weight);
		const plan = parameterPlan(trainable.parameters);
		const gradients = backward(
			loss,
			plan.map(({ value }) => value),
		);
		const stored = weights();
		const session = await createSession(
			writeOnnx(
				emit({
					inputs,
					outputs: { logits: logits!, loss, ...Object.fromEntries(plan.map(({ name }, place) => [`gradient.${name}`, gradients[place]!])) },
					initializers: Object.fromEntries(plan.map(({ name, value }) => [name, { value, data: stored[name]! }])),
				}),
			),
		);
		const found = await session.run(samples().batch(Uint32Array.of(0), {}));
		await session.release();
		const forward = tensorsIn('golden/forward.safetensors');
		const { loss: expected } = JSON.parse(readFileSync(at('golden/training.json'), 'utf8')) as { loss: number };
		expect(farthest(found.logits!, forward.logits!)).toBeLessThan(2e-5);
		expect(Math.abs(numbers(found.loss!)[0]! - expected)).toBeLessThan(1e-5);
		const golden = tensorsIn('golden/gradients.safetensors');
		expect(Object.keys(golden).sort()).toEqual(plan.map(({ name }) => name).sort());
		for (const [name, tensor] of Object.entries(golden)) expect(farthest(found[`gradient.${name}`]!, tensor), name).toBeLessThan(1e-5);
	});

	it('50 steps of AdamW: 51 losses and the last parameters', async () => {
		const { losses } = JSON.parse(readFileSync(at('golden/training.json'), 'utf8')) as { losses: number[] };
		const settings = { batchSize: 8, threads: 1, seed: 1, tables: 'graph' as const };
		const { history, weights: last } = await fit(model(), samples(), {
			...{ ...settings, optimizer: adamw({ rate: 1e-3, weightDecay: 0.01 }), steps: 50, weights: weights() },
		});
		for (const [step, { loss }] of history.entries()) expect(Math.abs(loss - losses[step]!), `loss ${step}`).toBeLessThan(1e-4);
		const { history: after } = await fit(model(), samples(), { ...settings, optimizer: sgd({ rate: 0 }), steps: 1, weights: last });
		expect(Math.abs(after[0]!.loss - losses[50]!)).toBeLessThan(1e-4);
		// A key's bias has no gradient but noise, which AdamW makes into steps.
		for (const [name, tensor] of Object.entries(tensorsIn('golden/adamw_final.safetensors')))
			expect(farthest(last[name]!, tensor), name).toBeLessThan(/key\.bias/.test(name) ? 0.05 : 1e-4);
	});
});
