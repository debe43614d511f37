// From texts to a pretrained folder to a fine-tuned one; both are read by transformers.js, which says the same.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, pipeline } from '@huggingface/transformers';
import { load, type Pretraining, pretrain, pretrained, textClassification, train, wordpiece } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { readSafetensors } from 'textloom/graph';
import { bertEncoder } from 'textloom/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'textloom-'));
const bert = join(folder, 'bert');
const tuned = join(folder, 'tuned');
const corpus = agNews.train(null);
const recipe = (epochs = 3) => ({
	corpus,
	tokenizer: wordpiece({ size: 1000 }),
	model: bertEncoder({ layers: 2, width: 32, heads: 2, positions: 64 }),
	training: { epochs, batchSize: 32, maxLength: 48, seed: 1, rate: 3e-3 },
});
let result: Pretraining;
const tokens = new Set<number>();

beforeAll(async () => {
	Object.assign(env, { allowRemoteModels: false, localModelPath: folder });
	result = await pretrain(recipe(), { out: bert, onProgress: (progress) => progress.phase === 'start' && tokens.add(progress.tokens) });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('pretraining', () => {
	it('learns to tell hidden tokens, of pieces that leave nothing out', () => {
		const losses = result.history.map(({ loss }) => loss);
		expect(losses.at(-1)!).toBeLessThan(losses[0]!);
		expect(result.history.at(-1)!.validation!.accuracy).toBeGreaterThan(0.02);
		expect([...tokens][0]).toBeGreaterThan(30_000);
	});

	it("writes PyTorch's names", () => {
		const { tensors } = readSafetensors(readFileSync(join(bert, 'model.safetensors')));
		expect(Object.keys(tensors)).toContain('bert.encoder.layer.1.attention.self.query.weight');
		expect(Object.keys(tensors)).toContain('cls.predictions.transform.LayerNorm.weight');
	});

	it('is read by transformers.js: the same vectors, and tokens for a mask', async () => {
		const text = 'Oil prices rise again';
		const extract = await pipeline('feature-extraction', 'bert', { dtype: 'fp32' });
		const theirs = await extract(text, { pooling: 'mean' });
		const found = await pretrained(bert);
		const [doc] = await found.stages().applyAsync([{ text }]);
		expect(theirs.dims).toEqual([1, 32]);
		expect((await extract(text)).dims).toEqual([1, doc!.ids.length, 32]);
		const fill = await pipeline('fill-mask', 'bert', { dtype: 'fp32', model_file_name: 'model_masked_lm' });
		const said = (await fill('oil [MASK] rise', { top_k: 3 })) as { token: number; score: number }[];
		expect(said).toHaveLength(3);
		expect(said[0]!.score).toBeGreaterThanOrEqual(said[1]!.score);
	});

	it('is fine-tuned, and the folder says the same in transformers.js', async () => {
		const found = await pretrained(bert);
		const { model } = await train(
			{
				task: textClassification(),
				corpus: agNews,
				stages: found.stages({ maxLength: 48 }),
				model: found.model(),
				optimizer: found.optimizer({ rate: 2e-3, layerDecay: 0.9, headRate: 2 }),
				training: { epochs: 3, batchSize: 32, validation: 0.1, seed: 1, calibrate: true },
			},
			{ data: null, out: tuned },
		);
		const texts = ['Oil prices rise again', 'The striker scored twice', ''];
		const said = await model.predict(texts);
		await model.close();
		const loaded = await load(tuned);
		expect((await loaded.predict(texts)).map(({ text, ...rest }) => rest)).toEqual(said.map(({ text, ...rest }) => rest));
		await loaded.close();
		const classify = await pipeline('text-classification', 'tuned', { dtype: 'fp32' });
		for (const [place, text] of texts.slice(0, 2).entries()) {
			const [best] = (await classify(text)) as { label: string; score: number }[];
			expect(best!.label).toBe(said[place]!.label);
			expect(Math.abs(best!.score - said[place]!.score)).toBeLessThan(1e-4);
		}
	});

	it('goes on from a checkpoint to the same weights', async () => {
		const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')];
		await pretrain(recipe(2), { out: whole });
		const controller = new AbortController();
		const stopped = await pretrain(recipe(2), {
			out: parts,
			signal: controller.signal,
			onProgress: (progress) => void (progress.phase === 'fit' && progress.record && controller.abort()),
		});
		expect(stopped.interrupted).toBe(true);
		await pretrain(recipe(2), { out: parts, existing: 'resume' });
		const bytes = (name: string) => readFileSync(join(name, 'model.safetensors'));
		expect(bytes(parts).equals(bytes(whole))).toBe(true);
	});
});

describe('a folder that is not whole', () => {
	const broken = (change: (folder: string) => void) => {
		const copy = mkdtempSync(join(folder, 'broken-'));
		cpSync(bert, copy, { recursive: true });
		change(copy);
		return pretrained(copy);
	};
	const without = (name: string) => (folder: string) => rmSync(join(folder, name), { recursive: true });

	it.each([
		['config.json', /^pretrained: expected config.json in .*, found none. Copy the folder of the model again.$/],
		['tokenizer.json', /^pretrained: expected tokenizer.json or vocab.txt in .*, found none. Copy the one of the model there.$/],
		[
			'onnx',
			/^pretrained: expected onnx\/model.onnx or model.onnx in .*, found none. Export the model: optimum-cli export onnx --model … .*$/,
		],
	])('without %s', async (name, message) => {
		await expect(broken(without(name))).rejects.toThrow(message);
	});

	it.each([
		['config.json', '{"model_type": "bert"', /^pretrained: expected config.json in .*, got .*JSON.* Copy the folder of the model again.$/],
		[
			'tokenizer.json',
			'[]',
			/^pretrained: expected an object in .*tokenizer.json, got something else. Copy the folder of the model again.$/,
		],
		['onnx/model.onnx', 'no model', /^readOnnx: /],
	])('with a damaged %s', async (name, text, message) => {
		await expect(broken((folder) => writeFileSync(join(folder, name), text))).rejects.toThrow(message);
	});

	it('nowhere, without options that it has, too long, with the tokenizer of another', async () => {
		await expect(pretrained(join(folder, 'nowhere'))).rejects.toThrow(
			/^pretrained: expected the folder of a model, got .*nowhere, which is none. Pass its path.$/,
		);
		const found = await pretrained(bert);
		expect(() => found.model({ poling: 'first' } as never)).toThrow(
			'pretrained.model: expected an option that it has, got poling. Did you mean pooling?',
		);
		expect(() => found.stages({ maxLength: 65 })).toThrow(
			'pretrained.stages: expected maxLength to be at most 64, which bert takes, got 65. Lower it.',
		);
		expect(() => found.model().build({ vocabulary: 2000, outputs: 2 })).toThrow(
			'pretrained: expected a tokenizer of at most 1000 tokens, as the embedding of bert has rows, got one of 2000. Take that of its folder.',
		);
	});

	it('of a vocab.txt alone: the same ids', async () => {
		const { model } = JSON.parse(readFileSync(join(bert, 'tokenizer.json'), 'utf8')) as { model: { vocab: Record<string, number> } };
		const tokens = Object.entries(model.vocab).sort(([, a], [, b]) => a - b);
		const copy = await broken((folder) => {
			rmSync(join(folder, 'tokenizer.json'));
			writeFileSync(join(folder, 'vocab.txt'), tokens.map(([token]) => `${token}\n`).join(''));
		});
		const docs = [{ text: 'Oil prices ROSE again: 3%!' }, { text: '' }];
		const ids = async (found: typeof copy) => (await found.stages().applyAsync(docs)).map((doc) => [...doc.ids]);
		expect(await ids(copy)).toEqual(await ids(await pretrained(bert)));
	});
});
