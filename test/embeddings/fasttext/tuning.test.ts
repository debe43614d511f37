// Automatic tuning: it finds options that are better than the first, within time and size.
import { readFileSync, statSync } from 'node:fs';
import { type FastTextTrial, tuneFastTextClassifier } from 'textloom/embeddings';
import { describe, expect, it } from 'vitest';
import { precisionAtRecall, recallAtPrecision } from '../../../dist/src/embeddings/fasttext/predicting/meter.js';
import { createStrategy } from '../../../dist/src/embeddings/fasttext/tuning/strategy.js';
import { temporary } from '../../temporary.js';
import { goldenFile } from './golden.js';

const { file, folder } = temporary();
const lines = readFileSync(goldenFile('one.txt'), 'utf8').trim().split('\n');
const train = file('train.txt', `${lines.slice(0, 200).join('\n')}\n`);
const valid = file('valid.txt', `${lines.slice(200).join('\n')}\n`);

describe('tuneFastTextClassifier', () => {
	it('gives the best of all that it tried, the first of which has the options that were given', async () => {
		const tried: FastTextTrial[] = [];
		const { model, score, trials, options, trial } = await tuneFastTextClassifier(
			train,
			valid,
			{ duration: 300, trials: 8, thread: 1, bucket: 1000, minn: 0, seed: 3 },
			{ onTrial: (one) => tried.push(one) },
		);
		expect([trials, tried.length]).toEqual([8, 8]);
		expect(tried[0]!.options).toMatchObject({ epoch: 5, lr: 0.1, dim: 100, wordNgrams: 1, bucket: 1000 });
		expect(score).toBe(Math.max(...tried.map((one) => one.score).filter((value) => !Number.isNaN(value))));
		expect(tried[trial - 1]).toEqual({ trial, score, options });
		expect(score).toBeGreaterThan(tried[0]!.score);
		expect((await model.test(valid)).f1).toBe(score);
		expect(model.file.args).toMatchObject({ dim: options.dim, epoch: options.epoch });
	});

	it('meets a size', async () => {
		const { model } = await tuneFastTextClassifier(train, valid, {
			duration: 300,
			trials: 5,
			thread: 1,
			wordNgrams: 2,
			bucket: 10_000,
			dim: 10,
			modelSize: '30K',
		});
		await model.save(`${folder}/tuned.ftz`);
		expect(model.file.input.kind).toBe('quantized');
		expect(statSync(`${folder}/tuned.ftz`).size).toBeLessThan(30_000);
	});

	it('looks for one label, or for points of the curve', async () => {
		for (const metric of ['f1:food', 'precisionAtRecall:90', 'recallAtPrecision:90:food'] as const) {
			const { score } = await tuneFastTextClassifier(train, valid, {
				duration: 300,
				trials: 3,
				thread: 1,
				dim: 4,
				epoch: 9,
				lr: 1,
				wordNgrams: 1,
				minn: 0,
				metric,
			});
			expect(score).toBeGreaterThan(0.8);
		}
	});

	it('refuses metrics and sizes that are none, a label that is unknown, and a time that is too short', async () => {
		const tune = (options: object) => tuneFastTextClassifier(train, valid, { duration: 300, trials: 3, thread: 1, ...options });
		await expect(tune({ metric: 'accuracy' })).rejects.toThrow("expected metric to be 'f1', 'f1:LABEL'");
		await expect(tune({ metric: 'precisionAtRecall:101' })).rejects.toThrow('expected metric to be');
		await expect(tune({ modelSize: '2 MB' })).rejects.toThrow('expected modelSize to be a number of bytes');
		await expect(tune({ metric: 'f1:nowhere' })).rejects.toThrow('expected the metric to name a label of the text, got nowhere. It has ');
		await expect(tune({ duration: 0.01 })).rejects.toThrow('expected a training to end within 0.01 seconds, got none. Raise duration.');
		await expect(tune({ modelSize: '2K', wordNgrams: 2, bucket: 1000 })).rejects.toThrow(
			/meets modelSize or memory, got none of \d+ that did/,
		);
	});

	it('ends where the signal says so', async () => {
		const stop = new AbortController();
		const run = { signal: stop.signal, onTrial: () => stop.abort(new Error('enough')) };
		await expect(tuneFastTextClassifier(train, valid, { duration: 300, thread: 1, dim: 4, epoch: 1 }, run)).rejects.toThrow('enough');
	});
});

describe('the strategy', () => {
	it('stays within bounds, leaves what is given, and comes nearer', () => {
		const strategy = createStrategy({ lr: 0.3 }, 1);
		for (let i = 0; i < 200; i++) {
			const { epoch, lr, dim, wordNgrams, minn, maxn, bucket, dsub } = strategy.ask(i / 200);
			expect(lr).toBe(0.3);
			expect(epoch! >= 1 && epoch! <= 100 && dim! >= 1 && dim! <= 1000 && wordNgrams! >= 1 && wordNgrams! <= 5).toBe(true);
			expect([0, 2, 3]).toContain(minn);
			expect(maxn).toBe(minn === 0 ? 0 : minn! + 3);
			expect([2_000_000, 10_000_000].some((most) => bucket! >= 10_000 && bucket! <= most)).toBe(true);
			expect([2, 4, 8, 16]).toContain(dsub);
		}
	});
});

describe('points of a curve', () => {
	const scored = [
		[0.9, true],
		[0.8, false],
		[0.8, true],
		[0.3, true],
	].map(([score, isRight]) => ({ score: score as number, isRight: isRight as boolean }));

	it('takes equal scores together', () => {
		expect(precisionAtRecall(scored, 4, 0.25)).toBe(1);
		expect(precisionAtRecall(scored, 4, 0.5)).toBe(3 / 4);
		expect(precisionAtRecall(scored, 4, 0.8)).toBe(0);
		expect(recallAtPrecision(scored, 4, 0.7)).toBe(3 / 4);
		expect(recallAtPrecision(scored, 4, 0.99)).toBe(1 / 4);
		expect(recallAtPrecision([], 4, 0.5)).toBe(0);
	});
});
