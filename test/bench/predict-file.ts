// Labels for the 7,600 texts of AG News's test file, from CSV to predictions: one session with all threads against one for each thread.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chain, clean, csv, load, type Model, textClassification, train, vocabulary, words } from 'textloom';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam } from 'textloom/optim';
import { median, type Result } from './support/bench.js';

const rounds = 5;

export async function run(): Promise<Result & Readonly<Record<string, unknown>>> {
	const data = process.env.TEXTLOOM_DATA ?? '../shared/data';
	const path = join(data, 'ag_news/test.csv.gz');
	const docs = csv(path, { fields: [2, 3], record: ([label, ...texts]) => ({ text: texts.join(' '), label: label! }) });
	const folder = await mkdtemp(join(tmpdir(), 'textloom-bench-'));
	try {
		const recipe = {
			...{ task: textClassification(), corpus: docs, stages: chain(clean(), words(), vocabulary({ size: 20_000 })), model: wordCnn() },
			...{ optimizer: adam(), training: { steps: 5, batchSize: 64, maxLength: 128, validation: 0 } },
		};
		await (await train(recipe, { out: join(folder, 'model') })).model.close();
		const threads = availableParallelism();
		const models: readonly (readonly [name: string, Model])[] = [
			['one', await load(join(folder, 'model'), { threads })],
			['several', await load(join(folder, 'model'), { threads, replicas: threads })],
			['auto', await load(join(folder, 'model'), { threads, replicas: 'auto' })],
		];
		const rates = new Map(models.map(([name]) => [name, [] as number[]]));
		for (let round = 0; round <= rounds; round++) {
			for (const [name, model] of models) {
				const start = performance.now();
				let count = 0;
				for await (const chunk of model(docs).chunks()) count += chunk.length;
				if (round > 0) rates.get(name)!.push((1000 * count) / (performance.now() - start));
			}
		}
		for (const [, model] of models) await model.close();
		const [one, several, auto] = [...rates.values()].map(median) as [number, number, number];
		const ours = Math.max(one, several);
		return {
			...{ bench: 'predict-file', ours, unit: 'texts/s', one, several, auto, threads },
			peers: [{ name: 'one session', value: one, ratio: auto / one }],
		};
	} finally {
		await rm(folder, { recursive: true });
	}
}
