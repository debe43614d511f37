// Classifiers against PyTorch: logits and every gradient of texts of different lengths.
import { readFileSync } from 'node:fs';
import { backward, createSession, emit, input, sizeOf, type Tensor, tensor, writeOnnx } from 'textloom/graph';
import { deepCnn, gruClassifier, lstmClassifier, transformer } from 'textloom/models';
import * as nn from 'textloom/nn';
import type { Architecture } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { farthest } from '../nn/apply-layer.js';
import { inputsOf } from './batches.js';

type Numbers = Readonly<Record<string, number[]>>;
const golden: Readonly<Record<string, { shapes: Numbers; logits: number[]; gradients: Numbers }>> = JSON.parse(
	readFileSync(new URL('../golden/models/classifiers.json', import.meta.url), 'utf8'),
).models;

const two = { width: 6, hidden: 4, bidirectional: true };
const models: Readonly<Record<string, Architecture>> = {
	'GRU of both directions, last': gruClassifier(two),
	'GRU of both directions, max': gruClassifier({ ...two, pooling: 'max' }),
	'GRU of both directions, two layers, mean': gruClassifier({ ...two, layers: 2, pooling: 'mean' }),
	'LSTM of both directions, attention': lstmClassifier({ ...two, pooling: 'attention' }),
	'LSTM of both directions, max': lstmClassifier({ ...two, pooling: 'max' }),
	'deep pyramid CNN': deepCnn({ width: 6, filters: 9, blocks: 4 }),
	'transformer encoder': transformer({ width: 6, heads: 2, hidden: 10 }),
};

// As classifiers.py has them.
const lengths = [7, 1, 4, 9];
const [time, targets] = [Math.max(...lengths), [2, 0, 1, 1]];
const ids = lengths.flatMap((length, n) => Array.from({ length: time }, (_, t) => (t < length ? 1 + ((7 * n + 3 * t) % 10) : 0)));
const weight = (i: number, place: number) => Math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) / 2;

describe('classifiers as in PyTorch', () => {
	it('are those of the script', () => expect(Object.keys(models)).toEqual(Object.keys(golden)));

	it.each(Object.entries(models))('%s', async (name, architecture) => {
		const expected = golden[name]!;
		const network = architecture.build({ vocabulary: 11, outputs: 3 });
		const parameters = [...nn.namedParameters(network.parameters)].sort(([a], [b]) => (a < b ? -1 : 1));
		expect(Object.fromEntries(parameters.map(([name, { shape }]) => [name, shape]))).toEqual(expected.shapes);
		const inputs = inputsOf(architecture);
		const logits = network.apply(inputs, nn.prediction);
		const { ids: given, lengths: counts } = inputs;
		const answers = input('targets', 'int32', ['batch']);
		const loss = nn.meanLoss(nn.crossEntropy(logits, answers));
		const gradients = backward(
			loss,
			parameters.map(([, value]) => value),
		);
		const outputs = { logits, ...Object.fromEntries(parameters.map(([name], place) => [`gradient ${name}`, gradients[place]!])) };
		const program = { inputs: { ids: given, lengths: counts, targets: answers, ...Object.fromEntries(parameters) }, outputs };
		const session = await createSession(writeOnnx(emit(program)), { threads: 1 });
		const weights = parameters.map(([name, { shape }], place): [string, Tensor] => {
			const numbers = Array.from({ length: sizeOf(shape) }, (_, i) => (name === 'embed.weight' && i < 6 ? 0 : weight(i, place)));
			return [name, tensor('float32', shape as number[], numbers)];
		});
		const results = await session.run({
			...{ ids: tensor('int32', [4, time], ids), lengths: tensor('int32', [4], lengths), targets: tensor('int32', [4], targets) },
			...Object.fromEntries(weights),
		});
		await session.release();
		const numbers = (name: string) => results[name]!.data as Float32Array;
		expect(farthest(numbers('logits'), expected.logits)).toBeLessThan(1e-5);
		for (const [name, theirs] of Object.entries(expected.gradients)) {
			// PyTorch's padding has no gradient; here training takes it away.
			const padding = name === 'embed.weight' ? 6 : 0;
			expect(Math.max(...theirs.map(Math.abs)), name).toBeGreaterThan(1e-5);
			expect(farthest(numbers(`gradient ${name}`).subarray(padding), theirs.slice(padding)), name).toBeLessThan(1e-5);
		}
	});
});
