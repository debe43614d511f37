// Stages that change texts in training: each epoch sees other texts, prediction none of it, and a run that was stopped goes on to the same bits.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { augment, chain, clean, load, train, vocabulary, words } from 'textloom';
import { fit, type Samples } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { bits, line, points } from './mixed.js';
import { tiny } from './tiny.js';

const { folder } = temporary();
const recipe = (drop: number) =>
	tiny({ stages: chain(clean(), words(), augment({ drop, seed: 1 }), vocabulary()), training: { epochs: 3, validation: 0.2 } });
const onnx = (out: string) => readFileSync(join(out, 'onnx/model.onnx'));

describe('train with augment', () => {
	it('trains on other texts in each epoch, and resumes to the same bits', async () => {
		const [whole, plain, stopped] = ['whole', 'plain', 'stopped'].map((name) => join(folder, name)) as [string, string, string];
		const { model } = await train(recipe(0.5), { out: whole, threads: 1 });
		await model.close();
		await (await train(recipe(0), { out: plain, threads: 1 })).model.close();
		expect(onnx(plain).equals(onnx(whole))).toBe(false);

		const stop = new AbortController();
		const first = await train(recipe(0.5), {
			out: stopped,
			threads: 1,
			signal: stop.signal,
			onProgress: (progress) => {
				if (progress.phase === 'fit' && progress.record?.epoch === 1) stop.abort();
			},
		});
		expect(first.interrupted).toBe(true);
		await (await train(recipe(0.5), { out: stopped, existing: 'resume', threads: 1 })).model!.close();
		expect(onnx(stopped).equals(onnx(whole))).toBe(true);
	});

	it('leaves texts as they are in prediction', async () => {
		const out = join(folder, 'whole');
		const model = await load(out);
		const text = 'a text of some words that is the same each time';
		const [one, two] = await model.predict([text, text]);
		expect(two).toEqual(one);
		await model.close();
	});
});

describe('fit with samples that differ by epoch', () => {
	it('asks for each epoch once, and resumes to the same bits', async () => {
		const epochs: number[] = [];
		const base = points(32);
		const samples: Samples = {
			...base,
			inEpoch: async (epoch) => {
				epochs.push(epoch);
				return points(32, 0.1 * (epoch + 1));
			},
		};
		const settings = { epochs: 3, batchSize: 8, validation: 0.25, threads: 1 };
		const { weights } = await fit(line(), samples, settings);
		expect(epochs).toEqual([0, 1, 2]);
		const plain = await fit(line(), base, settings);
		expect(bits(weights)).not.toEqual(bits(plain.weights));

		const out = join(folder, 'fit');
		await fit(line(), samples, { ...settings, folder: out, callbacks: [{ onRecord: ({ epoch }) => (epoch === 2 ? 'stop' : undefined) }] });
		const resumed = await fit(line(), samples, { ...settings, folder: out, existing: 'resume' });
		expect(bits(resumed.weights)).toEqual(bits(weights));
	});

	it('refuses an epoch of another size', async () => {
		const samples: Samples = { ...points(8), inEpoch: async (epoch) => points(8 - epoch) };
		await expect(fit(line(), samples, { epochs: 2, batchSize: 4, threads: 1 })).rejects.toThrow(
			'fit: expected 8 samples in every epoch, got 7 in epoch 2.',
		);
	});
});
