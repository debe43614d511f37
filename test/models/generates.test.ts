// Models that generate learn to: sequences are said back in reverse order, those that were never seen, too.
import { generate, openPrograms } from 'textloom/decode';
import { createSession, emit, input, ops, type Shape, tensor, type Value, writeOnnx } from 'textloom/graph';
import { scheduled } from 'textloom/models/scheduled-sampling';
import { seq2seq } from 'textloom/models/seq2seq';
import { transformerSeq2Seq } from 'textloom/models/transformer-seq2seq';
import { adam } from 'textloom/optim';
import { randomUint32 } from 'textloom/stream';
import { exportModel, fit, pairSamples, type Trainable } from 'textloom/train';
import { describe, expect, it } from 'vitest';

const [start, end, words] = [1, 2, 9];

/** Sequences of two to five words, from 3 on. */
const sequences = (count: number, stream: number) =>
	Array.from({ length: count }, (_, i) =>
		Array.from({ length: 2 + (randomUint32(stream, 0, i) % 4) }, (_, place) => 3 + (randomUint32(stream, 1 + place, i) % (words - 3))),
	);

const pairs = sequences(2000, 1).map((source) => ({ source, target: source.toReversed() }));

it.each<[string, Trainable, number]>([
	['a GRU with attention', seq2seq({ source: words, target: words, width: 32 }), 500],
	[
		'a GRU that looks before each step',
		seq2seq({ source: words, target: words, width: 32, attention: 'additive', bidirectional: true }),
		500,
	],
	[
		'a GRU that reads more and more of what it says itself',
		seq2seq({ source: words, target: words, width: 32, sampling: { share: 0.4, steps: 400 } }),
		600,
	],
	['a transformer', transformerSeq2Seq({ source: words, target: words, width: 32, layers: 1, heads: 2, tied: 'all', dropout: 0 }), 700],
])('%s', async (_, model, steps) => {
	const { weights } = await fit(model, pairSamples(pairs, { start, end }), {
		optimizer: adam({ rate: 3e-3 }),
		steps,
		batchSize: 32,
		seed: 1,
		threads: 1,
	});
	const [encode, step] = ['encode', 'step'].map((name) => exportModel(model, weights, name)) as [Uint8Array, Uint8Array];
	const decoder = await openPrograms({ encode, step, start, end }, { threads: 1 });
	const unseen = sequences(100, 2);
	for (const options of [{}, { numBeams: 3 }]) {
		const found = await generate(decoder, unseen, { ...options, maxNewTokens: 8 });
		const right = found.filter(([best], place) => best!.tokens.join() === [...unseen[place]!.toReversed(), end].join());
		expect(right.length).toBeGreaterThan(75);
	}
	await decoder.close();
});

it('pairs are samples only with tokens on both sides', () => {
	const refused = 'pairSamples: expected pairs to be an array of { source, target }, each of tokens, one at least';
	for (const source of [[], 'ab', [1.5], [-1], [Number.NaN]]) {
		expect(() => pairSamples([{ source: source as never, target: [1] }], { start, end })).toThrow(refused);
		expect(() => pairSamples([{ source: [1], target: source as never }], { start, end })).toThrow(refused);
	}
	expect(() => pairSamples(pairs, { start } as never)).toThrow(
		'pairSamples: expected end to be a whole number from 0, got nothing. Pass it.',
	);
	const one = pairSamples([{ source: [5, 6, 7], target: [8, 9] }], { start, end });
	const { source, sourceLengths, target, targets } = one.batch(Uint32Array.of(0), { source: 4, target: 5 });
	expect([source, sourceLengths, target, targets].map((one) => Array.from(one!.data as Int32Array))).toEqual([
		[5, 6, 7, 0],
		[3],
		[start, 8, 9, 0, 0],
		[8, 9, end, 0, 0],
	]);
	expect(one.fingerprint()).not.toBe(pairSamples([{ source: [5, 6], target: [7, 8, 9] }], { start, end }).fingerprint());
	expect(one.fingerprint()).not.toBe(pairSamples([{ source: [5, 6, 7], target: [8, 9] }], { start: 3, end }).fingerprint());
});

describe('teacher forcing that becomes less', () => {
	/** What a decoder reads that always says the number after the one that it reads. */
	const read = async (at: { step: number; masks: number }, sampling: { share: number; steps: number }) => {
		const [target, step] = [input('target', 'int32', [2, 4]), input('step', 'int32', [])];
		const masks: Record<string, Value> = {};
		const mask = (rate: number, shape: Shape) => {
			expect(rate).toBe(0.5);
			const name = `mask.${Object.keys(masks).length}`;
			masks[name] = input(name, 'float32', shape);
			return masks[name];
		};
		const next = (ids: Value) => ops.oneHot(ops.add(ids, 1), 12);
		const y = scheduled(target, next, { training: true, mask, step: () => step, move: () => {} }, sampling);
		const session = await createSession(writeOnnx(emit({ inputs: { target, step, ...masks }, outputs: { y } })));
		const drawn = Object.fromEntries(Object.keys(masks).map((name) => [name, tensor('float32', [2, 4], new Array(8).fill(at.masks))]));
		const found = await session.run({
			...drawn,
			target: tensor('int32', [2, 4], [1, 5, 3, 7, 1, 4, 4, 9]),
			step: tensor('int32', [], [at.step]),
		});
		await session.release();
		return Array.from(found.y!.data as Int32Array);
	};

	const told = [1, 5, 3, 7, 1, 4, 4, 9];
	const own = [1, 2, 6, 4, 1, 2, 5, 5];
	it.each([
		['at first', { step: 0, masks: 0 }, { share: 1, steps: 10 }, told],
		['half way, by a low number', { step: 5, masks: 0 }, { share: 0.5, steps: 10 }, own],
		['half way, by a high number', { step: 5, masks: 2 }, { share: 1, steps: 10 }, told],
		['in the end', { step: 30, masks: 2 }, { share: 1, steps: 10 }, own],
		['never more than its share', { step: 30, masks: 2 }, { share: 0.9, steps: 10 }, told],
	])('%s', async (_, at, sampling, expected) => {
		expect(await read(at, sampling)).toEqual(expected);
	});

	it('is a share and a number of steps', () => {
		for (const sampling of [{ share: 2, steps: 1 }, { share: 0.5 }, { share: 0.5, steps: 1, from: 2 }, 0.5])
			expect(() => seq2seq({ source: 3, target: 3, sampling: sampling as never })).toThrow(
				'seq2seq: expected sampling to be { share, steps }',
			);
	});
});
