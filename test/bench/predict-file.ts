// From a file of texts to a file of labels by a word CNN, against PyTorch's loop over the same file: the 7,600 texts of AG News's test file, then
// the 25,000 of IMDB's. Beside it: one session, and batches of texts as they come in place of texts of similar length.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chain, clean, csv, jsonl, load, type Model, map, pipe, textClassification, toJsonl, train, vocabulary, words } from 'textloom';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam } from 'textloom/optim';
import { type Documents, documentsFrom } from 'textloom/stream';
import { median, type Result } from './support/bench.js';
import { peerResult } from './support/peer-step.js';

interface Labelled {
	readonly text: string;
	readonly label: string;
}

const data = process.env.TEXTLOOM_DATA ?? '../shared/data';
const [news, reviews] = [join(data, 'ag_news/test.csv.gz'), join(data, 'imdb/test.jsonl.gz')];
const files: readonly (readonly [name: string, path: string, rounds: number, docs: Documents<Labelled>])[] = [
	['AG News', news, 3, csv(news, { fields: [2, 3], record: ([label, ...texts]) => ({ text: texts.join(' '), label: label! }) })],
	['IMDB', reviews, 1, jsonl<Labelled>(reviews)],
];

type Way = (model: Model, docs: Documents<Labelled>) => Documents<object>;

const streamed: Way = (model, docs) => model(docs) as Documents<object>;

/** Batches of 64 texts as they come, several under way. */
const asTheyCome: Way = (model, docs) =>
	documentsFrom(async function* () {
		const underWay: Promise<object[]>[] = [];
		let batch: Labelled[] = [];
		for await (const doc of docs) {
			if (batch.push(doc) < 64) continue;
			underWay.push(model.predict(batch));
			batch = [];
			if (underWay.length > 8) yield await underWay.shift()!;
		}
		underWay.push(model.predict(batch));
		for (const predicted of underWay) yield await predicted;
	});

export async function run({ peers }: { peers?: string }): Promise<Result & Readonly<Record<string, unknown>>> {
	const folder = await mkdtemp(join(tmpdir(), 'textloom-bench-'));
	const threads = availableParallelism();
	const ways: Readonly<Record<string, readonly [replicas: number, way: Way]>> = {
		'a session each thread': [threads, streamed],
		'one session': [1, streamed],
		'as they come': [threads, asTheyCome],
	};
	const compared: Result['peers'] = [];
	const rates: Record<string, Readonly<Record<string, number>>> = {};
	try {
		for (const [name, path, rounds, docs] of files) {
			const recipe = {
				...{ task: textClassification(), corpus: docs, stages: chain(clean(), words(), vocabulary({ size: 20_000 })), model: wordCnn() },
				...{ optimizer: adam(), training: { steps: 5, batchSize: 64, maxLength: 400, validation: 0 } },
			};
			await (await train(recipe, { out: join(folder, name) })).model.close();
			const seconds: Record<string, number[]> = {};
			const add = (way: string, time: number) => {
				seconds[way] ??= [];
				seconds[way].push(time);
			};
			let count = 0;
			for (let round = 0; round < rounds; round++) {
				for (const [way, [replicas, predicted]] of Object.entries(ways)) {
					const model = await load(join(folder, name), { threads, replicas });
					const start = performance.now();
					const written = map(({ text, label, score }: Labelled & { score: number }) => ({ text, label, score }));
					count = await toJsonl(join(folder, 'labels.jsonl'))(
						pipe(predicted(model, docs) as Documents<Labelled & { score: number }>, written),
					);
					add(way, (performance.now() - start) / 1000);
					await model.close();
				}
				if (peers !== undefined) add('peer', (await peerResult(peers, ['predict_file_torch.py', path])).s as number);
			}
			rates[name] = Object.fromEntries(Object.entries(seconds).map(([way, times]) => [way, Math.round(count / median(times))]));
			const { peer, 'a session each thread': several, 'one session': one } = rates[name] as Record<string, number>;
			if (peer !== undefined) compared.push({ name: `PyTorch, ${name}`, value: peer, ratio: Math.max(several!, one!) / peer });
		}
	} finally {
		await rm(folder, { recursive: true });
	}
	const ours = Math.max(...Object.values(rates['AG News']!).slice(0, 2));
	return { bench: 'predict-file', ours, unit: 'texts/s', threads, rates, peers: compared };
}
