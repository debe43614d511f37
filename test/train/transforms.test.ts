// Optimizers and transforms in a training run: tables that stay inside, groups that are checked, schedules over a run that is stopped and goes on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { train } from 'textloom';
import { wordCnn } from 'textloom/models/word-cnn';
import { adamw, averageSlot, type Optimizer, rmsprop, schedules, sgd, transformed, transforms } from 'textloom/optim';
import { initialWeights, loadCheckpoint, textClassifierModel, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { farthest } from '../optim/run.js';
import { temporary } from '../temporary.js';
import { checkpointTensors } from './checkpoints.js';
import { logitsOf, stepOf, testStepper } from './steps.js';
import { tiny } from './tiny.js';

const { folder } = temporary();
const at = (name: string) => join(folder, name);

describe('training graph', () => {
	const network = textClassifierModel(wordCnn({ filters: 4 }).build({ vocabulary: 600, outputs: 3 }));

	it('keeps tables inside where an optimizer has no lazy form', () => {
		expect(trainingGraph(network, sgd()).tables).toHaveLength(1);
		for (const optimizer of [sgd({ momentum: 0.9 }), rmsprop(), transforms.clipByNorm({ norm: 1 })(rmsprop())]) {
			const { tables, parameters } = trainingGraph(network, optimizer);
			expect(tables).toEqual([]);
			expect(parameters.map(({ name }) => name)).toContain('embed.weight');
		}
	});

	it('computes no gradient for what is frozen', () => {
		const frozen = transforms.groups({ rules: [{ match: '^convs', frozen: true }] });
		const [part, whole] = [trainingGraph(network, frozen(sgd())), trainingGraph(network, sgd())];
		expect(part.step!.length).toBeLessThan(0.9 * whole.step!.length);
	});

	it('refuses a group of none', () => {
		const optimizer = transforms.groups({ rules: [{ match: 'lstm', rate: 0.1 }] })(sgd());
		expect(() => trainingGraph(network, optimizer)).toThrow(
			/^groups: expected lstm to match a parameter, got none\. The names are embed\.weight, /,
		);
	});
});

it.each(['host', 'graph'] as const)('predicts by the average of the weights, with %s tables', async (tables) => {
	const [size, time] = [4, 9];
	const network = textClassifierModel(wordCnn({ filters: 4, dropout: 0 }).build({ vocabulary: 600, outputs: 3 }));
	const make = (optimizer: Optimizer, weights: Parameters<typeof testStepper>[2]) =>
		testStepper(trainingGraph(network, optimizer, { tables }), optimizer, weights, { threads: 1 });
	const optimizer = transforms.averaged({ decay: 0.8 })(sgd({ rate: 0.5 }));
	const stepper = await make(optimizer, initialWeights(network, 1));
	const ids = (step: number) => Int32Array.from({ length: size * time }, (_, i) => (i * 7 * step) % 600);
	const facts = {
		lengths: new Int32Array(size).fill(time),
		targets: Int32Array.of(0, 1, 2, 1),
		masks: [],
		steps: 1,
		size,
		time,
		rates: [0.5],
	};
	const predictions = [];
	for (let step = 1; step <= 5; step++) {
		await stepper.step(stepOf({ ...facts, ids: ids(step), step }));
		predictions.push((await logitsOf(stepper, { ...facts, ids: ids(1) })).slice());
	}
	const average = await make(sgd(), stepper.weights());
	const last = await make(sgd(), stepper.whole().weights);
	const [ours, theirs] = [predictions.at(-1)!, await logitsOf(average, { ...facts, ids: ids(1) })];
	expect(farthest(ours, theirs)).toBeLessThan(1e-6);
	expect(farthest(ours, predictions[0]!)).toBeGreaterThan(1e-3);
	expect(farthest(ours, await logitsOf(last, { ...facts, ids: ids(1) }))).toBeGreaterThan(1e-3);
	for (const one of [stepper, average, last]) await one.release();
});

it('the average of a row that no batch touches goes on: host tables have what graph tables have', async () => {
	const network = textClassifierModel(wordCnn({ filters: 4, dropout: 0 }).build({ vocabulary: 600, outputs: 3 }));
	const optimizer = transforms.averaged({ decay: 0.7 })(sgd({ rate: 0.5 }));
	const averages = [];
	for (const tables of ['host', 'graph'] as const) {
		const stepper = await testStepper(trainingGraph(network, optimizer, { tables }), optimizer, initialWeights(network, 1), { threads: 1 });
		for (let step = 1; step <= 6; step++) {
			const ids = Int32Array.from({ length: 36 }, (_, i) => (step < 3 ? 1 + i : 200 + i + step));
			const facts = {
				lengths: new Int32Array(4).fill(9),
				targets: Int32Array.of(0, 1, 2, 1),
				masks: [],
				steps: 1,
				size: 4,
				time: 9,
				rates: [0.5],
			};
			await stepper.step(stepOf({ ...facts, ids, step }));
		}
		averages.push(stepper.weights()['embed.weight']!);
		await stepper.release();
	}
	expect(averages[0]!.length).toBe(averages[1]!.length);
	expect(farthest(averages[0]!, averages[1]!)).toBeLessThan(1e-6);
});

it('a run with schedules, groups and an average goes on to the same bytes after it was stopped, and is saved with its spec', async () => {
	const optimizer = transformed(
		adamw({ rate: 0.02 }),
		transforms.groups({
			rules: [
				{ match: 'bias$', decay: false },
				{ match: '^embed', rate: 0.5 },
			],
		}),
		transforms.averaged({ decay: 0.9 }),
		transforms.scheduled(schedules.warmup({ warmup: 5, length: 60, decay: 'cosine' })),
		transforms.scheduled(schedules.plateau({ patience: 0, factor: 0.5, threshold: 0.2 })),
		transforms.clipByNorm({ norm: 1 }),
	);
	const recipe = tiny({ optimizer, training: { epochs: 10, validation: 0.3, patience: 10 } });
	const run = async (out: string, options: Parameters<typeof train>[1] = {}) => {
		const { model, interrupted } = await train(recipe, { out: at(out), ...options });
		await model?.close();
		return interrupted;
	};
	const onnx = (out: string) => readFileSync(at(join(out, 'onnx/model.onnx'))).toString('base64');
	expect(await run('whole')).toBe(false);

	const controller = new AbortController();
	const stopped = await run('stopped', {
		signal: controller.signal,
		onProgress: (progress) => {
			if (progress.phase === 'fit' && progress.epoch === 6) controller.abort();
		},
	});
	expect(stopped).toBe(true);
	const { position } = (await loadCheckpoint(at('stopped')))!;
	expect(Object.keys(checkpointTensors(at('stopped')))).toContain(`optimizer.${averageSlot}.embed.weight`);
	// The plateau had lowered the rate by then.
	const results = position.history.map(({ validation }) => validation!);
	expect(optimizer.rateAt({ step: 5, epoch: position.epoch, results })).toBeLessThan(0.02);
	expect(await run('stopped', { existing: 'resume' })).toBe(false);
	expect(onnx('stopped')).toBe(onnx('whole'));
	expect(checkpointTensors(at('stopped'))).toEqual(checkpointTensors(at('whole')));
	expect(JSON.parse(readFileSync(at('whole/config.json'), 'utf8')).training.optimizer).toEqual(optimizer.spec);
});
