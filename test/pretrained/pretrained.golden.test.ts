// Encoders of Hugging Face's folders: every exporter's file gives PyTorch's vectors and trains along one curve.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pretrained, textClassification, train } from 'textloom';
import { createSession, readSafetensors, type Tensor } from 'textloom/graph';
import { adamw } from 'textloom/optim';
import { type Architecture, exportModel, initialWeights, modelOf, textInputs } from 'textloom/train';
import { describe, expect, it } from 'vitest';

const data = process.env.TEXTLOOM_DATA;
const at = (model: string, file = '') => join(data!, 'models', model, file);
const tensorsIn = (path: string): Record<string, Tensor> => ({ ...readSafetensors(new Uint8Array(readFileSync(path))).tensors });
const width = 64;

/** The vectors of an encoder: its map is set to hand them on. */
async function vectorsOf(architecture: Architecture, given: Readonly<Record<string, Tensor>>, outputs = width): Promise<Tensor> {
	const network = architecture.build({ vocabulary: 1000, outputs });
	const { inputs = textInputs } = architecture;
	const head = { inputs: {}, loss: () => ({}) };
	const model = modelOf(network, inputs, head as never);
	const identity = Float32Array.from({ length: outputs ** 2 }, (_, i) => (i % (outputs + 1) === 0 ? 1 : 0));
	const weights = {
		...initialWeights(model, 1),
		'classifier.weight': { dtype: 'float32' as const, shape: [outputs, outputs], data: identity },
		'classifier.bias': { dtype: 'float32' as const, shape: [outputs], data: new Float32Array(outputs) },
	};
	const session = await createSession(exportModel(model, weights));
	const { logits } = await session.run(Object.fromEntries(session.inputs.map((name) => [name, given[name]!])));
	await session.release();
	return logits!;
}

/** What a batch of ours is of what PyTorch was given. */
function batchOf({ input_ids, attention_mask, token_type_ids }: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
	const int32 = ({ shape, data }: Tensor): Tensor => ({ dtype: 'int32', shape, data: Int32Array.from(data as BigInt64Array, Number) });
	const [rows, time] = input_ids!.shape as [number, number];
	const mask = int32(attention_mask!).data as Int32Array;
	const lengths = Int32Array.from({ length: rows }, (_, row) => mask.subarray(row * time, (row + 1) * time).reduce((a, b) => a + b, 0));
	return {
		ids: int32(input_ids!),
		lengths: { dtype: 'int32', shape: [rows], data: lengths },
		...(token_type_ids && { types: int32(token_type_ids) }),
	};
}

/** The largest difference where the mask keeps a token. */
function farthest(a: Tensor, b: Tensor, lengths: Tensor): number {
	const [rows, time, width] = a.shape as [number, number, number];
	let most = 0;
	for (let row = 0; row < rows; row++)
		for (let i = row * time * width; i < (row * time + (lengths.data as Int32Array)[row]!) * width; i++)
			most = Math.max(most, Math.abs((a.data as Float32Array)[i]! - (b.data as Float32Array)[i]!));
	return most;
}

const variants = [
	...[
		'model',
		'model_external',
		'model_eval_unfolded',
		'model_training',
		'model_opset11',
		'model_opset14',
		'model_opset17',
		'model_opset14_sdpa',
	],
	...['model_dynamo_opset18', 'model_dynamo_opset21', 'model_dynamo_opset23', 'model_fused', 'model_fused_mha'],
];

describe.skipIf(!data)(`pretrained encoders${data ? '' : ' (skipped: TEXTLOOM_DATA is not set)'}`, () => {
	it.each(['tiny-bert', 'tiny-distilbert', 'tiny-roberta', 'tiny-albert'])("%s: PyTorch's vectors", async (name) => {
		const golden = tensorsIn(at(name, 'golden/forward.safetensors'));
		const batch = batchOf(golden);
		const found = await pretrained(at(name));
		const vectors = await vectorsOf(found.model({ each: 'token', pairs: 'types' in batch }), batch);
		expect(farthest(vectors, golden.last_hidden_state!, batch.lengths!)).toBeLessThan(2e-5);
	});

	it.each([
		...variants.map((file) => [file, 'golden/forward.safetensors', 2e-5] as const),
		['model_shared_initializers', 'golden/shared_initializers.safetensors', 2e-5] as const,
		['model_fp16', 'golden/forward.safetensors', 1e-2] as const,
		['model_fused_fastgelu', 'golden/forward.safetensors', 1e-3] as const,
	])("tiny-bert as %s: PyTorch's vectors", async (file, path, tolerance) => {
		const golden = tensorsIn(at('tiny-bert', path));
		const batch = batchOf({ ...tensorsIn(at('tiny-bert', 'golden/forward.safetensors')), ...golden });
		const found = await pretrained(at('tiny-bert'), { file: `onnx/${file}.onnx` });
		const vectors = await vectorsOf(found.model({ each: 'token', pairs: true }), batch);
		expect(farthest(vectors, golden.last_hidden_state!, batch.lengths!)).toBeLessThan(tolerance);
	});

	it('trains every variant along one curve', async () => {
		const docs = Array.from({ length: 16 }, (_, i) => ({
			text: `${i % 2 ? 'A good film, it is' : 'The worst of the year'} ${i}`,
			label: String(i % 2),
		}));
		const curve = async (file: string) => {
			const found = await pretrained(at('tiny-bert'), { file: `onnx/${file}.onnx` });
			const { model, history } = await train({
				task: textClassification(),
				corpus: docs,
				stages: found.stages({ maxLength: 32 }),
				model: found.model({ inside: 0, dropout: 0 }),
				optimizer: adamw({ rate: 1e-3 }),
				training: { epochs: 4, batchSize: 8, validation: 0 },
			});
			await model.close();
			return history.map(({ loss }) => loss);
		};
		const expected = await curve('model');
		expect(expected.at(-1)!).toBeLessThan(0.5 * expected[0]!);
		for (const file of variants.slice(1))
			for (const [epoch, loss] of (await curve(file)).entries())
				expect(Math.abs(loss - expected[epoch]!), `${file}, ${epoch}`).toBeLessThan(1e-4);
		for (const [epoch, loss] of (await curve('model_fp16')).entries()) expect(Math.abs(loss - expected[epoch]!)).toBeLessThan(1e-3);
	});

	it('refuses to train on what was quantized, and names a node', async () => {
		const found = await pretrained(at('tiny-bert'), { file: 'onnx/model_quantized.onnx' });
		expect(() => found.model()).toThrow(
			/expected a model of floating-point numbers to train on, got tiny-bert, which is quantized \(\w+ in .*\)\. Take/,
		);
	});

	it('refuses a file without vectors of tokens', async () => {
		const found = await pretrained(at('tiny-bert'), { file: 'onnx/model_question_answering.onnx' });
		expect(() => found.model().build({ vocabulary: 1000, outputs: 2 })).toThrow(
			/expected a model that gives last_hidden_state, got tiny-bert, which gives start_logits, end_logits/,
		);
	});

	it('reads all-MiniLM-L6-v2: its sentences are its golden vectors', async () => {
		const name = 'all-MiniLM-L6-v2';
		const found = await pretrained(at(name));
		const { sentences } = JSON.parse(readFileSync(at(name, 'golden/golden.json'), 'utf8')) as { sentences: string[] };
		const encoded = await found.stages({ maxLength: 256 }).applyAsync(sentences.map((text) => ({ text })));
		const time = Math.max(...encoded.map(({ ids }) => ids.length));
		const ids = new Int32Array(encoded.length * time);
		for (const [row, doc] of encoded.entries()) ids.set(doc.ids, row * time);
		const batch = {
			ids: { dtype: 'int32' as const, shape: [encoded.length, time], data: ids },
			lengths: { dtype: 'int32' as const, shape: [encoded.length], data: Int32Array.from(encoded, ({ ids }) => ids.length) },
		};
		const { shape, data: vectors } = await vectorsOf(found.model(), batch, 384);
		const { embeddings } = tensorsIn(at(name, 'golden/embeddings.safetensors')) as { embeddings: Tensor };
		expect(shape).toEqual(embeddings.shape);
		for (let row = 0; row < encoded.length; row++) {
			const own = (vectors as Float32Array).subarray(row * 384, (row + 1) * 384);
			const length = Math.hypot(...own);
			for (const [i, value] of own.entries())
				expect(Math.abs(value / length - (embeddings.data as Float32Array)[row * 384 + i]!)).toBeLessThan(1e-5);
		}
	});
});
