// An imported model is a layer like any other: `fit` trains classification files of four architectures along PyTorch's losses to its parameters.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSession, input, ops, parameter, readOnnx, readSafetensors, storedWeights, type Tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adamw, sgd } from 'textloom/optim';
import { exportModel, fit, type Samples, type Trainable, type Weights } from 'textloom/train';
import { describe, expect, it } from 'vitest';

const data = process.env.TEXTLOOM_DATA;
const models = ['tiny-bert', 'tiny-distilbert', 'tiny-roberta', 'tiny-albert'] as const;
const at = (model: string, file: string) => join(data!, 'models', model, file);
const tensorsIn = (model: string, file: string): Record<string, Tensor> => ({
	...readSafetensors(new Uint8Array(readFileSync(at(model, file)))).tensors,
});
const open = (model: string, options: nn.ImportedOptions = {}) =>
	nn.imported(readOnnx(new Uint8Array(readFileSync(at(model, 'onnx/model_classification.onnx')))), {
		sizes: { batch_size: 'batch', sequence_length: 'time' },
		...options,
	});

/** The classifier with its loss: what a batch holds is what the file takes (int64), and labels. */
function classifier(layer: nn.Imported): Trainable {
	return {
		parameters: layer.parameters,
		inputs: { ...layer.inputs, labels: { dtype: 'int64', shape: ['batch'] } },
		apply: ({ labels: _, ...inputs }, mode) => layer.apply(inputs, mode),
		loss: ({ logits }, { labels }) => nn.crossEntropy(logits!, ops.cast(labels!, 'int32')),
	};
}

/** The one batch of the golden files, in every step. */
function samplesOf(model: string, layer: nn.Imported): Samples {
	const all = tensorsIn(model, 'golden/forward.safetensors');
	const names = [...Object.keys(layer.inputs), 'labels'];
	const size = all.labels!.shape[0]!;
	return {
		size,
		batch: () => Object.fromEntries(names.map((name) => [name, { ...all[name]!, data: all[name]!.data.slice() }])),
		order: () => [Uint32Array.from({ length: size }, (_, i) => i)],
		fingerprint: () => model,
	};
}

const farthest = (a: Tensor, b: Tensor) =>
	(a.data as Float32Array).reduce(
		(most, value, i) => Math.max(most, Math.abs(value - (b.data as Float32Array)[i]!)),
		a.data.length === b.data.length ? 0 : Number.POSITIVE_INFINITY,
	);

describe.skipIf(!data)(`imported models${data ? '' : ' (skipped: TEXTLOOM_DATA is not set)'}`, () => {
	describe.each(models)('%s', (model) => {
		const golden = () => JSON.parse(readFileSync(at(model, 'golden/training.json'), 'utf8')) as { losses: number[] };
		const settings = { optimizer: adamw({ rate: 1e-3, weightDecay: 0.01 }), batchSize: 8, threads: 1, seed: 1 };

		it("has PyTorch's names and shapes for its parameters", () => {
			const { parameters } = open(model);
			const stored = tensorsIn(model, 'model.safetensors');
			const shapes = Object.fromEntries(
				Object.entries(stored).flatMap(([name, { dtype, shape }]) => (dtype === 'float32' ? [[name, shape]] : [])),
			);
			const ours = Object.fromEntries(Object.entries(parameters).map(([name, { shape }]) => [name, shape]));
			expect(ours).toEqual(shapes);
			for (const [name, { initial, shape }] of Object.entries(parameters)) {
				const numbers = initial(shape, () => 0);
				expect(farthest({ dtype: 'float32', shape, data: numbers }, stored[name]!), name).toBe(0);
			}
		});

		it.each(['onnx', 'safetensors'] as const)('50 steps of AdamW from %s: 51 losses and the last parameters', async (from) => {
			const layer = open(model);
			const { losses } = golden();
			const seen: number[] = [];
			// From safetensors: a file of zeros, as if it had been exported before the weights were there.
			const weights: Weights | undefined = from === 'safetensors' ? tensorsIn(model, 'model.safetensors') : undefined;
			const { weights: last } = await fit(classifier(layer), samplesOf(model, layer), {
				...settings,
				steps: losses.length - 1,
				weights,
				callbacks: [{ onRecord: ({ loss }) => void seen.push(loss) }],
			});
			expect(seen).toHaveLength(50);
			for (const [step, loss] of seen.entries()) expect(Math.abs(loss - losses[step]!), `loss ${step}`).toBeLessThan(1e-4);
			const { history } = await fit(classifier(layer), samplesOf(model, layer), {
				...settings,
				optimizer: sgd({ rate: 0 }),
				steps: 1,
				weights: last,
			});
			expect(Math.abs(history[0]!.loss - losses[50]!)).toBeLessThan(1e-4);
			const expected = tensorsIn(model, 'golden/adamw_final.safetensors');
			// A key's bias has no gradient but noise, which AdamW makes into steps.
			for (const [name, tensor] of Object.entries(expected))
				expect(farthest(last[name]!, tensor), name).toBeLessThan(/key\.bias|k_lin\.bias/.test(name) ? 0.05 : 1e-4);
		});

		it('is written back, and gives the logits of PyTorch', async () => {
			const layer = open(model);
			const model_ = classifier(layer);
			const session = await createSession(
				exportModel(
					model_,
					Object.fromEntries(
						Object.entries(layer.parameters).map(([name, { dtype, shape, initial }]) => [
							name,
							{ dtype, shape, data: initial(shape, () => 0) },
						]),
					),
				),
			);
			const all = tensorsIn(model, 'golden/forward.safetensors');
			const { logits } = await session.run(Object.fromEntries(session.inputs.map((name) => [name, all[name]!])));
			await session.release();
			expect(farthest(logits!, all.logits!)).toBeLessThan(2e-5);
		});
	});

	it('applied twice it is two branches over the same weights', async () => {
		const layer = open('tiny-bert');
		const [one, two] = ['a', 'b'].map((side) =>
			Object.fromEntries(Object.entries(layer.inputs).map(([name, { dtype, shape }]) => [name, { dtype, shape, name: `${side}.${name}` }])),
		);
		const pair: Trainable = {
			parameters: layer.parameters,
			inputs: Object.fromEntries(
				[one!, two!].flatMap((inputs) => Object.values(inputs).map(({ name, dtype, shape }) => [name, { dtype, shape }])),
			),
			apply: (inputs, mode) => {
				const side = (values: object) =>
					layer.apply(
						Object.fromEntries(Object.keys(layer.inputs).map((name, place) => [name, inputs[Object.values(values)[place].name]!])),
						mode,
					).logits!;
				return { distance: ops.sub(side(one!), side(two!)) };
			},
			loss: ({ distance }) => nn.loss(ops.mul(distance!, distance!)),
		};
		const all = tensorsIn('tiny-bert', 'golden/forward.safetensors');
		const samples: Samples = {
			size: 8,
			batch: () =>
				Object.fromEntries(
					Object.keys(pair.inputs).map((name) => [name, { ...all[name.slice(2)]!, data: all[name.slice(2)]!.data.slice() }]),
				),
			order: () => [Uint32Array.from({ length: 8 }, (_, i) => i)],
			fingerprint: () => 'pair',
		};
		const { history } = await fit(pair, samples, { optimizer: sgd({ rate: 0.1 }), steps: 1, threads: 1 });
		expect(history[0]!.loss).toBe(0);
	});

	it('freezes what it is told to, takes other weights in the place of its own, and drops in training', async () => {
		const name = 'bert.encoder.layer.0.attention.self.query.weight';
		const [a, b] = [parameter([2, 64], nn.normal(0.1)), parameter([64, 2], nn.zeros)];
		const layer = open('tiny-bert', { frozen: () => true, replace: { [name]: (w) => ops.add(w, ops.matMul(b, a)) } });
		const tuned: Trainable = { ...classifier(layer), parameters: { ...layer.parameters, lora: { a, b } } };
		const samples = samplesOf('tiny-bert', layer);
		const run = (model: Trainable) => fit(model, samples, { optimizer: adamw({ rate: 0.05 }), steps: 5, threads: 1, epochs: 10 });
		const { weights, history } = await run(tuned);
		expect(history[0]!.loss).toBeCloseTo(JSON.parse(readFileSync(at('tiny-bert', 'golden/training.json'), 'utf8')).losses[0], 4);
		expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
		const stored = tensorsIn('tiny-bert', 'model.safetensors');
		for (const [name, tensor] of Object.entries(stored)) expect(farthest(weights[name]!, tensor), name).toBe(0);
		expect((weights['lora.b']!.data as Float32Array).some((value) => value !== 0)).toBe(true);

		const dropping = open('tiny-bert', {
			dropout: ({ op, name }) => (op === 'Softmax' ? 0.5 : name.startsWith('/bert/pooler/activation/') ? 0.1 : 0),
		});
		const { history: dropped } = await run(classifier(dropping));
		expect(dropped[0]!.loss).not.toBeCloseTo(history[0]!.loss, 4);
	});

	it("knows PyTorch's names for all that golden files list", () => {
		for (const model of [...models, 'all-MiniLM-L6-v2']) {
			const golden = JSON.parse(readFileSync(at(model, 'golden/onnx_names.json'), 'utf8')) as Record<
				string,
				Record<string, { parameter: string[]; transposed: boolean }>
			>;
			for (const [file, names] of Object.entries(golden)) {
				const found = storedWeights(readOnnx(new Uint8Array(readFileSync(at(model, `onnx/${file}`)))));
				const expected = Object.entries(names).map(([stored, { parameter, transposed }]) => [stored, { name: parameter[0], transposed }]);
				expect(Object.fromEntries(found), `${model} ${file}`).toEqual(Object.fromEntries(expected));
			}
		}
	});

	it('an export in training mode drops in training, and does not at prediction', () => {
		const layer = nn.imported(readOnnx(new Uint8Array(readFileSync(at('tiny-bert', 'onnx/model_training.onnx')))));
		const inputs = Object.fromEntries(Object.entries(layer.inputs).map(([name, { dtype, shape }]) => [name, input(name, dtype, shape)]));
		const rates: number[] = [];
		const mode: nn.Mode = {
			training: true,
			step: nn.prediction.step,
			mask: (rate, shape) => {
				rates.push(rate);
				return input(`mask${rates.length}`, 'float32', shape);
			},
			move: () => {},
		};
		layer.apply(inputs);
		expect(rates).toEqual([]);
		layer.apply(inputs, mode);
		// Embeddings; in each of two layers attention weights, and both parts that are added.
		expect(rates).toEqual(new Array(7).fill(Math.fround(0.1)));
	});
});
