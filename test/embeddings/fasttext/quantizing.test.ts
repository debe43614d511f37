// Quantized classifiers: they say nearly the same, in a file that is smaller.
import { statSync } from 'node:fs';
import { fastTextClassifier, quantizeFastText, readFastText, trainFastTextClassifier } from 'textloom/embeddings';
import { describe, expect, it } from 'vitest';
import { quantizePart } from '../../../dist/src/embeddings/fasttext/quantizing/centroids.js';
import { temporary } from '../../temporary.js';
import { goldenFile, goldenModel } from './golden.js';

const { folder } = temporary();
const one = goldenFile('one.txt');
const model = await trainFastTextClassifier(one, { dim: 7, epoch: 30, lr: 0.5, thread: 1, wordNgrams: 2, bucket: 2000 });

describe('quantizeFastText', () => {
	it.each([{}, { dsub: 3 }, { qnorm: true }, { cutoff: 500 }, { cutoff: 300, qnorm: true, retrain: one, epoch: 5, lr: 0.2 }])(
		'%o: predicts nearly the same, and reads as it was written',
		async (options) => {
			const small = await quantizeFastText(model, { thread: 2, ...options });
			expect((await small.test(one)).precision).toBeGreaterThan(0.95);
			await Promise.all([small.save(`${folder}/small.ftz`), model.save(`${folder}/large.bin`)]);
			expect(statSync(`${folder}/small.ftz`).size).toBeLessThan(statSync(`${folder}/large.bin`).size / 2.5);
			const again = fastTextClassifier(await readFastText(`${folder}/small.ftz`));
			expect(again.state).toEqual(small.state);
			expect(again.predict('river runs', { k: 4 })).toEqual(small.predict('river runs', { k: 4 }));
		},
	);

	it('keeps the end of a line, and rows of the largest norm', async () => {
		const { file } = await quantizeFastText(model, { cutoff: 256 });
		expect(file.input.rows).toBe(256);
		expect(file.dictionary.words + file.dictionary.kept!.size).toBe(256);
		expect(Buffer.from(file.dictionary.bytes).toString()).toContain('</s>');
	});

	it('quantizes the output of 256 labels or more', async () => {
		const lines = Array.from({ length: 600 }, (_, i) => ({ tokens: [`w${i % 300}`, `v${i % 7}`], label: `l${i % 300}` }));
		const wide = await trainFastTextClassifier(lines, { dim: 16, epoch: 60, lr: 1, thread: 1 });
		const small = await quantizeFastText(wide, { qout: true, qnorm: true });
		expect(small.file.output.kind).toBe('quantized');
		expect((await small.test(lines)).precision).toBeGreaterThan(0.9);
		await expect(quantizeFastText(model, { qout: true })).rejects.toThrow('an output matrix of at least 256 rows, got 4. Leave out qout.');
	});

	it('is the same for the same seed, whatever the threads', async () => {
		const [a, b] = [await quantizeFastText(model, { thread: 1 }), await quantizeFastText(model, { thread: 3 })];
		expect(a.state).toEqual(b.state);
	});

	it('refuses what is quantized already, what is too small, and options without effect', async () => {
		const golden = (name: string) => readFastText(goldenModel(name)).then((file) => fastTextClassifier(file));
		await expect(quantizeFastText(await golden('ftz'))).rejects.toThrow('got a quantized one. Load the .bin file.');
		await expect(quantizeFastText(await golden('words'))).rejects.toThrow('an input matrix of at least 256 rows, got 19');
		await expect(quantizeFastText(model, { cutoff: 100 })).rejects.toThrow('got 100. Raise cutoff.');
		await expect(quantizeFastText(model, { retrain: one })).rejects.toThrow('quantizeFastText: expected cutoff beside retrain');
		await expect(quantizeFastText(model, { lr: 1 })).rejects.toThrow('quantizeFastText: expected retrain beside lr, got none.');
		await expect(quantizeFastText({} as never)).rejects.toThrow('expected model to be a classifier of fastText');
	});
});

describe('k-means of a part', () => {
	it('finds the nearest centroid of each point', () => {
		for (const width of [1, 2, 3]) {
			const points = Float32Array.from({ length: 600 * width }, (_, i) => Math.sin(i * i));
			const { centroids, codes } = quantizePart(points, width, { seed: 1, part: 0 });
			const distance = (point: number, code: number) => {
				let sum = 0;
				for (let i = 0; i < width; i++) sum += (points[point * width + i]! - centroids[code * width + i]!) ** 2;
				return sum;
			};
			for (let point = 0; point < 600; point++) {
				const least = Math.min(...Array.from({ length: 256 }, (_, code) => distance(point, code)));
				expect(distance(point, codes[point]!)).toBeLessThan(least + 1e-6);
			}
		}
	});
});
