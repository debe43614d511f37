// A trained classifier: it learns, it is saved, and what is loaded again predicts the same, here and in a bare ONNX Runtime.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { chain, clean, collect, evaluate, load, map, type Stage, stage, type TextClassifier, trainClassifier, words } from 'textloom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelled } from '../cli/run.js';
import { temporary } from '../stream/temporary.js';
import { tiny } from './tiny.js';

const { folder } = temporary();
const docs = labelled(20);
const texts = [...docs.map(({ text }) => text), '', 'ferry', 'words that nobody saw', `rain ${'and soup '.repeat(60)}`];
const out = join(folder, 'model');
const open: TextClassifier[] = [];
const kept = (model: TextClassifier | undefined) => {
	open.push(model!);
	return model!;
};
let trained: TextClassifier;
let loaded: TextClassifier;
beforeAll(async () => {
	trained = kept((await trainClassifier(tiny(), { out })).model);
	loaded = kept(await load(out));
});
afterAll(() => Promise.all(open.map((model) => model.close())));

describe('a trained classifier', () => {
	it('has learned its twenty documents', async () => {
		expect(await evaluate(trained, docs)).toMatchObject({ documents: 20, accuracy: 1, cut: 0 });
	});

	it('predicts in the order of the texts, with probabilities of one in all', async () => {
		const predictions = await trained.predict(texts);
		expect(predictions.map(({ text }) => text)).toEqual(texts);
		for (const { label, score, probabilities } of predictions) {
			expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 10);
			expect(score).toBe(Math.max(...probabilities));
			expect(label).toBe(trained.labels.nameOf(probabilities.indexOf(score)));
		}
		expect(predictions.slice(20).map(({ warning }) => warning)).toEqual([
			'the text is empty',
			undefined,
			'the text has no known word',
			'the text was cut at 40 of 121 tokens',
		]);
	});

	it('is the same when it is loaded: predictions, stages, labels', async () => {
		expect(await loaded.predict(texts)).toEqual(await trained.predict(texts));
		expect(loaded.stages.spec).toEqual(trained.stages.spec);
		expect(loaded.stages.spec.parts!.map(({ stage }) => stage)).toEqual(['clean', 'words', 'vocabulary']);
		expect(loaded.config).toEqual(JSON.parse(JSON.stringify(trained.config)));
		expect(loaded.labels.names).toEqual(['food', 'travel', 'weather']);
	});

	it('predicts a document alone as in a padded batch', async () => {
		const together = await trained.predict(texts);
		for (const [place, text] of texts.entries()) {
			const [alone] = await trained.predict([text]);
			for (const [label, share] of alone!.probabilities.entries()) expect(share).toBeCloseTo(together[place]!.probabilities[label]!, 6);
		}
	});

	it('keeps the other fields of documents in a stream', async () => {
		const classified = await collect(trained.classify(docs.map(({ text, label: truth }, id) => ({ text, truth, id }))));
		expect(classified.map(({ id, truth, label }) => [id, truth, label])).toEqual(docs.map(({ label }, id) => [id, label, label]));
	});

	it('predicts more texts than go through at once', async () => {
		const many = Array.from({ length: 2100 }, (_, i) => texts[i % 20]!);
		const predictions = await trained.predict(many);
		expect(predictions.map(({ label }) => label)).toEqual(many.map((_, i) => docs[i % 20]!.label));
	});

	it.each<[texts: unknown, says: string]>([
		[null, 'got null. Pass one'],
		[undefined, 'got undefined. Pass one'],
		['rain', 'got string. Pass one'],
		[['rain', 7], 'got number at place 1. Leave it out'],
		[['rain', null], 'got null at place 1. Leave it out'],
	])('refuses what is no array of texts: %j', async (texts, says) => {
		await expect(trained.predict(texts as string[])).rejects.toThrow(`predict: expected an array of texts, ${says}`);
	});

	it('refuses a label that it does not know', async () => {
		await expect(evaluate(trained, [{ text: 'rain', label: 'sport' }])).rejects.toThrow(
			"labels: expected one of food, travel, weather, got 'sport'",
		);
	});
});

it('runs in a bare ONNX Runtime and gives the same logits', async () => {
	const session = await InferenceSession.create(readFileSync(join(out, 'onnx/model.onnx')));
	expect([session.inputNames, session.outputNames]).toEqual([['ids', 'lengths'], ['logits']]);
	const encoded = loaded.stages.apply(texts.slice(0, 22).map((text) => ({ text }))) as { ids: Int32Array }[];
	const time = 12;
	const ids = new Int32Array(encoded.length * time);
	for (const [row, doc] of encoded.entries()) ids.set(doc.ids, row * time);
	const { logits } = await session.run({
		ids: new Tensor('int32', ids, [encoded.length, time]),
		lengths: new Tensor(
			'int32',
			encoded.map((doc) => doc.ids.length),
			[encoded.length],
		),
	});
	expect(logits!.dims).toEqual([22, 3]);
	const predictions = await loaded.predict(texts.slice(0, 22));
	for (const [row, { probabilities }] of predictions.entries()) {
		const [a, b, c] = (logits!.data as Float32Array).subarray(3 * row, 3 * row + 3);
		// Logits are known up to a constant: their differences are the logarithms of the odds.
		expect(a! - b!).toBeCloseTo(Math.log(probabilities[0]! / probabilities[1]!), 4);
		expect(b! - c!).toBeCloseTo(Math.log(probabilities[1]! / probabilities[2]!), 4);
	}
	await session.release();
});

describe('stages of your own', () => {
	const swap = ({ from, to }: { from: string; to: string }): Stage<{ text: string }, { text: string }> =>
		map({ stage: 'swap', options: { from, to } }, ({ text }) => ({ text: text.replaceAll(from, to) }));
	const own = join(folder, 'own');

	it('are saved by name and supplied again', async () => {
		const stages = chain(swap({ from: 'rain', to: 'snow' }), clean(), words());
		const model = kept((await trainClassifier(tiny({ stages, training: { epochs: 5 } }), { out: own })).model);
		const again = kept(await load(own, { stages: { swap } }));
		expect(await again.predict(texts)).toEqual(await model.predict(texts));
		expect(again.stages.spec.parts![0]).toEqual({ stage: 'swap', options: { from: 'rain', to: 'snow' } });
		const [rain, snow] = await again.predict(['rain', 'snow']);
		expect(rain!.probabilities).toEqual(snow!.probabilities);
	});

	it('are asked for where they are missing', async () => {
		await expect(load(own)).rejects.toThrow(
			'load: expected a stage of textloom or one of yours, got "swap". Supply it: { stages: { swap } };',
		);
	});

	it('may not drop documents at prediction', async () => {
		const drop = () => stage<{ text: string }, object>({ stage: 'swap', options: {} }, (docs) => docs.filter(({ text }) => text !== ''));
		const model = kept(await load(own, { stages: { swap: drop } }));
		await expect(model.predict(['rain', ''])).rejects.toThrow("classify: expected the model's stages to keep every document, got 1 of 2.");
		expect(await model.predict(['rain'])).toHaveLength(1);
	});
});

describe('closing', () => {
	const run = (script: string) =>
		execFileSync(process.execPath, ['--input-type=module', '-e', script, out], { encoding: 'utf8', timeout: 120_000 });
	it('may be done twice, and ends predictions with an error', async () => {
		const model = await load(out);
		await model.close();
		await model.close();
		await expect(model.predict(['rain'])).rejects.toThrow('predict: expected an open model, got one that was closed. Load it again.');
		await expect(collect(model.classify([{ text: 'rain' }]))).rejects.toThrow('classify: expected an open model, got one that was closed.');
	});

	const many = `Array.from({ length: 5000 }, (_, i) => 'rain and soup ' + i)`;
	it('lets a prediction of many windows finish, and settles: the process goes on to its end', () => {
		const stdout = run(`import { collect, load } from 'textloom';
			const model = await load(process.argv[1]);
			const predictions = model.predict(${many});
			await new Promise((resolve) => setTimeout(resolve, 1));
			await model.close();
			console.log('closed', (await predictions).length);
			await model.close();`);
		expect(stdout).toBe('closed 5000\n');
	});

	it('ends a stream with an error between two windows', () => {
		const stdout = run(`import { load } from 'textloom';
			const model = await load(process.argv[1]);
			let count = 0;
			try {
				for await (const _ of model.classify(${many}.map((text) => ({ text })))) if (++count === 1) await model.close();
			} catch (error) {
				console.log(count % 64, error.message);
			}
			console.log('closed');`);
		expect(stdout).toBe('0 classify: expected an open model, got one that was closed. Load it again.\nclosed\n');
	});

	const script = (end: string) => `import { load } from 'textloom';
		const [a, b] = [await load(process.argv[1]), await load(process.argv[1])];
		const [[first], [second]] = await Promise.all([a.predict(['rain and frost']), b.predict(['soup'])]);
		console.log(first.label, second.label);
		${end}`;
	it.each([
		['with close', 'await a.close(); await b.close();'],
		['without close', ''],
		['without close, a prediction under way', "b.predict(['rain']).then(([{ text }]) => console.log(text));"],
	])('lets the process end %s', (_, end) => {
		expect(run(script(end))).toBe(`weather food\n${end.includes('then') ? 'rain\n' : ''}`);
	});
});

it('lives beside another model', async () => {
	const other = kept((await trainClassifier(tiny({ training: { epochs: 2, seed: 8 } }))).model);
	const [alone, beside] = [await trained.predict(texts), await other.predict(texts)];
	const both = await Promise.all([trained.predict(texts), other.predict(texts)]);
	expect(both).toEqual([alone, beside]);
	expect(alone).not.toEqual(beside);
});
