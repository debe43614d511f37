// States that pass from batch to batch: a language model over a text cut into chunks is the one over the whole text.
import { join } from 'node:path';
import { createSession, type Tensor, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam, sgd } from 'textloom/optim';
import { randomUint32 } from 'textloom/stream';
import { exportModel, type FitSettings, fit, initialWeights, type Samples, type Trainable, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { checkpointTensors } from './checkpoints.js';
import { bits, untimed } from './mixed.js';
import { testStepper } from './steps.js';

const { folder } = temporary();
const [words, hidden] = [12, 8];

/** A GRU that says the next word, its state carried; with `reset` an input that says which texts begin. */
function languageModel({ dropout = 0, reset = false } = {}): Trainable {
	const embed = nn.embedding({ size: words, width: 6 });
	const gru = nn.gru({ in: 6, out: hidden });
	const drop = nn.dropout(dropout);
	const out = nn.linear({ in: hidden, out: words });
	return {
		parameters: { embed: embed.parameters, gru: gru.parameters, out: out.parameters },
		inputs: {
			ids: { dtype: 'int32', shape: ['batch', 'time'] },
			targets: { dtype: 'int32', shape: ['batch', 'time'] },
			...(reset && { first: { dtype: 'int32', shape: ['batch'] } }),
		},
		states: { h: { shape: ['batch', hidden], ...(reset && { reset: 'first' }) } },
		apply: ({ ids, h }, mode) => {
			const { outputs, states } = gru.apply(embed.apply(ids!), mode, { states: [[h!]] });
			return { logits: out.apply(drop.apply(outputs, mode)), h: states[0]![0]! };
		},
		loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets!),
	};
}

const [rows, length] = [3, 24];
const wordAt = (row: number, place: number) => (place * (row + 1) + (randomUint32(3, row, place) % 3)) % words;

/** Each row of the text cut into chunks of `time` words; a batch holds the same chunk of all rows. */
function chunks(time: number, { first = 0, to = length } = {}): Samples {
	const perRow = (to - first) / time;
	const ids = (shift: number, samples: Uint32Array) =>
		Array.from(samples, (sample) =>
			Array.from({ length: time }, (_, i) => wordAt(Math.floor(sample / perRow), first + (sample % perRow) * time + i + shift)),
		).flat();
	return {
		size: rows * perRow,
		batch: (samples) => ({
			ids: tensor('int32', [samples.length, time], ids(0, samples)),
			targets: tensor('int32', [samples.length, time], ids(1, samples)),
		}),
		order: () => Array.from({ length: perRow }, (_, chunk) => Uint32Array.from({ length: rows }, (_, row) => row * perRow + chunk)),
		fingerprint: () => `chunks of ${time} from ${first} to ${to}`,
	};
}

const run = (samples: Samples, settings: FitSettings = {}, model = languageModel()) =>
	fit(model, samples, { optimizer: sgd({ rate: 0 }), batchSize: rows, epochs: 1, threads: 1, ...settings });

describe('a text in chunks with a carried state', () => {
	it('has the loss of one long pass, in training and in validation, in every epoch', async () => {
		const whole = await run(chunks(length), { epochs: 2, validation: chunks(length) });
		for (const time of [1, 3, 8, 12]) {
			const { history } = await run(chunks(time), { epochs: 2, validation: chunks(time) });
			for (const { loss, validation } of history) {
				expect(loss).toBeCloseTo(whole.history[0]!.loss, 6);
				expect(validation!.loss).toBeCloseTo(whole.history[0]!.loss, 6);
			}
		}
		// Without the state it is another loss.
		const forgetful: Trainable = { ...languageModel({ reset: true }) };
		const anew: Samples = {
			...chunks(3),
			batch: (samples, lengths) => ({ ...chunks(3).batch(samples, lengths), first: tensor('int32', [rows], [1, 1, 1]) }),
		};
		const { history } = await run(anew, {}, forgetful);
		expect(Math.abs(history[0]!.loss - whole.history[0]!.loss)).toBeGreaterThan(1e-3);
	});

	it('learns, with several steps in one run and with accumulation, to the same weights', async () => {
		const settings = { optimizer: adam({ rate: 0.02 }), epochs: 3 };
		const one = await run(chunks(3), settings, languageModel({ dropout: 0.3 }));
		expect(one.history.at(-1)!.loss).toBeLessThan(one.history[0]!.loss);
		const several = await run(chunks(3), { ...settings, stepsPerRun: 4, tables: 'graph' }, languageModel({ dropout: 0.3 }));
		expect(bits(several.weights)).toEqual(bits(one.weights));
		// A step of all chunks has the gradient of a pass that is cut between them.
		const together = await run(chunks(6), { optimizer: sgd({ rate: 0.1 }), accumulate: 4 });
		expect(together.history[0]!.step).toBe(1);
	});

	it('goes on in the middle of an epoch to the same bits: the state is in the checkpoint', async () => {
		const settings = { optimizer: adam({ rate: 0.02 }), epochs: 3, seed: 2, validation: chunks(8) };
		const model = () => languageModel({ dropout: 0.3 });
		const whole = await run(chunks(3), settings, model());
		const out = join(folder, 'language');
		const controller = new AbortController();
		const stop = { onSteps: ({ step }: { step: number }) => void (step >= 11 && controller.abort()) };
		const stopped = await run(chunks(3), { ...settings, folder: out, signal: controller.signal, callbacks: [stop] }, model());
		expect(stopped.interrupted).toBe(true);
		expect(checkpointTensors(out)['carried.h']!.shape).toEqual([rows, hidden]);
		const resumed = await run(chunks(3), { ...settings, folder: out, existing: 'resume' }, model());
		expect(bits(resumed.weights)).toEqual(bits(whole.weights));
		expect(resumed.history.map(untimed)).toEqual(whole.history.map(untimed));
	});

	it('is exported with its state as an input and an output', async () => {
		const model = languageModel();
		const session = await createSession(exportModel(model, initialWeights(model, 1)));
		expect([...session.inputs].sort()).toEqual(['h', 'ids']);
		expect([...session.outputs].sort()).toEqual(['logits', 'next.h']);
		const all = Array.from({ length: 6 }, (_, i) => wordAt(0, i));
		const none = tensor('float32', [1, hidden], new Float32Array(hidden));
		const step = async (ids: readonly number[], h: Tensor) =>
			session.run({ ids: tensor('int32', [1, ids.length], ids), h }, { outputs: ['logits', 'next.h'] });
		const whole = await step(all, none);
		let h = none;
		for (const [place, id] of all.entries()) {
			const results = await step([id], h);
			for (let word = 0; word < words; word++)
				expect(results.logits!.data[word]).toBeCloseTo(Number(whole.logits!.data[place * words + word]), 5);
			h = results['next.h']!;
		}
		await session.release();
	});
});

it('a state begins anew for the samples that say so', async () => {
	const model = languageModel({ reset: true });
	const stepper = await testStepper(trainingGraph(model, sgd()), sgd(), initialWeights(model, 1), { threads: 1 });
	const batch = (place: number, first: readonly number[]) => ({
		...chunks(3).batch(Uint32Array.of(place, place + 8), {}),
		first: tensor('int32', [2], first),
	});
	const lossOf = async (first: readonly number[]) => {
		stepper.begin('evaluation');
		await stepper.evaluate(batch(0, [1, 1]));
		return (await stepper.evaluate(batch(1, first))).losses.loss!.sum;
	};
	stepper.begin('evaluation');
	const fresh = (await stepper.evaluate(batch(1, [0, 0]))).losses.loss!.sum;
	const [both, one, none] = [await lossOf([1, 1]), await lossOf([1, 0]), await lossOf([0, 0])];
	expect(both).toBe(fresh);
	expect(new Set([both, one, none]).size).toBe(3);
	await stepper.release();
});

it.each([
	[
		'batches of another size',
		{ ...chunks(3), order: () => [Uint32Array.of(0, 8, 16), Uint32Array.of(1, 9)] },
		'step: expected batches of one size while the state h is carried, got one for 2×8 after 3×8.',
	],
	[
		'an order beyond the samples',
		{ ...chunks(3), order: () => [Uint32Array.of(0, 99)] },
		'fit: expected batches of samples below 24 from order, got 99 in batch 1.',
	],
])('%s are refused', async (_, samples, message) => {
	await expect(run(samples)).rejects.toThrow(message);
});

it.each([
	[
		'a state that apply does not give',
		{ apply: () => ({}) },
		'model: expected the next state h of float32 batch×8 among the outputs of apply, got none. Give it.',
	],
	[
		'a state with the name of an input',
		{ states: { ids: { shape: ['batch', 1] } } },
		'fit: expected inputs and states of different names, got two called ids.',
	],
	[
		'a reset that is no input',
		{ states: { h: { shape: ['batch', hidden], reset: 'begins' } } },
		'fit: expected the state h to be reset by an input, got begins.',
	],
] as const)('%s is refused', async (_, parts, message) => {
	await expect(run(chunks(3), {}, { ...languageModel(), ...parts } as Trainable)).rejects.toThrow(message);
});
