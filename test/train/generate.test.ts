// Generation by two programs of one model: `encode` reads the source, `step` says a token after another, and what they pass on stays in the worker.
import { createSession, createSessionHost, tensor } from 'textloom/graph';
import { seq2seq } from 'textloom/models/seq2seq';
import { exportModel, initialWeights } from 'textloom/train';
import { expect, it } from 'vitest';

const [source, target, width] = [13, 11, 16];
const model = seq2seq({ source, target, width });
const weights = initialWeights(model, 5);
const texts = { ids: tensor('int32', [3, 4], [3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 0, 0]), lengths: tensor('int32', [3], [4, 3, 2]) };
const [batch, steps, begin] = [3, 8, 1];

/** The place of the largest of each row. */
const best = (logits: Float32Array, rows: number) =>
	Array.from({ length: rows }, (_, row) => {
		const scores = logits.subarray(row * target, (row + 1) * target);
		return scores.indexOf(Math.max(...scores));
	});

it('greedy generation is teacher forcing over what it says, step by step', async () => {
	const host = createSessionHost();
	const [encode, step] = [await host.open(exportModel(model, weights, 'encode')), await host.open(exportModel(model, weights, 'step'))];
	expect([...encode.inputs].sort()).toEqual(['source', 'sourceLengths']);
	expect([...step.inputs].sort()).toEqual(['memory', 'sourceLengths', 'state.0', 'token']);
	const [memory, state] = [await host.keep(), await host.keep()];
	expect(
		await encode.run({ source: texts.ids, sourceLengths: texts.lengths }, { outputs: [], into: { memory, 'state.0': state } }),
	).toEqual({});

	const said: number[][] = [];
	const scores: Float32Array[] = [];
	let tokens: number[] = new Array(batch).fill(begin);
	for (let place = 0; place < steps; place++) {
		const feeds = { token: tensor('int32', [batch], tokens), 'state.0': state, memory, sourceLengths: texts.lengths };
		const { logits } = await step.run(feeds, { outputs: ['logits'], into: { 'next.state.0': state } });
		scores.push(logits!.data as Float32Array);
		said.push(tokens);
		tokens = best(logits!.data as Float32Array, batch);
	}
	expect((await memory.read())!.shape).toEqual([batch, 4, width]);
	await host.release();

	// The whole model over the tokens that were said: its logits at each place are those of the step.
	const session = await createSession(exportModel(model, weights));
	const forced = tensor(
		'int32',
		[batch, steps],
		Array.from({ length: batch * steps }, (_, i) => said[i % steps]![Math.floor(i / steps)]!),
	);
	const { logits } = await session.run({ source: texts.ids, sourceLengths: texts.lengths, target: forced });
	await session.release();
	for (let row = 0; row < batch; row++) {
		for (let place = 0; place < steps; place++) {
			for (let word = 0; word < target; word++) {
				const ours = scores[place]![row * target + word]!;
				expect(ours).toBeCloseTo(Number(logits!.data[(row * steps + place) * target + word]), 5);
			}
		}
	}
	// Each step says something of its own.
	for (const [place, numbers] of scores.entries()) if (place > 0) expect(numbers).not.toEqual(scores[place - 1]);
});

it('a program that the model does not have is refused by name', () => {
	expect(() => exportModel(model, weights, 'decode')).toThrow(
		'exportModel: expected a program of the model, got decode. It has encode, step.',
	);
});
