// A loss that is no number, or too large, ends a run: the message names step, batch, samples and parameter.
import { tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam, schedules, sgd, transformed, transforms } from 'textloom/optim';
import { type FitSettings, fit, initialWeights, type Samples, type Trainable, tensorSamples, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { worstOf } from '../../dist/src/train/step/diagnosis.js';
import { line, mixed, mixedSamples, points } from './mixed.js';
import { testStepper } from './steps.js';

/** The points, one of them damaged. */
function damaged(place: number, value: number): Samples {
	const { x, y } = points(20).batch(
		Uint32Array.from({ length: 20 }, (_, i) => i),
		{},
	);
	y!.data[place] = value;
	return tensorSamples({ x: x!, y: y! });
}
const run = (samples: Samples, settings: FitSettings = {}) =>
	fit(line(), samples, { optimizer: sgd({ rate: 0.01 }), batchSize: 5, threads: 1, ...settings });
const messageOf = (promise: Promise<unknown>) =>
	promise.then(
		() => 'no error',
		(error: Error) => error.message,
	);

it.each([Number.POSITIVE_INFINITY, Number.NaN])(
	'a sample with %s in it is among those named, and the weights before it are not blamed',
	async (value) => {
		for (const place of [3, 17]) {
			const message = await messageOf(run(damaged(place, value), { epochs: 1 }));
			const [, step, batch, samples, next] = message.match(
				/^fit: expected a finite loss, got (?:Infinity|NaN) at step (\d) \(epoch 1, batch (\d), samples ([\d, ]+)\); before it the largest weight is 0\.\d+, in (?:weight|bias)\. (.*)$/,
			)!;
			expect(step).toBe(batch);
			// What no step came before follows from the sample alone.
			expect(next).toBe(
				step === '1'
					? 'No step came before it: look for damaged samples.'
					: 'Lower the rate (0.01 now; --rate), clip gradients (clipByNorm, --clip 1), or look for damaged samples.',
			);
			expect(samples!.split(', ').map(Number)).toContain(place);
		}
	},
);

it('with accumulation the batch within the step is the one named', async () => {
	const message = await messageOf(run(damaged(8, Number.NaN), { epochs: 1, batchSize: 2, accumulate: 5 }));
	const [, step, batch, samples] = message.match(/got NaN at step (\d+) \(epoch 1, batch (\d+), samples ([\d, ]+)\)/)!;
	expect(Number(step)).toBe(Math.ceil(Number(batch) / 5));
	expect(samples!.split(', ').map(Number)).toContain(8);
});

it('with several steps in one run the step is the one named', async () => {
	const message = await messageOf(run(damaged(8, Number.NaN), { epochs: 1, batchSize: 2, stepsPerRun: 5, tables: 'graph' }));
	const [, step, batch, samples] = message.match(/got NaN at step (\d+) \(epoch 1, batch (\d+), samples ([\d, ]+)\)/)!;
	expect(step).toBe(batch);
	expect(samples!.split(', ').map(Number)).toContain(8);
});

describe('a rate of 1e30', () => {
	it('in the second step, too, the weight is named', async () => {
		const message = await messageOf(run(points(20), { optimizer: sgd({ rate: 1e3 }), maxLoss: 1e30 }));
		expect(message).toMatch(
			/^fit: expected a (finite loss|loss of at most 1\.000e\+30), got \S+ at step \d+ .*; before it (the largest weight is \S+, in|\S+ holds) /,
		);
		expect(message).not.toContain('undefined');
		expect(await messageOf(run(points(20), { optimizer: sgd({ rate: 1e30 }) }))).toMatch(
			/at step 2 \(epoch 1, batch 2, samples .*\); before it the largest weight is \de\+\d+|\d\.\d+e\+\d+, in (weight|bias)\. Lower the rate/,
		);
	});

	it('with a table in host memory, which is named where it is the one', async () => {
		const optimizer = sgd({ rate: 1 });
		const graph = trainingGraph(mixed(), optimizer);
		expect(graph.tables).toHaveLength(1);
		const weights = initialWeights(mixed(), 0);
		weights['embed.weight']!.data[80] = Number.NaN;
		const stepper = await testStepper(graph, optimizer, weights, { threads: 1 });
		const samples = mixedSamples(699);
		const { losses, worst } = await stepper.step({
			batches: [
				samples.batch(
					Uint32Array.from({ length: 699 }, (_, i) => i),
					{ time: 7 },
				),
			],
			rates: [1],
			step: 1,
		});
		await stepper.release();
		expect(losses).toEqual([Number.NaN]);
		expect(worst).toBe('embed.weight holds NaN');
	});
});

it('a loss may be a thousand times the first, and of 1, unless it is said', async () => {
	// A sample far off, in another batch than the first one.
	const far = damaged(3, 1e4);
	const losses: number[] = [];
	const settings: FitSettings = { epochs: 1, maxLoss: 1e9, callbacks: [{ onSteps: ({ loss }) => void losses.push(loss) }] };
	const seeds = [0, 1, 2, 3, 4, 5, 6, 7];
	let seed: number | undefined;
	for (const tried of seeds) {
		losses.length = 0;
		await run(far, { ...settings, seed: tried });
		if (losses[0]! < 10) seed ??= tried;
	}
	expect(seed).toBeDefined();
	const message = await messageOf(run(far, { epochs: 1, seed: seed! }));
	expect(message).toMatch(
		/^fit: expected a loss of at most [1-9]\d{3}(\.\d+)?, got \d{8}(\.\d+)? at step [234] .*samples [\d, ]+\); before it the largest weight is /,
	);
	expect(await messageOf(run(points(20), { maxLoss: 1e-6 }))).toMatch(/^fit: expected a loss of at most 0\.000001000, got \S+ at step 1 /);
});

it('a loss that grows a hundredfold a step is measured by the first', async () => {
	// The slope moves by −2 · rate · (slope − 2): the distance is multiplied by 1 − 2 · rate.
	const one = tensorSamples({ x: tensor('float32', [1, 1], [1]), y: tensor('float32', [1, 1], [2]) });
	const layer = nn.linear({ in: 1, out: 1, bias: false, initial: nn.zeros });
	const model: Trainable<'x' | 'y'> = {
		parameters: layer.parameters,
		inputs: { x: { dtype: 'float32', shape: ['batch', 1] }, y: { dtype: 'float32', shape: ['batch', 1] } },
		apply: ({ x }) => ({ guess: layer.apply(x) }),
		loss: ({ guess }, { y }) => nn.mseLoss(guess!, y),
	};
	const grown = fit(model, one, { optimizer: sgd({ rate: 5.5 }), steps: 6, threads: 1 });
	// 4, 400, 40,000: more than 4,000.
	expect(await messageOf(grown)).toMatch(/^fit: expected a loss of at most 4000, got 4\d{4}(\.\d+)? at step 3 /);
});

it('the largest weight is the farthest from 0, and one that is no number comes before it', () => {
	const of = (...numbers: number[]) => tensor('float32', [numbers.length], numbers);
	expect(worstOf({ a: of(1, 2), b: of(-300, 4) })).toBe('the largest weight is 300, in b');
	expect(worstOf({ a: of(-1, 2), b: of(0, 1) })).toBe('the largest weight is 2.00, in a');
	expect(worstOf({ a: of(-1, 2), b: of(0, Number.NEGATIVE_INFINITY) })).toBe('b holds -Infinity');
	expect(worstOf({})).toBe('nothing learns');
});

it('a validation that is no number is refused, with the epoch that has ended', async () => {
	const message = await messageOf(run(points(20), { validation: damaged(0, Number.NaN), epochs: 2 }));
	expect(message).toBe(
		'fit: expected a finite validation loss, got NaN at step 4 (epoch 1). Lower the rate (0.01 now; --rate), clip gradients (clipByNorm, --clip 1), or look for damaged samples.',
	);
});

it('errors of samples pass as they are, without advice on the rate', async () => {
	const broken = { ...points(20), batch: () => ({ x: tensor('float32', [5, 1], new Float32Array(5)) }) };
	await expect(run(broken)).rejects.toThrow(/^batch: expected y to be float32 batch×1, got none\. Make it as the model's inputs say\.$/);
	const ids = mixedSamples(8);
	const wrong: Samples = {
		...ids,
		batch: (samples, lengths) => {
			const batch = ids.batch(samples, lengths);
			return { ...batch, ids: { ...batch.ids!, data: Int32Array.from(batch.ids!.data as Int32Array, () => 700) } };
		},
	};
	await expect(fit(mixed(), wrong, { optimizer: adam(), threads: 1 })).rejects.toThrow(
		/^table embed\.weight: expected ids in \[0, 700\), got 700 at position 0\. Encode with the model's own vocabulary\.$/,
	);
	await expect(fit(mixed(), wrong, { optimizer: adam(), threads: 1, tables: 'graph' })).rejects.toThrow(
		/^fit: expected step 1 to run, got: session: expected Gather in embedding to run, .*If the loss has grown, lower the rate \(0\.001 now; --rate\)\.$/,
	);
});

it('what to lower is named with what it is now: the rate, that of the step by a schedule, the norm of clipping', async () => {
	const far = damaged(3, 1e4);
	const steep = transformed(
		sgd({ rate: 0.01 }),
		transforms.clipByNorm({ norm: 1e9 }),
		transforms.scheduled(schedules.linear({ start: 1, end: 0, length: 8 })),
	);
	const message = await messageOf(run(far, { optimizer: steep, epochs: 2, maxLoss: 100 }));
	const [, step, next] = message.match(/at step (\d) .*, in (?:weight|bias)\. (.*)$/)!;
	const rate = `0.01, ${0.01 * (1 - (Number(step) - 1) / 8)} in this step`;
	expect(next).toBe(
		step === '1'
			? 'No step came before it: look for damaged samples.'
			: `Lower the rate (${rate}; --rate), clip gradients at less than a norm of 1000000000 (clipByNorm, --clip), or look for damaged samples.`,
	);
});
