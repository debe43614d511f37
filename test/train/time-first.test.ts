// A table whose rows the graph takes time first: the same training as with the table inside.

import { gruClassifier } from 'textloom/models/recurrent';
import { adam } from 'textloom/optim';
import { randomUint32 } from 'textloom/stream';
import { initialWeights, textClassifierModel, trainingGraph } from 'textloom/train';
import { expect, it } from 'vitest';
import { farthest } from '../optim/run.js';
import { logitsOf, stepOf, type Texts, testStepper } from './steps.js';

const [vocabulary, size, time] = [700, 5, 9];
const model = textClassifierModel(gruClassifier({ hidden: 6 }).build({ vocabulary, outputs: 3 }));

/** Every step reads every word twice or so, for the lazy form to be the dense one. */
const texts = (step: number): Texts => ({
	ids: Int32Array.from({ length: 32 * size * time }, (_, i) => (i < vocabulary ? i : randomUint32(step, 0, i) % vocabulary)),
	lengths: Int32Array.from({ length: 32 * size }, (_, row) => 1 + ((row * 7) % time)),
	targets: Int32Array.from({ length: 32 * size }, (_, row) => row % 3),
	size: 32 * size,
	time,
});

it('equals the table inside the graph', async () => {
	const results = [];
	for (const tables of ['host', 'graph'] as const) {
		const graph = trainingGraph(model, adam(), { tables });
		expect(graph.tables.map(({ name, turned }) => ({ name, turned }))).toEqual(
			tables === 'host' ? [{ name: 'embed.weight', turned: true }] : [],
		);
		const stepper = await testStepper(graph, adam(), initialWeights(model, 1), { threads: 1 });
		const losses = [];
		for (let step = 1; step <= 4; step++) losses.push(...(await stepper.step(stepOf({ ...texts(step), rates: [0.01], step }))).losses);
		results.push({ losses, logits: await logitsOf(stepper, texts(9)), state: stepper.state() });
		await stepper.release();
	}
	const [host, dense] = results;
	expect(farthest(Float32Array.from(host!.losses), Float32Array.from(dense!.losses))).toBeLessThan(1e-5);
	expect(farthest(host!.logits, dense!.logits)).toBeLessThan(1e-4);
	for (const [name, values] of Object.entries(dense!.state)) expect(farthest(host!.state[name]!, values), name).toBeLessThan(1e-4);
});
