// The character CNN against PyTorch: loss, every gradient, 20 steps of Adam, one by one and several in a run.
import { readFileSync } from 'node:fs';
import { backward, createSession, emit, input, type Tensor, type Value, writeOnnx } from 'textloom/graph';
import { type CharConvolution, charCnn } from 'textloom/models/char-cnn';
import * as nn from 'textloom/nn';
import { adam } from 'textloom/optim';
import { textClassifierModel, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { logitsOf, type Steps, stepOf, testStepper } from './steps.js';

type Numbers = Record<string, number[]>;
interface Golden {
	sizes: {
		vocabulary: number;
		length: number;
		filters: number;
		convolutions: [CharConvolution];
		hidden: number[];
		classes: number;
		rate: number;
	};
	shapes: Numbers;
	weights: Numbers;
	batch: { ids: number[][]; lengths: number[]; targets: number[]; masks: number[][] };
	logits: number[];
	gradients: Numbers;
	losses: number[];
	after: Record<string, Numbers>;
	predicted: number[];
}
const golden: Golden = JSON.parse(readFileSync(new URL('../golden/train/char_cnn.json', import.meta.url), 'utf8'));
const { sizes, weights } = golden;
const { length, filters, convolutions, hidden } = sizes;
const network = charCnn({ length, filters, convolutions, hidden }).build({ ...sizes, outputs: sizes.classes });
const [size, time] = [golden.batch.ids.length, golden.batch.ids[0]!.length];
const floats = (record: Numbers) => Object.fromEntries(Object.entries(record).map(([name, values]) => [name, Float32Array.from(values)]));
const int32 = (data: Int32Array, ...shape: number[]): Tensor => ({ dtype: 'int32', shape, data });

function expectClose(ours: ArrayLike<number>, theirs: readonly number[], what?: string) {
	expect(ours.length, what).toBe(theirs.length);
	const worst = theirs.reduce((most, number, i) => Math.max(most, Math.abs(number - ours[i]!)), 0);
	expect(worst, what).toBeLessThan(1e-5);
}

const times = <T>(count: number, one: readonly T[]): T[] => Array.from({ length: count }, () => one).flat();

/** The one batch, `steps` times; `longer` adds padding that the model cuts off. */
const batch = (first: number, { steps = 1, longer = 0 } = {}): Steps & { masks: readonly Float32Array[] } => ({
	ids: Int32Array.from(
		times(
			steps,
			golden.batch.ids.flatMap((row) => [...row, ...new Array<number>(longer).fill(0)]),
		),
	),
	lengths: Int32Array.from(times(steps, golden.batch.lengths)),
	targets: Int32Array.from(times(steps, golden.batch.targets)),
	masks: golden.batch.masks.map((mask) => Float32Array.from(times(steps, mask))),
	steps,
	size,
	time: time + longer,
	rates: new Array<number>(steps).fill(sizes.rate),
	step: first,
});

describe('character CNN as in PyTorch', () => {
	it('has the names and shapes of its parameters, in its paper form, too', () => {
		const shapes = (parameters: nn.ParameterTree) =>
			Object.fromEntries([...nn.namedParameters(parameters)].map(([name, { shape }]) => [name, shape]));
		expect(shapes(network.parameters)).toEqual(golden.shapes);
		const paper = shapes(charCnn().build({ vocabulary: 70, outputs: 4 }).parameters);
		expect(Object.keys(paper).filter((name) => name.endsWith('weight'))).toEqual([
			'embed.weight',
			...[0, 3, 6, 8, 10, 12].map((place) => `convs.${place}.weight`),
			...[0, 3, 6].map((place) => `head.${place}.weight`),
		]);
		const learned = Object.entries(paper).filter(([name]) => name !== 'embed.weight');
		// As torch_train.py of the benchmarks counts them.
		expect(learned.reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b), 0)).toBe(11_339_780);
	});

	it('logits, loss and every gradient are within 1e-5', async () => {
		const named = nn.namedParameters(network.parameters);
		const inputs: Record<string, Value> = {
			ids: input('ids', 'int32', ['batch', 'time']),
			lengths: input('lengths', 'int32', ['batch']),
			targets: input('targets', 'int32', ['batch']),
		};
		const masks: Value[] = [];
		const mask = (_rate: number, shape: Value['shape']) => {
			masks.push(input(`mask${masks.length}`, 'float32', shape));
			return masks.at(-1)!;
		};
		const logits = network.apply(
			{ ids: inputs.ids!, lengths: inputs.lengths! },
			{ training: true, mask, step: nn.prediction.step, move: () => {} },
		);
		const loss = nn.meanLoss(nn.crossEntropy(logits, inputs.targets!));
		const learned = [...named].filter(([, { frozen }]) => !frozen);
		const gradients = backward(
			loss,
			learned.map(([, value]) => value),
		);
		const given = batch(1);
		const model = emit({
			inputs: {
				...Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== 'lengths')),
				...Object.fromEntries(masks.map((value) => [value.name!, value])),
				...Object.fromEntries(named),
			},
			outputs: { logits, loss, ...Object.fromEntries(learned.map(([name], place) => [`gradient ${name}`, gradients[place]!])) },
		});
		const session = await createSession(writeOnnx(model), { threads: 2 });
		const feeds: Record<string, Tensor> = {
			ids: int32(given.ids, size, time),
			targets: int32(given.targets, size),
			...Object.fromEntries(
				masks.map(({ name }, place): [string, Tensor] => [
					name!,
					{ dtype: 'float32', shape: [size, sizes.hidden[place]!], data: given.masks[place]! },
				]),
			),
			...Object.fromEntries(
				Object.entries(floats(weights)).map(([name, data]): [string, Tensor] => [
					name,
					{ dtype: 'float32', shape: golden.shapes[name]!, data },
				]),
			),
		};
		const results = await session.run(feeds);
		await session.release();
		const numbers = (name: string) => results[name]!.data as Float32Array;
		expectClose(numbers('logits'), golden.logits);
		expectClose(numbers('loss'), [golden.losses[0]!]);
		expect(learned.map(([name]) => name).sort()).toEqual(Object.keys(golden.gradients).sort());
		for (const [name, theirs] of Object.entries(golden.gradients)) {
			expect(Math.max(...theirs.map(Math.abs)), name).toBeGreaterThan(1e-3);
			expectClose(numbers(`gradient ${name}`), theirs, name);
		}
	});

	it('20 steps are within 1e-5: losses, weights after 1, 5 and 20, predictions, of longer batches, too', async () => {
		const optimizer = adam({ rate: sizes.rate });
		const stepper = await testStepper(trainingGraph(textClassifierModel(network), optimizer), optimizer, floats(weights), { threads: 2 });
		for (let step = 1; step <= 20; step++) {
			expectClose((await stepper.step(stepOf(batch(step)))).losses, [golden.losses[step - 1]!]);
			const state = stepper.state();
			for (const [name, theirs] of Object.entries(golden.after[step] ?? {})) expectClose(state[name]!, theirs, `${name} after ${step}`);
			expect(state['embed.weight']).toEqual(Float32Array.from(weights['embed.weight']!));
		}
		for (const longer of [0, 4]) expectClose(await logitsOf(stepper, batch(1, { longer })), golden.predicted);
		await stepper.release();
	});

	it('20 steps in one run are the same', async () => {
		const optimizer = adam({ rate: sizes.rate });
		const graph = trainingGraph(textClassifierModel(network), optimizer, { tables: 'graph', stepsPerRun: 20 });
		const stepper = await testStepper(graph, optimizer, floats(weights), { threads: 2 });
		expectClose((await stepper.step(stepOf(batch(1, { steps: 20 })))).losses, golden.losses);
		const state = stepper.state();
		for (const [name, theirs] of Object.entries(golden.after[20]!)) expectClose(state[name]!, theirs, name);
		await stepper.release();
	});

	it('refuses texts that are shorter than its convolutions', () => {
		expect(() => charCnn({ length: 100 }).build({ vocabulary: 70, outputs: 4 })).toThrow(
			'charCnn: expected texts that the convolutions fit into, got length 100. Make it longer, or leave out convolutions.',
		);
	});
});
