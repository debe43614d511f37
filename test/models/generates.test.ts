// Models that generate learn to: sequences are said back in reverse order, those that were never seen, too.
import { generate, openPrograms } from 'textloom/decode';
import { tensor } from 'textloom/graph';
import { seq2seq } from 'textloom/models/seq2seq';
import { transformerSeq2Seq } from 'textloom/models/transformer-seq2seq';
import { adam } from 'textloom/optim';
import { randomUint32 } from 'textloom/stream';
import { exportModel, fit, type Samples, type Trainable } from 'textloom/train';
import { expect, it } from 'vitest';

const [start, end, words] = [1, 2, 9];

/** Sequences of two to five words, from 3 on. */
const sequences = (count: number, stream: number) =>
	Array.from({ length: count }, (_, i) =>
		Array.from({ length: 2 + (randomUint32(stream, 0, i) % 4) }, (_, place) => 3 + (randomUint32(stream, 1 + place, i) % (words - 3))),
	);

function samplesOf(sources: readonly (readonly number[])[]): Samples {
	const pairs = sources.map((source) => ({ source, target: [start, ...source.toReversed()], targets: [...source.toReversed(), end] }));
	const padded = (rows: readonly (readonly number[])[]) => {
		const width = Math.max(...rows.map(({ length }) => length));
		return tensor(
			'int32',
			[rows.length, width],
			rows.flatMap((row) => [...row, ...new Array<number>(width - row.length).fill(0)]),
		);
	};
	return {
		size: pairs.length,
		lengths: { source: sources.map(({ length }) => length) },
		batch(numbers) {
			const some = Array.from(numbers, (number) => pairs[number]!);
			return {
				source: padded(some.map(({ source }) => source)),
				sourceLengths: tensor(
					'int32',
					[some.length],
					some.map(({ source }) => source.length),
				),
				target: padded(some.map(({ target }) => target)),
				targets: padded(some.map(({ targets }) => targets)),
			};
		},
		fingerprint: () => 'reversed',
	};
}

it.each<[string, Trainable, number]>([
	['a GRU with attention', seq2seq({ source: words, target: words, width: 32 }), 500],
	[
		'a GRU that looks before each step',
		seq2seq({ source: words, target: words, width: 32, attention: 'additive', bidirectional: true }),
		500,
	],
	['a transformer', transformerSeq2Seq({ source: words, target: words, width: 32, layers: 1, heads: 2, tied: 'all', dropout: 0 }), 700],
])('%s', async (_, model, steps) => {
	const { weights } = await fit(model, samplesOf(sequences(2000, 1)), {
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
		expect(right.length).toBeGreaterThan(90);
	}
	await decoder.close();
});
