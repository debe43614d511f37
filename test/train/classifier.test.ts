// A trained classifier: it learns, it is saved, and what is loaded again predicts the same, here and in a bare ONNX Runtime.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import {
	chain,
	clean,
	collect,
	evaluate,
	load as loadModel,
	type Model,
	map,
	type Stage,
	stage,
	type TextClassification,
	textClassification,
	train,
	vocabulary,
	words,
} from 'textloom';
import { readSafetensors, tensor } from 'textloom/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModelFolder, saveModelFolder } from '../../dist/src/train/task/model-folder.js';
import { cli, labelled } from '../cli/run.js';
import { hang } from '../limits.js';
import { temporary } from '../temporary.js';
import { tiny } from './tiny.js';

const { folder } = temporary();
const docs = labelled(20);
const texts = [...docs.map(({ text }) => text), '', 'ferry', 'words that nobody saw', `rain ${'and soup '.repeat(60)}`];
const out = join(folder, 'model');
type TextClassifier = Model<TextClassification>;
/** A model of the task that all tests here are about. */
const load = (folder: string, options: Parameters<typeof loadModel>[1] = {}): Promise<TextClassifier> =>
	loadModel(folder, { task: textClassification, ...options }) as Promise<TextClassifier>;
const open: TextClassifier[] = [];
const kept = (model: TextClassifier | undefined) => {
	open.push(model!);
	return model!;
};
let trained: TextClassifier;
let loaded: TextClassifier;
beforeAll(async () => {
	trained = kept((await train(tiny(), { out })).model);
	loaded = kept(await load(out));
});
afterAll(() => Promise.all(open.map((model) => model.close())));

describe('a trained classifier', () => {
	it('has learned its twenty documents', async () => {
		expect(await evaluate(trained, docs)).toMatchObject({ documents: 20, accuracy: 1, cut: 0 });
	});

	it('learns in the precision asked for, and is saved in float32', async () => {
		const losses = ({ history }: { history: readonly { readonly loss: number }[] }) => history.map(({ loss }) => loss);
		const plain = await train(tiny());
		kept(plain.model);
		const usual = losses(plain);
		for (const precision of [{ compute: 'float16', lossScale: 'dynamic' }, { parameters: 'float64' }] as const) {
			const trained = await train(tiny(), { precision });
			expect(await evaluate(kept(trained.model), docs)).toMatchObject({ accuracy: 1 });
			expect(losses(trained)).not.toEqual(usual);
			expect(losses(trained).at(-1)).toBeCloseTo(usual.at(-1)!, 2);
		}
	});

	it('predicts in the order of the texts, with probabilities of one in all', async () => {
		const predictions = await trained.predict(texts);
		expect(predictions.map(({ text }) => text)).toEqual(texts);
		for (const { label, score, probabilities } of predictions) {
			expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 10);
			expect(score).toBe(Math.max(...probabilities));
			expect(label).toBe(trained.labels[probabilities.indexOf(score)]);
		}
		expect(predictions.slice(20).map(({ warning }) => warning)).toEqual([
			'the text is empty',
			undefined,
			'the text has no known word',
			'the text was cut at 40 of 121 tokens',
		]);
	});

	it('cuts what is longer than the longest length, and nothing that is just as long', async () => {
		const long = [39, 40, 41].map((size) => 'rain '.repeat(size));
		const warned = (await trained.predict(long)).map(({ warning }) => warning);
		expect(warned).toEqual([undefined, undefined, 'the text was cut at 40 of 41 tokens']);
		expect(
			await evaluate(
				trained,
				long.map((text) => ({ text, label: 'weather' })),
			),
		).toMatchObject({ cut: 1 });
	});

	it('says in a field whether a text was cut, whatever the document says itself', async () => {
		expect((await trained.predict(['rain', '', 'rain '.repeat(41)])).map(({ cut }) => cut)).toEqual([false, false, true]);
		const marked = [{ text: 'rain', label: 'weather', warning: 'the text was cut by its author', cut: true }];
		expect(await evaluate(trained, marked)).toMatchObject({ cut: 0 });
	});

	it('is the same when it is loaded: predictions, stages, labels', async () => {
		expect(await loaded.predict(texts)).toEqual(await trained.predict(texts));
		expect(loaded.stages.spec).toEqual(trained.stages.spec);
		expect(loaded.stages.spec.parts!.map(({ stage }) => stage)).toEqual(['clean', 'words', 'vocabulary']);
		expect(loaded.config).toEqual(JSON.parse(JSON.stringify(trained.config)));
		expect(loaded.labels).toEqual(['food', 'travel', 'weather']);
	});

	it('says the same with several sessions at once', async () => {
		const many = Array.from({ length: 300 }, (_, i) => texts[i % texts.length]!);
		const usual = await trained.predict(many);
		for (const replicas of [2, 'auto'] as const) {
			const model = kept(await load(out, { task: textClassification, replicas, threads: 2 }));
			const said = await model.predict(many);
			for (const [place, { label, score }] of said.entries()) {
				expect(label).toBe(usual[place]!.label);
				expect(score).toBeCloseTo(usual[place]!.score, 5);
			}
		}
		await expect(load(out, { replicas: 0 })).rejects.toThrow("load: expected replicas to be a whole number from 1 or 'auto', got 0.");
	});

	it('says nearly the same with products in bytes, on the CPU', async () => {
		const usual = await trained.predict(texts);
		const model = kept(await load(out, { precision: 'int8' }));
		for (const [place, { label, score }] of (await model.predict(texts)).entries()) {
			expect(label).toBe(usual[place]!.label);
			expect(score).toBeCloseTo(usual[place]!.score, 1);
		}
		await expect(load(out, { precision: 'int8', device: 'webgpu' })).rejects.toThrow(
			'load: expected device cpu for precision int8, got webgpu. Leave one of the two out.',
		);
		await expect(load(out, { precision: 'int4' as never })).rejects.toThrow(
			"load: expected precision to be one of 'float32', 'int8', got 'int4'",
		);
	});

	it('predicts a document alone as in a padded batch', async () => {
		const together = await trained.predict(texts);
		for (const [place, text] of texts.entries()) {
			const [alone] = await trained.predict([text]);
			for (const [label, share] of alone!.probabilities.entries()) expect(share).toBeCloseTo(together[place]!.probabilities[label]!, 6);
		}
	});

	it('keeps the other fields of documents in a stream', async () => {
		const classified = await collect(trained(docs.map(({ text, label: truth }, id) => ({ text, truth, id }))));
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
		await expect(trained.predict(texts as string[])).rejects.toThrow(`predict: expected an array of texts or documents, ${says}`);
	});

	it('refuses a label that it does not know', async () => {
		await expect(evaluate(trained, [{ text: 'rain', label: 'sport' }])).rejects.toThrow(
			'document 1: text-classification: expected one of food, travel, weather, got "sport"',
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
		map(({ text }) => ({ text: text.replaceAll(from, to) }), { stage: 'swap', options: { from, to } });
	const own = join(folder, 'own');

	it('are saved by name and supplied again', async () => {
		const stages = chain(swap({ from: 'rain', to: 'snow' }), clean(), words(), vocabulary());
		const model = kept((await train(tiny({ stages, training: { epochs: 5 } }), { out: own })).model);
		const again = kept(await load(own, { stages: { swap } }));
		expect(await again.predict(texts)).toEqual(await model.predict(texts));
		expect(again.stages.spec.parts![0]).toEqual({ stage: 'swap', options: { from: 'rain', to: 'snow' } });
		const [rain, snow] = await again.predict(['rain', 'snow']);
		expect(rain!.probabilities).toEqual(snow!.probabilities);
	});

	it('are asked for where they are missing', async () => {
		await expect(load(own)).rejects.toThrow(
			'load: expected a stage of yours called "swap", got none. Supply it: { stages: { "swap": … } }.',
		);
	});

	it('have the arrays of numbers that they learned beside pipeline.json', async () => {
		const lengths = (options: Record<string, never>, state: { longest: Int32Array }) =>
			map(({ text }: { text: string }) => ({ text: text.slice(0, state.longest[0]) }), { stage: 'lengths', options, state });
		const place = join(folder, 'numbers');
		const stages = chain(lengths({}, { longest: Int32Array.of(20) }), clean(), words(), vocabulary());
		kept((await train(tiny({ stages, training: { epochs: 1 } }), { out: place })).model);
		expect(readSafetensors(readFileSync(join(place, 'pipeline.safetensors'))).tensors).toEqual({
			'0.lengths.longest': tensor('int32', [1], [20]),
		});
		const again = kept(await load(place, { stages: { lengths: lengths as never } }));
		expect(again.stages.spec.parts![0]!.state).toEqual({ longest: Int32Array.of(20) });
		writeFileSync(join(place, 'pipeline.safetensors'), 'nonsense');
		await expect(load(place, { stages: { lengths: lengths as never } })).rejects.toThrow('pipeline.safetensors is damaged');
	});

	it('may not drop documents at prediction', async () => {
		const drop = () => stage<{ text: string }, object>((docs) => docs.filter(({ text }) => text !== ''), { stage: 'swap' });
		const model = kept(await load(own, { stages: { swap: drop } }));
		await expect(model.predict(['rain', ''])).rejects.toThrow("predict: expected the model's stages to keep every document, got 1 of 2.");
		expect(await model.predict(['rain'])).toHaveLength(1);
	});
});

describe('closing', () => {
	const run = (script: string) =>
		execFileSync(process.execPath, ['--input-type=module', '-e', script, out], { encoding: 'utf8', timeout: hang });
	it('may be done twice, and ends predictions with an error', async () => {
		const model = await load(out);
		await model.close();
		await model.close();
		await expect(model.predict(['rain'])).rejects.toThrow('predict: expected an open model, got one that was closed. Load it again.');
		await expect(collect(model([{ text: 'rain' }]))).rejects.toThrow('predict: expected an open model, got one that was closed.');
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
				for await (const _ of model(${many}.map((text) => ({ text })))) if (++count === 1) await model.close();
			} catch (error) {
				console.log(count % 64, error.message);
			}
			console.log('closed');`);
		expect(stdout).toBe('0 predict: expected an open model, got one that was closed. Load it again.\nclosed\n');
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

describe('a folder that is trained in again', () => {
	const filesOf = (path: string) =>
		['config.json', 'pipeline.json', 'vocabulary.json', 'onnx/model.onnx'].map((name) => readFileSync(join(path, name), 'latin1'));

	it('has the same files for the same run, to the letter', async () => {
		const [first, second] = [join(folder, 'first'), join(folder, 'second')];
		for (const path of [first, second]) {
			kept((await train(tiny({ training: { epochs: 3, validation: 0.3 } }), { out: path })).model);
		}
		expect(filesOf(second)).toEqual(filesOf(first));
		const model = kept(await load(first));
		expect(model.config.training.best).toMatchObject({ epoch: expect.any(Number), validation: { accuracy: expect.any(Number) } });
	});

	const stopped = async (path: string) => {
		const controller = new AbortController();
		const onProgress = ({ phase }: { phase: string }) => phase === 'fit' && controller.abort();
		return train(tiny({ training: { seed: 5 } }), { out: path, existing: 'overwrite', signal: controller.signal, onProgress });
	};

	it('keeps the model before until the new one is there, and says so', async () => {
		const path = join(folder, 'overwritten');
		cpSync(out, path, { recursive: true });
		expect(await stopped(path)).toMatchObject({ interrupted: true });
		const before = kept(await load(path));
		expect(await before.predict(texts)).toEqual(await trained.predict(texts));
		const notice = `the model in ${path} is that from before a run which has not come to its end. Go on with the command that began it, and --resume.`;
		expect(before.notice).toBe(notice);
		const { stderr } = await cli(['predict', path, '-'], { input: 'rain\n' });
		expect(stderr).toContain(`textloom predict: ${notice}\n`);
		kept((await train(tiny({ training: { seed: 5 } }), { out: path, existing: 'resume' })).model);
		const after = kept(await load(path));
		expect(after.notice).toBeUndefined();
		expect(await after.predict(texts)).not.toEqual(await trained.predict(texts));
	});

	it('a process killed at any moment of its replacement leaves one of the two whole', async () => {
		const next = join(folder, 'next');
		const other = kept((await train(tiny({ training: { epochs: 2, seed: 8 } }), { out: next })).model);
		const answers = [await trained.predict(texts), await other.predict(texts)];
		const script = `import { readModelFolder, saveModelFolder } from '${new URL('../../dist/src/train/task/model-folder.js', import.meta.url)}';
			await saveModelFolder(process.argv[2], await readModelFolder(process.argv[1]));`;
		const preload = new URL('../base/killed-at.mjs', import.meta.url).href;
		const seen: number[] = [];
		for (let call = 0, ended = false; !ended; call++) {
			const path = join(folder, `replaced-${call}`);
			cpSync(out, path, { recursive: true });
			const args = ['--import', preload, '--input-type=module', '-e', script, next, path];
			const { signal, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, KILL_AT: String(call) }, encoding: 'utf8' });
			expect(stderr).toBe('');
			ended = signal === null;
			const model = await load(path);
			const said = await model.predict(texts);
			await model.close();
			const found = answers.findIndex((answer) => isDeepStrictEqual(answer, said));
			expect(found, `killed at call ${call}`).toBeGreaterThanOrEqual(0);
			seen.push(found);
			// Once loaded, any other program finds that model whole, too.
			expect(filesOf(path), `killed at call ${call}`).toEqual(filesOf(found === 0 ? out : next));
			rmSync(path, { recursive: true });
		}
		expect(seen).toEqual([...seen].sort());
		expect(new Set(seen).size).toBe(2);
	});

	it('may be loaded while it is replaced', async () => {
		const path = join(folder, 'busy');
		const models = await Promise.all([readModelFolder(out), readModelFolder(join(folder, 'next'))]);
		await saveModelFolder(path, models[0]!);
		let over = false;
		const writing = (async () => {
			for (let turn = 0; turn < 60; turn++) await saveModelFolder(path, models[turn % 2]!);
			over = true;
		})();
		const read: number[] = [];
		while (!over) {
			const { programs, config } = await readModelFolder(path);
			const onnx = programs.model!;
			const which = models.findIndex((model) => Buffer.compare(model.programs.model!, onnx) === 0);
			expect(config).toEqual(models[which]!.config);
			read.push(which);
		}
		await writing;
		expect(new Set(read).size).toBe(2);
	});

	it.skipIf(process.platform === 'win32').each(['start', 'fit'])(
		'ends where the working directory is removed at %s, and spins nowhere',
		(phase) => {
			const gone = join(folder, `gone-${phase}`);
			mkdirSync(gone);
			const dist = new URL('../../dist/', import.meta.url).href;
			const script = `import { rmSync } from 'node:fs';
				import { train } from 'textloom';
				import agNews from '${dist}pipelines/ag-news.js';
				let removed = false;
				const onProgress = ({ phase }) => {
					if (removed || phase !== '${phase}') return;
					removed = true;
					rmSync(process.argv[1], { recursive: true });
				};
				process.chdir(process.argv[1]);
				const { model } = await train({ ...agNews, training: { epochs: 2, minSteps: 0 } }, { data: null, out: 'run', onProgress });
				await model?.close();`;
			const args = ['--input-type=module', '-e', script, gone];
			const { status, signal, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: hang });
			expect(signal).toBeNull();
			// No thread begins there; a file is written at its absolute path, or it is said which folder is not there.
			const says = /worker: expected a working directory, got one that was removed|expected to write \S+ in folder \S+gone-\w+\/run/;
			if (status !== 0) expect(stderr).toMatch(says);
			else expect(readFileSync(join(gone, 'run/config.json'), 'utf8')).toContain('"text-classification"');
		},
	);
});

it('lives beside another model', async () => {
	const other = kept((await train(tiny({ training: { epochs: 2, seed: 8 } }))).model);
	const [alone, beside] = [await trained.predict(texts), await other.predict(texts)];
	const both = await Promise.all([trained.predict(texts), other.predict(texts)]);
	expect(both).toEqual([alone, beside]);
	expect(alone).not.toEqual(beside);
});
