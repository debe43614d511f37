// The course of a training run: early stopping, a loss that is no number, being stopped, progress, options that cannot be.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents, type Recipe, type TrainOptions, type TrainProgress, textClassification, train } from 'textloom';
import { adam } from 'textloom/optim';
import { randomUint32 } from 'textloom/stream';
import { loadCheckpoint } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { labelled } from '../cli/run.js';
import { temporary } from '../temporary.js';
import { corpusOf, tiny } from './tiny.js';

const { folder } = temporary();
const at = (name: string) => join(folder, name);
const onnx = (name: string) => readFileSync(at(join(name, 'onnx/model.onnx'))).toString('base64');
const run = async (recipe: ReturnType<typeof tiny>, options: TrainOptions = {}) => {
	const { model, ...result } = await train(recipe, options);
	await model?.close();
	return { ...result, trained: model !== undefined };
};

it('stops when patience is at its end and keeps the best weights', async () => {
	// Labels by chance: what is learned is worth nothing on the documents held out.
	const corpus = corpusOf(labelled(60).map(({ text }, i) => ({ text, label: randomUint32(1, 2, i) % 2 ? 'yes' : 'no' })));
	const training = { epochs: 40, validation: 0.3, patience: 3 };
	const { history, best } = await run(tiny({ corpus, training }), { out: at('patient') });
	expect(history.length).toBeLessThan(40);
	expect(best).toEqual(history[best!.epoch - 1]);
	expect(history.length).toBe(best!.epoch + training.patience);
	for (const { validation } of history) expect(validation!.accuracy!).toBeLessThanOrEqual(best!.validation!.accuracy!);

	await run(tiny({ corpus, training: { ...training, epochs: best!.epoch } }), { out: at('short') });
	expect(onnx('patient')).toBe(onnx('short'));
	await run(tiny({ corpus, training: { ...training, validation: 0, epochs: best!.epoch } }), { out: at('other') });
	expect(onnx('patient')).not.toBe(onnx('other'));
});

it('stops where the loss is no number, and says at which step', async () => {
	const out = at('steep');
	await expect(run(tiny({ optimizer: adam({ rate: 1e30 }) }), { out })).rejects.toThrow(
		/^fit: expected (a (finite loss|loss of at most 1000), got \S+ at step \d+ \(epoch \d+, batch \d+, samples [\d, ]+\); before it (\S+ holds \S+|the largest weight is \S+, in \S+)|step \d+ to run, got: .*If the loss has grown,?).* lower the rate/i,
	);
	expect(existsSync(join(out, 'config.json'))).toBe(false);
});

describe('a signal', () => {
	const reason = new Error('enough');
	const stopping = (when: (progress: TrainProgress) => boolean): TrainOptions => {
		const controller = new AbortController();
		return {
			signal: controller.signal,
			onProgress: (progress) => {
				if (when(progress)) controller.abort(reason);
			},
		};
	};

	it('before the start: nothing is done', async () => {
		await expect(run(tiny(), { out: at('never'), signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
		expect(existsSync(at('never'))).toBe(false);
	});

	it.each(['answers', 'stages', 'encode'] as const)(
		'in the pass %s: its reason is thrown, and the folder can be taken again',
		async (pass) => {
			// More documents than one chunk, so that the pass itself is stopped.
			const corpus = corpusOf(labelled(1200));
			const seen: string[] = [];
			const { signal, onProgress } = stopping((progress) => seen.push(progress.phase) > 0 && progress.phase === pass);
			const promise = run(tiny({ corpus }), { out: at(`early-${pass}`), signal: signal!, onProgress: onProgress! });
			await expect(promise).rejects.toBe(reason);
			expect(seen.filter((phase) => phase === pass)).toHaveLength(1);
			const { trained } = await run(tiny({ training: { epochs: 1 } }), { out: at(`early-${pass}`) });
			expect(trained).toBe(true);
		},
	);

	it('during training: a checkpoint, from which the run ends as if it had not been stopped', async () => {
		const recipe = tiny({ training: { epochs: 6, validation: 0.2 } });
		const out = at('middle');
		const stopped = await run(recipe, {
			out,
			...stopping((progress) => progress.phase === 'fit' && progress.epoch === 4 && progress.samples >= 8),
		});
		expect(stopped).toMatchObject({ trained: false, interrupted: true });
		expect(stopped.history).toHaveLength(3);
		const { position } = (await loadCheckpoint(out))!;
		expect(position).toMatchObject({ epoch: 3 });
		expect(position.batch).toBeGreaterThanOrEqual(2);

		const resumed = await run(recipe, { out, existing: 'resume' });
		expect(resumed).toMatchObject({ trained: true, interrupted: false });
		const whole = await run(recipe, { out: at('unstopped') });
		expect(onnx('middle')).toBe(onnx('unstopped'));
		const facts = ({ history }: typeof whole) => history.map(({ epoch, loss, validation }) => ({ epoch, loss, validation }));
		expect(facts(resumed)).toEqual(facts(whole));
	});

	it('when all epochs are done: too late, the model is there', async () => {
		const late = stopping((progress) => progress.phase === 'fit' && progress.record?.epoch === 2);
		expect(await run(tiny({ training: { epochs: 2 } }), late)).toMatchObject({ trained: true, interrupted: false });
	});
});

it('passes on what a callback throws, and ends', async () => {
	const failing = (phase: string): TrainOptions => ({
		onProgress: (progress) => {
			if (progress.phase === phase) throw new Error(`no more at ${phase}`);
		},
	});
	for (const phase of ['stages', 'start', 'fit']) await expect(run(tiny(), failing(phase))).rejects.toThrow(`no more at ${phase}`);
});

it('tells its progress in order', async () => {
	const seen: TrainProgress[] = [];
	const corpus = corpusOf(labelled(1200));
	const { documents: all } = await run(tiny({ corpus, training: { epochs: 3, batchSize: 32, validation: 0.1 } }), {
		onProgress: (progress) => seen.push(progress),
	});
	expect(all).toBe(1200);
	const phases = ['answers', 'stages', 'encode', 'start', 'fit'];
	expect([...new Set(seen.map(({ phase }) => phase))]).toEqual(phases);
	const rising = (numbers: readonly number[]) => expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
	rising(seen.map(({ phase }) => phases.indexOf(phase)));
	for (const pass of phases.slice(0, 3)) {
		const counts = seen.flatMap((progress) => (progress.phase !== 'fit' && progress.phase === pass ? [progress.documents] : []));
		rising(counts);
		expect(counts.at(-1)).toBe(1200);
	}
	const fits = seen.filter((progress) => progress.phase === 'fit');
	rising(fits.map(({ epoch, samples, ofSamples }) => epoch * (ofSamples! + 1) + samples));
	expect(fits.filter(({ record }) => record).map(({ epoch, samples, ofSamples }) => [epoch, samples === ofSamples])).toEqual([
		[1, true],
		[2, true],
		[3, true],
	]);
	for (const { loss, samplesPerSecond, epochs } of fits) {
		expect(Number.isFinite(loss)).toBe(true);
		expect(samplesPerSecond).toBeGreaterThan(0);
		expect(epochs).toBe(3);
	}
});

it('refuses a generator at once: it is read several times', async () => {
	function* generate() {
		yield* labelled(20);
	}
	const once = generate();
	const corpus = { ...corpusOf([]), train: () => Object.assign(documents(once), { origin: 'a generator', sample: false }) };
	await expect(run(tiny({ corpus }), { out: at('generator') })).rejects.toThrow(
		'train: expected documents that can be read several times, got a generator or stream that can be read once.',
	);
	expect(once.next().done).toBe(false);
	expect(existsSync(at('generator'))).toBe(false);
});

it.each<[object, string, string?]>([
	[{ epochs: 0 }, 'epochs to be a whole number from 1, got 0'],
	[{ batchSize: 0 }, 'batchSize to be a whole number from 1, got 0'],
	[{ batchSize: 1.5 }, 'batchSize to be a whole number from 1, got 1.5'],
	[{ patience: Number.NaN }, 'patience to be a whole number from 1, got NaN'],
	[{ seed: -1 }, 'seed to be a whole number from 0, got -1'],
	[{ maxLength: 2 }, 'maxLength to be a whole number from 3, got 2', 'Correct it, or choose another model.'],
	[{ validation: 1 }, 'validation to be a share from 0 to below 1, got 1', 'Correct it.'],
])('refuses %j', async (training, message, next = 'Correct it, or leave it out.') => {
	await expect(run(tiny({ training }))).rejects.toThrow(`train: expected ${message}. ${next}`);
});

it('says so where nothing is left to train on', async () => {
	const corpus = [1, 2, 3].map((label) => ({ text: 'rain and wind', label }));
	const recipe = {
		...tiny({ training: { validation: 0.999 } }),
		task: textClassification({ problem: 'number' }),
		corpus: { ...corpusOf([]), train: () => Object.assign(documents(corpus), { origin: 'three texts', sample: false }) },
	};
	await expect(train(recipe as Recipe)).rejects.toThrow('expected documents to train on, got 3');
});
it('keeps one of each class to train on, whatever the share', async () => {
	let split: number[] = [];
	const onProgress: TrainOptions['onProgress'] = (progress) => {
		if (progress.phase === 'start') split = [progress.documents, progress.validation];
	};
	await run(tiny({ corpus: corpusOf(labelled(9)), training: { validation: 0.999, epochs: 1 } }), { onProgress });
	expect(split).toEqual([3, 6]);
});
