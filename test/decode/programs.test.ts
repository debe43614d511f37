// Generation by the two programs of a model: what it says has the probabilities that the whole model gives it, and rows do not get mixed up.
import { type Decoder, generate, openPrograms } from 'textloom/decode';
import { createSession, readOnnx, type Session, tensor, writeOnnx } from 'textloom/graph';
import { seq2seq } from 'textloom/models/seq2seq';
import { transformerSeq2Seq } from 'textloom/models/transformer-seq2seq';
import { exportModel, initialWeights, type Trainable } from 'textloom/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logProbabilities } from './toy.js';

const [start, end, target] = [1, 2, 9];
const small = { source: 13, target, width: 8, layers: 2, heads: 2 };
const recurrent = { source: 13, target, width: 8 } as const;
const models = {
	'a GRU with attention': seq2seq({ source: 13, target, width: 8 }),
	'an LSTM in both directions, two layers, attention of a form': seq2seq({
		...recurrent,
		cell: 'lstm',
		layers: 2,
		bidirectional: true,
		attention: 'general',
	}),
	'a GRU that looks before each step': seq2seq({ ...recurrent, layers: 2, attention: 'additive', tied: 'target' }),
	'an RNN without attention': seq2seq({ ...recurrent, cell: 'rnn', attention: 'none' }),
	'a GRU that has the context at every step': seq2seq({ ...recurrent, bidirectional: true, attention: 'none', context: 'each' }),
	'a transformer': transformerSeq2Seq(small),
	'a transformer normalized after its parts, with three tables': transformerSeq2Seq({ ...small, norm: 'after', tied: 'none' }),
	'a transformer with one table': transformerSeq2Seq({ ...small, source: target, tied: 'all' }),
};

const inputs = [[3, 4, 5, 6], [7], [8, 3], [3, 3, 3, 3, 3, 8], [7, 8]];

/** Larger weights than those of the beginning: tokens of unlike probabilities, so that no two hypotheses are equally good. */
const weightsOf = (model: Trainable) =>
	Object.fromEntries(
		Object.entries(initialWeights(model, 5)).map(([name, { shape, data }]) => [
			name,
			tensor(
				'float32',
				shape,
				(data as Float32Array).map((one) => 3 * one),
			),
		]),
	);

describe.each(Object.entries(models))('a decoder of the programs of %s', (_, model) => {
	const weights = weightsOf(model);
	const programs = { encode: exportModel(model, weights, 'encode'), step: exportModel(model, weights, 'step'), start, end };
	let decoder: Decoder;
	let whole: Session;
	beforeAll(async () => {
		decoder = await openPrograms(programs, { threads: 1 });
		whole = await createSession(exportModel(model, weights), { threads: 1 });
	});
	afterAll(() => Promise.all([decoder.close(), whole.release()]));

	/** The logarithms of the probabilities of tokens after a source, by the model over all of them. */
	async function scoresOf(source: readonly number[], tokens: readonly number[]): Promise<number[]> {
		const read = [start, ...tokens.slice(0, -1)];
		const { logits } = await whole.run({
			source: tensor('int32', [1, source.length], [...source]),
			sourceLengths: tensor('int32', [1], [source.length]),
			target: tensor('int32', [1, read.length], read),
		});
		const rows = logits!.data as Float32Array;
		return tokens.map((token, place) => logProbabilities(Array.from(rows.subarray(place * target, (place + 1) * target)))[token]!);
	}

	it.each([
		{ numBeams: 1 },
		// Those of an input that end leave others behind: not as many for each.
		{ numBeams: 1, doSample: true, numReturnSequences: 5, seed: 7 },
		{ numBeams: 4, numReturnSequences: 4 },
		{ numBeams: 4, numReturnSequences: 3, noRepeatNgramSize: 1 },
		// Lists are put in order several times.
		{ numBeams: 3, maxNewTokens: 40, minNewTokens: 40 },
	])('says what the whole model says of it: %j', async (options) => {
		const found = await generate(decoder, inputs, { maxNewTokens: 7, ...options });
		for (const [place, hypotheses] of found.entries()) {
			expect(hypotheses.length).toBeGreaterThan(0);
			for (const { tokens, score } of hypotheses) {
				const sum = (await scoresOf(inputs[place]!, tokens)).reduce((all, one) => all + one, 0);
				expect(score).toBeCloseTo(options.numBeams === 1 ? sum : sum / tokens.length, 4);
			}
		}
	});

	it('says the same of a source alone and beside others', async () => {
		const options = { numBeams: 3, maxNewTokens: 7 };
		const together = await generate(decoder, inputs, options);
		for (const [place, input] of inputs.entries()) {
			const [alone] = await generate(decoder, [input], options);
			expect(alone![0]!.tokens).toEqual(together[place]![0]!.tokens);
			expect(alone![0]!.score).toBeCloseTo(together[place]![0]!.score, 4);
			expect(alone![0]!.attention?.map(({ length }) => length)).toEqual(together[place]![0]!.attention?.map(({ length }) => length));
		}
	});

	it('has sources before they are words: ids that the model has not', async () => {
		await expect(generate(decoder, [[99]], {})).rejects.toThrow();
	});

	it('refuses programs that do not fit together', async () => {
		await expect(openPrograms({ ...programs, encode: exportModel(model, weights) })).rejects.toThrow(
			/openPrograms: expected encode to take or give [\w.]+, which step takes/,
		);
		await expect(openPrograms({ ...programs, step: programs.encode })).rejects.toThrow(
			'openPrograms: expected step to take token, got source',
		);
		await expect(openPrograms(programs, { thread: 1 } as never)).rejects.toThrow(
			'expected an option that it has, got thread. Did you mean threads?',
		);
		await expect(openPrograms({ ...programs, end: -1 })).rejects.toThrow('openPrograms: expected end to be a whole number from 0, got -1.');
	});
});

it('gives a step that has one size for rows and sources what is of the source for each row', async () => {
	const model = models['a GRU with attention'];
	const weights = weightsOf(model);
	const [encode, step] = [exportModel(model, weights, 'encode'), exportModel(model, weights, 'step')];
	const { graph, ...rest } = readOnnx(step);
	const one = <V extends { readonly shape: readonly (string | number)[] }>(value: V): V => ({
		...value,
		shape: value.shape.map((size) => (size === 'rows' ? 'batch' : size)),
	});
	const named = writeOnnx({ ...rest, graph: { ...graph, inputs: graph.inputs.map(one), outputs: graph.outputs.map(one) } });
	const [usual, other] = await Promise.all([step, named].map((step) => openPrograms({ encode, step, start, end }, { threads: 1 })));
	const options = { numBeams: 3, numReturnSequences: 3, maxNewTokens: 7 };
	const [expected, found] = [await generate(usual!, inputs, options), await generate(other!, inputs, options)];
	expect(found.map((all) => all.map(({ tokens }) => tokens))).toEqual(expected.map((all) => all.map(({ tokens }) => tokens)));
	await Promise.all([usual!.close(), other!.close()]);
});

describe('decoders beside each other', () => {
	const model = models['a GRU with attention'];
	const weights = weightsOf(model);
	const programs = { encode: exportModel(model, weights, 'encode'), step: exportModel(model, weights, 'step'), start, end };

	it('say what one says, and hear of its end', async () => {
		const [one, three] = await Promise.all([1, 3].map((replicas) => openPrograms(programs, { threads: 3, replicas })));
		const done: number[] = [];
		const options = { numBeams: 3, maxNewTokens: 7, batchSize: 4 };
		const many = Array.from({ length: 23 }, (_, i) => inputs[i % inputs.length]!);
		const [expected, found] = [
			await generate(one!, many, options),
			await generate(three!, many, { ...options, onProgress: (count) => done.push(count) }),
		];
		expect(found.map(([best]) => best!.tokens)).toEqual(expected.map(([best]) => best!.tokens));
		expect(done.at(-1)).toBe(23);
		// Few inputs are shared out, too.
		const begun = [0, 0, 0];
		const spied = [three!, ...three!.beside!].map((own, place) => ({
			...own,
			begin: (some: readonly (readonly number[])[]) => {
				begun[place]! += some.length;
				return own.begin(some);
			},
		}));
		await generate({ ...spied[0]!, beside: spied.slice(1) }, many.slice(0, 6), { numBeams: 3, maxNewTokens: 7 });
		expect(begun).toEqual([2, 2, 2]);
		// What one of them refuses ends the others, too.
		await expect(generate(three!, [...many, [99]], options)).rejects.toThrow();
		expect((await generate(three!, many, options)).length).toBe(23);
		await Promise.all([one!.close(), three!.close()]);
	});

	it('are one at least', async () => {
		await expect(openPrograms(programs, { replicas: 0 })).rejects.toThrow(
			'openPrograms: expected replicas to be a whole number from 1, got 0.',
		);
		await expect(openPrograms({ ...programs, step: new Uint8Array(3) }, { replicas: 2 })).rejects.toThrow();
	});
});
