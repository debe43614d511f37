// Training on a stream of samples: the same at each opening, mixed through a buffer, resumed by position.
import { join } from 'node:path';
import { collect, documents } from 'textloom';
import { tensor } from 'textloom/graph';
import { adam } from 'textloom/optim';
import { type FitSettings, fit, type Minibatch, streamSamples } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { bits, line, points, untimed } from './mixed.js';

const { folder } = temporary();
const point = (i: number) => ({ x: i / 25 - 1, y: (2 * i) / 25 - 3 + (i % 3) / 10 });
const docs = Array.from({ length: 50 }, (_, i) => point(i));
const collate = (docs: readonly { x: number; y: number }[]): Minibatch => ({
	x: tensor(
		'float32',
		[docs.length, 1],
		docs.map(({ x }) => x),
	),
	y: tensor(
		'float32',
		[docs.length, 1],
		docs.map(({ y }) => y),
	),
});
const stream = (options: { buffer?: number; dropLast?: boolean } = {}) =>
	streamSamples(docs, { collate, identity: 'fifty points', ...options });
const batchesOf = (samples: ReturnType<typeof stream>, epoch = 0, seed = 0) => collect(samples.batches(epoch, { batchSize: 8, seed }));
const xs = (batches: readonly Minibatch[]) => batches.flatMap(({ x }) => Array.from(x!.data as Float32Array));
const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

describe('the batches of a stream', () => {
	it('hold each document once, mixed within the buffer, as the seed and the epoch have it', async () => {
		const all = xs(await batchesOf(stream({ buffer: 0 })));
		expect(all).toEqual(docs.map(({ x }) => Math.fround(x)));
		const mixed = xs(await batchesOf(stream({ buffer: 10 })));
		expect(mixed).not.toEqual(all);
		expect(sorted(mixed)).toEqual(all);
		// A document comes at most so many places before its turn.
		for (const [place, x] of mixed.entries()) expect(all.indexOf(x) - place).toBeLessThanOrEqual(10);
		expect(xs(await batchesOf(stream({ buffer: 10 })))).toEqual(mixed);
		for (const other of [await batchesOf(stream({ buffer: 10 }), 1), await batchesOf(stream({ buffer: 10 }), 0, 1)]) {
			expect(xs(other)).not.toEqual(mixed);
			expect(sorted(xs(other))).toEqual(all);
		}
	});

	it('leave out what does not fill a batch where that is asked for', async () => {
		expect((await batchesOf(stream())).map(({ x }) => x!.shape[0])).toEqual([8, 8, 8, 8, 8, 8, 2]);
		expect((await batchesOf(stream({ dropLast: true }))).map(({ x }) => x!.shape[0])).toEqual([8, 8, 8, 8, 8, 8]);
	});

	it('need a source that can be read again', () => {
		const once = (async function* () {
			yield* docs;
		})();
		expect(() => streamSamples(once, { collate, identity: 'once' })).toThrow(
			/^streamSamples: expected documents that can be read several times/,
		);
	});
});

const run = (samples: Parameters<typeof fit>[1], settings: FitSettings = {}) =>
	fit(line(), samples, { optimizer: adam({ rate: 0.05 }), batchSize: 8, epochs: 3, threads: 1, ...settings });

describe('fit on a stream', () => {
	it('learns what it learns from the same batches in memory', async () => {
		const size = docs.length;
		const all = collate(docs);
		const memory = {
			size,
			batch: (numbers: Uint32Array) => collate(Array.from(numbers, (i) => docs[i]!)),
			order: () => Array.from({ length: 7 }, (_, i) => Uint32Array.from({ length: Math.min(8, size - 8 * i) }, (_, j) => 8 * i + j)),
			fingerprint: () => 'memory',
		};
		expect(all.x!.shape).toEqual([50, 1]);
		const [ours, theirs] = [
			await run(stream({ buffer: 0 }), { validation: stream({ buffer: 0 }) }),
			await run(memory, { validation: memory }),
		];
		expect(bits(ours.weights)).toEqual(bits(theirs.weights));
		expect(ours.history.map(untimed)).toEqual(theirs.history.map(untimed));
		for (const more of [{ accumulate: 3 }, { stepsPerRun: 4, tables: 'graph' }] as const)
			expect(bits((await run(stream({ buffer: 0 }), more)).weights)).toEqual(bits((await run(memory, more)).weights));
	});

	it('goes on from where it was stopped, to the same bits', async () => {
		const whole = await run(stream({ buffer: 10 }));
		const controller = new AbortController();
		const out = join(folder, 'stream');
		const callbacks = [{ onSteps: ({ step }: { step: number }) => void (step >= 10 && controller.abort()) }];
		const stopped = await run(stream({ buffer: 10 }), { folder: out, signal: controller.signal, callbacks });
		expect(stopped.interrupted).toBe(true);
		const resumed = await run(stream({ buffer: 10 }), { folder: out, existing: 'resume' });
		expect(bits(resumed.weights)).toEqual(bits(whole.weights));
		expect(resumed.history.map(untimed)).toEqual(whole.history.map(untimed));
		await expect(run(stream({ buffer: 11 }), { folder: out, existing: 'resume' })).rejects.toThrow(
			'got one of another model, or of other data',
		);
	});

	it('tells samples so far; how many there are in all it does not know', async () => {
		const heard: unknown[] = [];
		await run(stream(), { epochs: 2, callbacks: [{ onSteps: ({ samples, ofSamples }) => void heard.push([samples, ofSamples]) }] });
		expect(heard).toEqual([8, 16, 24, 32, 40, 48, 50, 8, 16, 24, 32, 40, 48, 50].map((samples) => [samples, undefined]));
	});

	it('refuses a share of it as validation, and a stream of nothing', async () => {
		await expect(run(stream(), { validation: 0.2 })).rejects.toThrow(
			'fit: expected samples in memory to hold out a share of them, got a stream and 0.2. Pass samples as validation.',
		);
		await expect(run(streamSamples(documents([]), { collate, identity: 'nothing' }))).rejects.toThrow(
			'fit: expected samples in every epoch, got none in epoch 1.',
		);
		expect(points(4).size).toBe(4);
	});
});
