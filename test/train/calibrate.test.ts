// Calibration: the temperature is that of the least cross-entropy on the validation documents, and the ONNX model itself divides by it.
import { join } from 'node:path';
import {
	type AnyTask,
	type Calibration,
	load,
	type Model,
	type TextClassification,
	textClassification,
	tokenClassification,
	train,
} from 'textloom';
import { type DType, ops, parameter, tensor, type Value } from 'textloom/graph';
import { reliability } from 'textloom/metrics';
import { nbSvmClassifier } from 'textloom/models/linear';

import { tensorSamples } from 'textloom/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calibrate } from '../../dist/src/train/task/calibrate.js';
import { labelled } from '../cli/run.js';
import { temporary } from '../temporary.js';
import { corpusOf, tiny } from './tiny.js';

const { folder } = temporary();
const open: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(open.map((model) => model.close())));
const kept = <M extends { close(): Promise<void> }>(model: M): M => {
	open.push(model);
	return model;
};

/** Calibrates a model whose logits are the numbers of its documents times 1. */
async function calibrated(
	task: AnyTask,
	names: readonly string[],
	numbers: { logits: number[]; shape: number[]; targets: number[] },
): Promise<Calibration> {
	const head = task.head({ names, counts: names.map(() => 1) });
	const { dtype, shape } = head.inputs.targets as { dtype: DType; shape: readonly (string | number)[] };
	const one = parameter([], () => Float32Array.of(1));
	const model = {
		parameters: { one },
		inputs: { x: { dtype: 'float32', shape: ['batch', ...numbers.shape.slice(1)] }, targets: { dtype, shape } },
		apply: ({ x }: { x: Value }) => ({ logits: ops.mul(x, one) }),
		loss: () => {
			throw new Error('not needed');
		},
	};
	const samples = tensorSamples({
		x: tensor('float32', numbers.shape, numbers.logits),
		targets: tensor(dtype as 'float32', numbers.shape.slice(0, shape.length), numbers.targets),
	});
	const weights = { one: tensor('float32', [], [1]) };
	return calibrate({ model: model as never, weights, head, samples, batchSize: 3, seed: 0, threads: 1 });
}

/** Mean cross-entropy of rows of logits that are divided by a temperature. */
function lossAt(temperature: number, rows: readonly (readonly number[])[], targets: readonly number[]): number {
	const each = rows.map((row, place) => {
		const all = row.reduce((sum, logit) => sum + Math.exp(logit / temperature), 0);
		return Math.log(all) - row[targets[place]!]! / temperature;
	});
	return each.reduce((a, b) => a + b, 0) / each.length;
}

describe('the temperature', () => {
	const rows = [
		[4, 0, 1],
		[3, 0, 0.5],
		[0, 5, 1],
		[1, 2, 6],
		[5, 1, 0],
		[0, 0, 3],
		[2, 2.5, 0],
	];
	const targets = [0, 1, 1, 2, 0, 0, 0];

	it('has the least cross-entropy of documents that count as their classes do', async () => {
		const counts = [1, 5, 0.5];
		const weights = { a: 1, b: 5, c: 0.5 };
		const numbers = { logits: rows.flat(), shape: [rows.length, 3], targets };
		const { temperature } = await calibrated(textClassification({ weights }), ['a', 'b', 'c'], numbers);
		const lossOf = (at: number) =>
			rows.reduce((sum, row, place) => sum + counts[targets[place]!]! * lossAt(at, [row], [targets[place]!]), 0);
		for (const other of [0.9, 0.99, 1.01, 1.1]) expect(lossOf(temperature)).toBeLessThan(lossOf(temperature * other));
		const plain = await calibrated(textClassification(), ['a', 'b', 'c'], numbers);
		expect(Math.abs(temperature / plain.temperature - 1)).toBeGreaterThan(0.01);
	});

	it('has the least cross-entropy, by softmax', async () => {
		const { temperature, documents, ece } = await calibrated(textClassification(), ['a', 'b', 'c'], {
			logits: rows.flat(),
			shape: [7, 3],
			targets,
		});
		expect(documents).toBe(7);
		expect(temperature).toBeGreaterThan(1);
		for (const other of [1, temperature * 1.01, temperature / 1.01]) {
			expect(lossAt(other, rows, targets)).toBeGreaterThan(lossAt(temperature, rows, targets));
		}
		for (const [found, by] of [
			[ece.before, 1],
			[ece.after, temperature],
		] as const) {
			const shares = rows.map((row) => {
				const powers = row.map((logit) => Math.exp(logit / by));
				return powers.map((power) => power / powers.reduce((a, b) => a + b, 0));
			});
			expect(found).toBeCloseTo(reliability(targets, shares, { labels: [0, 1, 2] }).ece, 6);
		}
	});

	it.each([
		['one unit', textClassification({ output: 'sigmoid' }), [8, 1], ['a', 'b']],
		['several labels', textClassification({ problem: 'several labels' }), [4, 2], ['a', 'b']],
	] as const)('has it by sigmoid: %s', async (_, task, shape, names) => {
		const logits = [3, -2, 4, 1, -5, 2.5, 0.5, -1];
		const answers = [1, 0, 0, 1, 0, 1, 0, 0];
		const { temperature } = await calibrated(task, names, { logits, shape: [...shape], targets: answers });
		const pairs = logits.map((logit) => [0, logit]);
		for (const other of [1, temperature * 1.01, temperature / 1.01]) {
			expect(lossAt(other, pairs, answers)).toBeGreaterThan(lossAt(temperature, pairs, answers));
		}
	});

	it('has it of tokens, without padding', async () => {
		const padded = [...targets, -100];
		const found = await calibrated(tokenClassification(), ['a', 'b', 'c'], {
			logits: [...rows.flat(), 9, 9, 0],
			shape: [4, 2, 3],
			targets: padded,
		});
		const plain = await calibrated(textClassification(), ['a', 'b', 'c'], { logits: rows.flat(), shape: [7, 3], targets });
		expect(found.temperature).toBeCloseTo(plain.temperature, 10);
		expect(found.ece.after).toBeCloseTo(plain.ece.after, 10);
	});

	it('is 1 where all are right: the surer the better would be without end', async () => {
		const right = rows.map((row) => row.indexOf(Math.max(...row)));
		const { temperature, ece } = await calibrated(textClassification(), ['a', 'b', 'c'], {
			logits: rows.flat(),
			shape: [7, 3],
			targets: right,
		});
		expect(temperature).toBe(1);
		expect(ece.after).toBe(ece.before);
	});
});

describe('a recipe that says so', () => {
	// Every fifth label is another one, so that no model is always right.
	const clean = labelled(60);
	const docs = clean.map(({ text, label }, i) => ({ text, label: i % 5 === 4 ? clean[(i + 1) % 60]!.label : label }));
	const recipe = (calibrate: boolean) => tiny({ corpus: corpusOf(docs), training: { epochs: 6, validation: 0.5, calibrate } });
	const out = join(folder, 'calibrated');
	let plain: Model<TextClassification>;
	let divided: Model<TextClassification>;
	let found: Calibration;
	beforeAll(async () => {
		plain = kept((await train(recipe(false))).model);
		const result = await train(recipe(true), { out });
		divided = kept(result.model);
		found = result.calibration!;
	});

	it('trains the same model, whose logits are divided', async () => {
		const { temperature } = found;
		expect(Math.abs(Math.log(temperature))).toBeGreaterThan(0.01);
		const [before, after] = [await plain.predict(docs), await divided.predict(docs)];
		for (const [place, { probabilities, label }] of after.entries()) {
			const powers = before[place]!.probabilities.map((share) => share ** (1 / temperature));
			const all = powers.reduce((a, b) => a + b, 0);
			for (const [at, power] of powers.entries()) expect(probabilities[at]).toBeCloseTo(power / all, 4);
			expect(label).toBe(before[place]!.label);
		}
	});

	it('keeps it in the folder, and says the same when it is loaded', async () => {
		const again = kept(await load(out, { task: textClassification }));
		expect(again.config.training.calibration).toEqual(found);
		expect(await again.predict(['rain and soup'])).toEqual(await divided.predict(['rain and soup']));
		expect(plain.config.training).not.toHaveProperty('calibration');
	});

	const { optimizer: _, ...rest } = tiny();
	const numbers = docs.map(({ text }, label) => ({ text, label }));
	it.each<[string, () => Promise<unknown>, string]>([
		[
			'no validation',
			() => train(tiny({ training: { validation: 0, calibrate: true } })),
			'train: expected documents to calibrate on, got a validation of 0. Raise validation, or leave calibrate out.',
		],
		[
			'a number',
			() => {
				const task = textClassification({ problem: 'number' });
				return train({ ...tiny({ training: { validation: 0.5, calibrate: true } }), task, corpus: numbers });
			},
			'train: expected a task with probabilities to calibrate, got text-classification of {"problem":"number"}. Leave calibrate out.',
		],
		[
			'a model that is solved',
			() => train({ ...rest, corpus: docs, model: nbSvmClassifier(), training: { calibrate: true } }),
			'expected the seed alone beside nb-svm, which is solved at once, got calibrate.',
		],
		[
			'what is no flag',
			() => train(tiny({ training: { calibrate: 'yes' as never } })),
			'train: expected calibrate to be true or false, got yes.',
		],
	])('is refused with %s', async (_, call, message) => {
		await expect(call()).rejects.toThrow(message);
	});
});
