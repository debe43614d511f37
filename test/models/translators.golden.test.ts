// Models from one sequence to another against PyTorch: logits, loss and every gradient of pairs of different lengths, losses of steps of Adam, and the logits
// and attention of the programs that say a token after another.
import { readFileSync } from 'node:fs';
import { backward, createSession, emit, input, sizeOf, type Tensor, tensor, writeOnnx } from 'textloom/graph';
import { seq2seq } from 'textloom/models/seq2seq';
import { pairInputs, type Seq2SeqInput } from 'textloom/models/token-pairs';
import { transformerSeq2Seq } from 'textloom/models/transformer-seq2seq';
import * as nn from 'textloom/nn';
import { adam } from 'textloom/optim';
import { exportModel, fit, type Named, pairSamples, type Trainable } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { farthest } from '../nn/apply-layer.js';

type Numbers = Readonly<Record<string, number[]>>;
interface Golden {
	readonly shapes: Numbers;
	readonly logits: number[];
	/** Of models that have one: of the transformer's last layer, the mean of its heads. */
	readonly attention?: number[];
	readonly loss: number;
	readonly gradients: Numbers;
	/** Before each of five steps of Adam. */
	readonly losses?: number[];
}
const golden: Readonly<Record<string, Golden>> = JSON.parse(
	readFileSync(new URL('../golden/models/translators.json', import.meta.url), 'utf8'),
).models;

// As translators.py has them.
const recurrent = { source: 10, target: 11, width: 8 };
const blocks = { width: 8, heads: 2, hidden: 12, dropout: 0 };
const models: Readonly<Record<string, Trainable<Seq2SeqInput>>> = {
	'GRU, scaled attention, both directions': seq2seq({ ...recurrent, bidirectional: true }),
	'GRU, attention by a form, one table of the target, smoothing': seq2seq({
		...recurrent,
		...{ attention: 'general', tied: 'target', smoothing: 0.1 },
	}),
	'GRU, additive attention, both directions': seq2seq({ ...recurrent, attention: 'additive', bidirectional: true }),
	'LSTM, two layers, scaled attention': seq2seq({ ...recurrent, cell: 'lstm', layers: 2 }),
	'RNN, context once': seq2seq({ ...recurrent, cell: 'rnn', attention: 'none' }),
	'GRU, context at each step': seq2seq({ ...recurrent, attention: 'none', context: 'each' }),
	'transformer, norm before, one table, smoothing': transformerSeq2Seq({ ...blocks, source: 11, target: 11, layers: 1, tied: 'all' }),
	'transformer, norm after, two layers, one table of the target': transformerSeq2Seq({
		...{ ...blocks, source: 10, target: 11, layers: 2 },
		...{ norm: 'after', tied: 'target', smoothing: 0 },
	}),
};

const ids = (length: number, id: (place: number) => number) => Array.from({ length }, (_, place) => id(place));
const targetLengths = [3, 6, 1, 4];
const pairs = [5, 1, 7, 3].map((length, n) => ({
	source: ids(length, (t) => 1 + ((7 * n + 5 * t) % 9)),
	target: ids(targetLengths[n]!, (t) => 3 + ((5 * n + 3 * t) % 8)),
}));
const samples = pairSamples(pairs, { start: 1, end: 2 });
const batch = samples.batch(Uint32Array.of(0, 1, 2, 3), {});

/** The parameters in the order of their names, and what they begin with. */
function parametersOf({ parameters }: Trainable) {
	const named = [...nn.namedParameters(parameters)].sort(([a], [b]) => (a < b ? -1 : 1));
	const weights = named.map(([name, { shape }], place): [string, Tensor] => {
		const around = /norm.*weight$/.test(name) ? 1 : 0;
		const numbers = ids(sizeOf(shape), (i) => around + Math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) / 2);
		return [name, tensor('float32', shape as number[], numbers)];
	});
	return { named, weights: Object.fromEntries(weights) };
}

const numbersOf = (value: Tensor | undefined) => value!.data as Float32Array;

describe('models from one sequence to another as in PyTorch', () => {
	it('are those of the script', () => expect(Object.keys(models)).toEqual(Object.keys(golden)));

	it.each(Object.entries(models))('%s: logits, loss, every gradient', async (name, model) => {
		const expected = golden[name]!;
		const { named, weights } = parametersOf(model);
		expect(Object.fromEntries(named.map(([name, { shape }]) => [name, shape]))).toEqual(expected.shapes);
		const inputs = Object.fromEntries(
			Object.entries(pairInputs).map(([name, { dtype, shape }]) => [name, input(name, dtype, shape)]),
		) as Named<Seq2SeqInput>;
		const outputs = model.apply(inputs, nn.prediction);
		const loss = nn.meanLoss(model.loss(outputs, inputs) as nn.Loss);
		const gradients = backward(
			loss,
			named.map(([, value]) => value),
		);
		const results = { ...outputs, loss, ...Object.fromEntries(named.map(([name], place) => [`gradient ${name}`, gradients[place]!])) };
		const bytes = writeOnnx(emit({ inputs: { ...inputs, ...Object.fromEntries(named) }, outputs: results }));
		const session = await createSession(bytes, { threads: 1 });
		const found = await session.run({ ...batch, ...weights });
		await session.release();
		expect(found.logits!.shape).toEqual([4, 7, 11]);
		expect(farthest(numbersOf(found.logits), expected.logits)).toBeLessThan(1e-5);
		expect(farthest(numbersOf(found.loss), [expected.loss])).toBeLessThan(1e-5);
		for (const [name, theirs] of Object.entries(expected.gradients)) {
			// The error that is allowed is small beside it.
			expect(Math.max(...theirs.map(Math.abs)), name).toBeGreaterThan(4e-4);
			expect(farthest(numbersOf(found[`gradient ${name}`]), theirs), name).toBeLessThan(1e-6);
		}
	});

	it.each(Object.entries(models))('%s: the same logits, a token after another', async (name, model) => {
		const { logits, attention } = golden[name]!;
		const { weights } = parametersOf(model);
		const open = (program: string) => createSession(exportModel(model, weights, program), { threads: 1 });
		const [encode, step] = await Promise.all([open('encode'), open('step')]);
		const { source, sourceLengths, target } = batch as Readonly<Record<Seq2SeqInput, Tensor>>;
		const [size, time] = target.shape as [number, number];
		let kept: Readonly<Record<string, Tensor>> = { sourceLengths, ...(await encode.run({ source, sourceLengths })) };
		/** Keys and values of the tokens that were said, `[batch, heads, time, width]`, of which each step gives its own. */
		const lists = Object.fromEntries(
			step.outputs.flatMap((name) =>
				name.startsWith('added.')
					? [[name.slice(6), tensor('float32', [size, 2, time, 4], new Float32Array(size * 2 * time * 4))] as const]
					: [],
			),
		);
		/** What each step gave of the rows of the batch, where the whole has it: [batch, time, …]. */
		const said: Record<'logits' | 'attention', number[][]> = { logits: [], attention: [] };
		for (let t = 0; t < time; t++) {
			const token = tensor(
				'int32',
				[size],
				ids(size, (n) => Number(target.data[n * time + t])),
			);
			const has = tensor(
				'bool',
				[size, 1, time],
				Uint8Array.from({ length: size * time }, (_, i) => Number(i % time < t)),
			);
			const given: Readonly<Record<string, Tensor>> = { ...kept, ...lists, token, has, place: tensor('int32', [], [t]) };
			const results = await step.run(Object.fromEntries(step.inputs.map((name) => [name, given[name]!])));
			const next = Object.entries(results).flatMap(([name, value]) => (name.startsWith('next.') ? [[name.slice(5), value] as const] : []));
			kept = { ...kept, ...Object.fromEntries(next) };
			for (const [name, list] of Object.entries(lists)) {
				const own = numbersOf(results[`added.${name}`]);
				for (let head = 0; head < size * 2; head++)
					(list.data as Float32Array).set(own.slice(head * 4, head * 4 + 4), (head * time + t) * 4);
			}
			for (const [what, all] of Object.entries(said)) {
				const numbers = results[what] ? Array.from(numbersOf(results[what])) : [];
				for (let n = 0; n < size; n++) all[n * time + t] = numbers.slice((n * numbers.length) / size, ((n + 1) * numbers.length) / size);
			}
		}
		await Promise.all([encode.release(), step.release()]);
		expect(farthest(said.logits.flat(), logits)).toBeLessThan(1e-5);
		expect(farthest(said.attention.flat(), attention ?? [])).toBeLessThan(1e-5);
	});

	const trained = Object.entries(golden).flatMap(([name, { losses }]) => (losses ? [[name, losses] as const] : []));
	it.each(trained)('%s: losses of five steps of Adam', async (name, losses) => {
		const model = models[name]!;
		const { weights } = parametersOf(model);
		const given = { steps: 5, batchSize: pairs.length, validateEvery: 1, threads: 1, weights };
		const { history } = await fit(model, samples, { ...given, optimizer: adam({ rate: 1e-2 }) });
		const found = history.map(({ loss }) => loss);
		expect(farthest(found, losses)).toBeLessThan(1e-5);
	});
});
