// What a run does beside steps: when it ends, validates, saves and stops, what callbacks hear, and what the history holds.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { accuracy, perplexity } from 'textloom/metrics';
import { adam, schedules, sgd, transforms } from 'textloom/optim';
import { type FitRecord, type FitSettings, fit, loadCheckpoint, type Metrics } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../dist/src/train/fit/pace.js';
import { temporary } from '../temporary.js';
import { checkpointWeights } from './checkpoints.js';
import { bits, line, mixed, mixedSamples, points, untimed } from './mixed.js';

const { folder } = temporary();
const at = (name: string) => join(folder, name);
const historyIn = (name: string): FitRecord[] =>
	readFileSync(join(at(name), 'history.jsonl'), 'utf8')
		.split('\n')
		.slice(0, -1)
		.map((line) => JSON.parse(line));
/** 40 points in batches of 4: an epoch has ten steps. */
const run = (settings: FitSettings = {}) =>
	fit(line(), points(40), { optimizer: sgd({ rate: 0.05 }), batchSize: 4, threads: 1, ...settings });
/** A run whose validations come to these losses, one after the other: training itself does not matter. */
const scripted = (scores: readonly number[], settings: FitSettings = {}) => {
	let place = -1;
	const score = () => scores[Math.min(place, scores.length - 1)]!;
	const metrics: Metrics = { score: { start: () => 0, add: score, result: (last: number) => last } };
	const count = ({ step }: { step: number }) => {
		place = Math.floor(step / 5) - 1;
	};
	return run({ validation: points(8), metrics, monitor: ['score'], validateEvery: 5, callbacks: [{ onSteps: count }], ...settings });
};

describe('the end', () => {
	it.each([
		[
			{ epochs: 2 },
			[
				[1, 10],
				[2, 20],
			],
		],
		[{ steps: 7 }, [[1, 7]]],
		[
			{ steps: 25 },
			[
				[1, 10],
				[2, 20],
				[3, 25],
			],
		],
		[{ steps: 25, epochs: 1 }, [[1, 10]]],
		[
			{ epochs: 1, minSteps: 15 },
			[
				[1, 10],
				[2, 20],
			],
		],
		[
			{ steps: 12, minSteps: 100 },
			[
				[1, 10],
				[2, 12],
			],
		],
		[
			{ steps: 12, validateEvery: 5 },
			[
				[1, 5],
				[1, 10],
				[2, 12],
			],
		],
		[
			{ epochs: 1, validateEvery: 4 },
			[
				[1, 4],
				[1, 8],
				[1, 10],
			],
		],
		[{ epochs: 1, validateEvery: 100 }, [[1, 10]]],
		[
			{ epochs: 2, checkpointEvery: 3 },
			[
				[1, 10],
				[2, 20],
			],
		],
	] as const)('%j: records at these epochs and steps', async (settings, expected) => {
		const { history, interrupted } = await run(settings);
		expect(history.map(({ epoch, step }) => [epoch, step])).toEqual(expected);
		expect(interrupted).toBe(false);
	});

	it('does not depend on when it is saved or validated', async () => {
		const whole = await run({ epochs: 3 });
		const often = await run({ epochs: 3, checkpointEvery: 3, validateEvery: 4, folder: at('often') });
		expect(bits(often.weights)).toEqual(bits(whole.weights));
		const mean = (records: readonly FitRecord[]) =>
			records.reduce((sum, { loss }, i) => sum + loss * (records[i]!.step - (records[i - 1]?.step ?? 0)), 0);
		expect(mean(often.history)).toBeCloseTo(mean(whole.history), 5);
	});

	it('several steps in one run end and validate at these steps, too, and come to the same bits', async () => {
		const settings = { epochs: 2, tables: 'graph', stepsPerRun: 4 } as const;
		const [whole, often] = [await run(settings), await run({ ...settings, validateEvery: 7 })];
		expect(often.history.map(({ step }) => step)).toEqual([7, 14, 20]);
		expect(bits(often.weights)).toEqual(bits(whole.weights));
	});
});

describe('each step and each epoch', () => {
	it('has its own rate, also where one run takes several steps', async () => {
		const optimizer = transforms.scheduled(schedules.exponential({ gamma: 0.7 }))(sgd({ rate: 0.3 }));
		const samples = {
			...points(40),
			order: () => Array.from({ length: 10 }, (_, i) => Uint32Array.of(4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3)),
		};
		const of = (settings: FitSettings) =>
			fit(line(), samples, { optimizer, batchSize: 4, epochs: 2, threads: 1, tables: 'graph', ...settings });
		const [one, several] = [await of({}), await of({ stepsPerRun: 4 })];
		expect(bits(several.weights)).toEqual(bits(one.weights));
		const constant = await of({ optimizer: sgd({ rate: 0.3 }) });
		expect(bits(constant.weights)).not.toEqual(bits(one.weights));
	});

	it('has a rate that may follow the validations so far, or the losses where there is none', async () => {
		const seen = new Map<number, readonly Readonly<Record<string, number>>[]>();
		const noting = transforms.scheduled(({ step, results }) => {
			seen.set(step, results);
			return 1;
		})(sgd({ rate: 0.05 }));
		const { history } = await scripted([3, 1, 2], { optimizer: noting, steps: 15 });
		expect(seen.get(0)).toEqual([]);
		expect(seen.get(5)).toEqual([history[0]!.validation]);
		expect(seen.get(14)).toEqual([history[0]!.validation, history[1]!.validation]);
		const plain = await run({ optimizer: noting, steps: 10, validateEvery: 5 });
		expect(seen.get(9)).toEqual([{ loss: plain.history[0]!.loss }]);
	});

	it('has its own order of the samples', async () => {
		const base = points(40);
		const seen: string[] = [];
		const batch: typeof base.batch = (numbers, lengths) => {
			seen.push(Array.from(numbers).join());
			return base.batch(numbers, lengths);
		};
		await fit(line(), { ...base, batch }, { batchSize: 4, epochs: 3, threads: 1 });
		const epochs = [0, 1, 2].map((epoch) => seen.slice(10 * epoch, 10 * epoch + 10));
		expect(new Set(epochs.map((batches) => batches.join('|'))).size).toBe(3);
		for (const batches of epochs)
			expect(
				batches
					.join()
					.split(',')
					.map(Number)
					.sort((a, b) => a - b),
			).toEqual(Array.from({ length: 40 }, (_, i) => i));
	});
});

describe('the best', () => {
	it('patience counts validations, by the metric that is monitored', async () => {
		const { history, best } = await scripted([1, 3, 2, 2, 2.5, 2, 9], { epochs: 50, patience: 4 });
		expect(history.map(({ validation }) => validation!.score)).toEqual([1, 3, 2, 2, 2.5, 2]);
		expect(best).toEqual(history[1]);
	});

	it.each([
		[['score'], [1, 3, 2], 10],
		[['-score'], [2, 1, 3], 10],
		[['score'], [Number.NaN, 1, 2], 15],
		[['score'], [2, Number.NaN, 1], 5],
		[['-score'], [Number.NaN, 2, 3], 10],
	] as const)('%j over %j: that of step %i', async (monitor, scores, step) => {
		const { best } = await scripted(scores, { monitor, steps: 15 });
		expect(best!.step).toBe(step);
	});

	it('its weights are what comes out, also after a resume', async () => {
		const short = await scripted([1, 3], { steps: 10 });
		const long = await scripted([1, 3, 2, 2], { steps: 20 });
		const last = await run({ steps: 20 });
		expect(bits(long.weights)).toEqual(bits(short.weights));
		expect(bits(long.weights)).not.toEqual(bits(last.weights));

		const saved = { folder: at('best'), existing: 'resume' } as const;
		await scripted([1, 3, 2, 2], { ...saved, steps: 15 });
		const resumed = await scripted([1, 3, 2, 2], { ...saved, steps: 20 });
		expect(bits(resumed.weights)).toEqual(bits(short.weights));
		expect(resumed.best!.step).toBe(10);
		expect(bits(await checkpointWeights(at('best')))).toEqual(bits(last.weights));
	});

	it('is by the lowest loss where nothing is monitored', async () => {
		const { history, best } = await run({ validation: points(8), optimizer: sgd({ rate: 0.9 }), steps: 30, validateEvery: 2 });
		expect(best!.validation!.loss).toBe(Math.min(...history.map(({ validation }) => validation!.loss)));
	});

	it('a metric that nobody measures is refused at the first validation', async () => {
		const error = 'fit: expected a metric to monitor, got accuracy, which is none of loss. Name one.';
		await expect(run({ validation: 0.2, monitor: ['accuracy'], steps: 1 })).rejects.toThrow(error);
	});
});

it('metrics are means over all samples held out, whatever the batches', async () => {
	const settings = {
		optimizer: adam({ rate: 0.01 }),
		epochs: 2,
		validation: mixedSamples(50, 9),
		metrics: { accuracy: accuracy() },
		threads: 1,
	};
	const { history } = await fit(mixed(), mixedSamples(60), { ...settings, batchSize: 20 });
	for (const { validation } of history) expect((validation!.accuracy! * 50) % 1).toBeCloseTo(0, 6);
	// Batches of 20, 20 and 10: each sample counts once.
	const zeros = (targets: Int32Array) => targets.filter((target) => target === 0).length;
	const shares: Metrics = {
		zeros: {
			start: () => [0, 0],
			add: ([found, of]: [number, number], { inputs }) => [
				found + zeros(inputs.targets!.data as Int32Array),
				of + inputs.targets!.data.length,
			],
			result: ([found, of]: [number, number]) => found / of,
		},
	};
	const { history: counted } = await fit(mixed(), mixedSamples(60), { ...settings, metrics: shares, batchSize: 20 });
	const all = mixedSamples(50, 9).batch(
		Uint32Array.from({ length: 50 }, (_, i) => i),
		{ time: 7 },
	);
	expect(counted[0]!.validation!.zeros).toBeCloseTo(Array.from(all.targets!.data as Int32Array).filter((t) => t === 0).length / 50, 9);
});

it('metrics get the losses of their batch', async () => {
	const settings = { epochs: 1, validation: points(30), metrics: { perplexity: perplexity() } };
	const { history } = await run(settings);
	const { perplexity: found, loss } = history[0]!.validation!;
	// Eight batches, the last of two: the mean over all of them is that of the losses.
	expect(found).toBeCloseTo(Math.exp(loss), 6);
});

it('the loss is the mean over the samples, where the last batch is smaller', async () => {
	const { history } = await run({ optimizer: sgd({ rate: 0 }), batchSize: 13, epochs: 1 });
	const { history: whole } = await run({ optimizer: sgd({ rate: 0 }), batchSize: 40, epochs: 1 });
	expect(history[0]!.loss).toBeCloseTo(whole[0]!.loss, 5);
});

describe('callbacks', () => {
	it('hear in order: the start, steps, records', async () => {
		const heard: string[] = [];
		await run({
			epochs: 2,
			callbacks: [
				{
					onStart: (start) => void heard.push(JSON.stringify(start)),
					onSteps: ({ epoch, step, samples, ofSamples }) => void heard.push(`${epoch}/${step}/${samples} of ${ofSamples}`),
					onRecord: ({ epoch, step }, progress) => void heard.push(`record ${epoch}/${step}, ${progress.samples} samples`),
				},
			],
		});
		expect(heard.slice(0, 3)).toEqual(['{"resumed":false,"epochs":0,"over":false,"replicas":1}', '1/1/4 of 40', '1/2/8 of 40']);
		expect(heard.slice(10, 13)).toEqual(['1/10/40 of 40', 'record 1/10, 40 samples', '2/11/4 of 40']);
		expect(heard).toHaveLength(1 + 20 + 2);
	});

	it('hear how many epochs there will be at most: by steps, not by batches', async () => {
		const epochsOf = async (settings: FitSettings) => {
			const heard = new Set<number>();
			await run({ ...settings, callbacks: [{ onSteps: ({ epochs }) => void heard.add(epochs) }] });
			return [...heard];
		};
		// 40 points in batches of 4: ten steps an epoch, or two of five batches each.
		expect(await epochsOf({ epochs: 2 })).toEqual([2]);
		expect(await epochsOf({ steps: 15 })).toEqual([2]);
		expect(await epochsOf({ epochs: 1, minSteps: 11 })).toEqual([2]);
		expect(await epochsOf({ steps: 5, accumulate: 5 })).toEqual([3]);
		expect(await epochsOf({ epochs: 1, minSteps: 5, accumulate: 5 })).toEqual([3]);
	});

	it('hear a mean loss that begins anew after each record', async () => {
		const heard: number[] = [];
		const { history } = await run({
			steps: 12,
			validateEvery: 1,
			callbacks: [{ onSteps: ({ loss }) => void heard.push(loss) }],
		});
		expect(heard).toEqual(history.map(({ loss }) => loss));
		// Between records it follows slowly.
		heard.length = 0;
		const { history: epochs } = await run({ epochs: 1, callbacks: [{ onSteps: ({ loss }) => void heard.push(loss) }] });
		expect(heard[0]).toBe(history[0]!.loss);
		const slow = history.slice(0, 10).reduce((mean, { loss }, i) => (i === 0 ? loss : mean + 0.02 * (loss - mean)), 0);
		expect(heard.at(-1)).toBeCloseTo(slow, 10);
		expect(epochs).toHaveLength(1);
	});

	it("'stop' after steps: the run ends with a record, as if it were over", async () => {
		const { history, interrupted, weights } = await run({
			folder: at('stop'),
			validation: points(8),
			callbacks: [{ onSteps: ({ step }) => (step >= 13 ? 'stop' : undefined) }, { onSteps: () => undefined }],
		});
		const { step } = history.at(-1)!;
		// Those under way are waited for.
		expect(step).toBeGreaterThanOrEqual(13);
		expect(step).toBeLessThanOrEqual(15);
		expect(interrupted).toBe(false);
		expect(history.map(({ epoch }) => epoch)).toEqual([1, 2]);
		expect(historyIn('stop')).toEqual(history);
		expect((await loadCheckpoint(at('stop')))!.position).toMatchObject({ epoch: 1, step, samples: 0 });
		const { weights: expected } = await run({ steps: step, validation: points(8) });
		expect(bits(weights)).toEqual(bits(expected));
	});

	it("'stop' after a record, also when it takes time: training waits", async () => {
		const steps: number[] = [];
		const { history } = await run({
			callbacks: [
				{
					onSteps: ({ step }) => void steps.push(step),
					onRecord: async ({ epoch }) => {
						await new Promise((resolve) => setTimeout(resolve, 30));
						expect(steps.at(-1)).toBe(10 * epoch);
						return epoch === 2 ? 'stop' : undefined;
					},
				},
			],
		});
		expect(history).toHaveLength(2);
	});

	it.each(['onStart', 'onSteps', 'onRecord'] as const)('what %s throws ends the run, and its checkpoint is whole', async (name) => {
		const reason = new Error(`no more at ${name}`);
		const failing = {
			[name]: () => {
				throw reason;
			},
		};
		const out = { folder: at(`throws-${name}`), epochs: 2, existing: 'resume' } as const;
		await expect(run({ ...out, callbacks: [failing] })).rejects.toBe(reason);
		if (name === 'onRecord') {
			await expect(run({ folder: at('rejects'), callbacks: [{ onRecord: () => Promise.reject(reason) }] })).rejects.toBe(reason);
			expect(historyIn(`throws-${name}`)).toHaveLength(1);
		}
		const { weights } = await run(out);
		expect(bits(weights)).toEqual(bits((await run({ epochs: 2 })).weights));
	});
});

it('ends its thread, after an error, too', async () => {
	const threads: { ended: boolean }[] = [];
	const note = (worker: Worker) => {
		const thread = { ended: false };
		threads.push(thread);
		worker.once('exit', () => {
			thread.ended = true;
		});
	};
	process.on('worker', note);
	try {
		await run({ steps: 2 });
		const failing = () => {
			throw new Error('enough');
		};
		await expect(run({ steps: 2, callbacks: [{ onStart: failing }] })).rejects.toThrow('enough');
	} finally {
		process.off('worker', note);
	}
	expect(threads).toEqual([{ ended: true }, { ended: true }]);
});

it('a mean loss takes batches of one call as it takes them one by one', () => {
	const [together, apart] = [new Pace(), new Pace()];
	for (const mean of [3, 1, 2]) {
		together.add(mean, { samples: 12, batches: 3 });
		for (let batch = 0; batch < 3; batch++) apart.add(mean, { samples: 4, batches: 1 });
	}
	expect(together.figures().loss).toBeCloseTo(apart.figures().loss, 12);
});

describe('a folder', () => {
	it('has the history of the result, also when the run went on', async () => {
		const first = await run({ folder: at('history'), steps: 15, validateEvery: 5 });
		expect(historyIn('history')).toEqual(first.history);
		const second = await run({ folder: at('history'), steps: 25, validateEvery: 5, existing: 'resume' });
		expect(historyIn('history')).toEqual(second.history);
		expect(second.history.slice(0, 3)).toEqual(first.history);
		expect(second.history.map(untimed)).toEqual((await run({ steps: 25, validateEvery: 5 })).history.map(untimed));
	});

	it('gets a history that was not written before the kill', async () => {
		const { history } = await run({ folder: at('late'), epochs: 2 });
		rmSync(join(at('late'), 'history.jsonl'));
		const again = await run({ folder: at('late'), epochs: 2, existing: 'resume' });
		expect(again.history).toEqual(history);
		expect(historyIn('late')).toEqual(history);
	});

	it('gets a checkpoint every so many steps, beside those after records', async () => {
		const saved: number[] = [];
		let last = '';
		await run({
			...{ folder: at('saved'), epochs: 1, checkpointEvery: 3 },
			callbacks: [
				{
					onSteps: ({ step }) => {
						const path = join(at('saved'), 'checkpoint/last.safetensors');
						const bytes = existsSync(path) ? readFileSync(path, 'latin1') : '';
						if (bytes !== last) saved.push(step - 1);
						last = bytes;
					},
				},
			],
		});
		expect(saved).toEqual([3, 6, 9]);
		expect((await loadCheckpoint(at('saved')))!.position).toMatchObject({ epoch: 1, batch: 0, step: 10 });
	});

	it.each([
		['checkpointEvery and patience may change', { checkpointEvery: 2, patience: 3, steps: 12 }, true],
		['maxLoss may change', { maxLoss: 1e6, steps: 12 }, true],
		['the size of batches may not', { batchSize: 5, steps: 12 }, false],
		['the seed may not', { seed: 1, steps: 12 }, false],
		['validateEvery may not', { validateEvery: 3, steps: 12 }, false],
		['the optimizer may not', { optimizer: adam(), steps: 12 }, false],
		['the samples held out may not', { validation: points(9), steps: 12 }, false],
		['the metrics may not', { metrics: { perplexity: perplexity() }, steps: 12 }, false],
		['what is monitored may not', { monitor: ['-loss'], steps: 12 }, false],
		['the batches of a step may not', { accumulate: 2, steps: 12 }, false],
		['the rate may not', { optimizer: sgd({ rate: 0.06 }), steps: 12 }, false],
	] as const)('when a run goes on %s', async (name, settings, may) => {
		const out = at(name.replaceAll(' ', '-'));
		await run({ folder: out, steps: 10, validation: points(8) });
		const resumed = run({ validation: points(8), ...settings, folder: out, existing: 'resume' });
		if (may) expect((await resumed).history.at(-1)!.step).toBe(12);
		else
			await expect(resumed).rejects.toThrow(
				// Which option differs is named; of the samples there is a hash only.
				name.startsWith('the samples')
					? "to be of this model, data and options, got one of another model, or of other data. Run what it was made with, or start anew (existing: 'overwrite', --overwrite)."
					: /got one whose \w+ is \S.*, not \S.*\. Run what it was made with/,
			);
	});

	it('that is not empty is refused, with what to do in code and on the command line', async () => {
		await run({ folder: at('twice'), steps: 1 });
		await expect(run({ folder: at('twice') })).rejects.toThrow(
			/^train: expected a new folder, .*go on \(existing: 'resume', --resume\), or start anew \(existing: 'overwrite', --overwrite\)\.$/,
		);
		expect((await run({ folder: at('twice'), existing: 'overwrite', steps: 2 })).history.at(-1)!.step).toBe(2);
	});
});

it('a signal before the start is refused with its reason', async () => {
	await expect(run({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
});

it.each([
	[{ steps: 0 }, 'steps to be a whole number from 1, got 0'],
	[{ validateEvery: 0 }, 'validateEvery to be a whole number from 1, got 0'],
	[{ checkpointEvery: 2.5 }, 'checkpointEvery to be a whole number from 1, got 2.5'],
	[{ minSteps: -1 }, 'minSteps to be a whole number from 0, got -1'],
	[{ validation: -0.1 }, 'validation to be an object or a share from 0 to 1, got -0.1'],
	[{ validation: 1 }, 'validation to be a share from 0 to below 1, got 1'],
	[{ validation: 0.9999 }, 'samples to train on, got 40 and a validation share of 0.9999'],
	[{ accumulate: 0 }, 'accumulate to be a whole number from 1, got 0'],
	[{ accumulate: 2, stepsPerRun: 2, tables: 'graph' }, 'stepsPerRun or accumulate, got both'],
	[{ diagnose: true, stepsPerRun: 2, tables: 'graph' }, 'stepsPerRun or diagnose, got both'],
] as const)('refuses %j', async (settings, message) => {
	await expect(run(settings)).rejects.toThrow(`expected ${message}`);
});
