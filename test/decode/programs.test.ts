// Generation by the two programs of a model: what it says has the probabilities that the whole model gives it, and rows do not get mixed up.
import { generate, openPrograms } from 'textloom/decode';
import { createSession, tensor } from 'textloom/graph';
import { seq2seq } from 'textloom/models/seq2seq';
import { exportModel, initialWeights } from 'textloom/train';
import { afterAll, describe, expect, it } from 'vitest';
import { logProbabilities } from './toy.js';

const [start, end, target] = [1, 2, 9];
const model = seq2seq({ source: 13, target, width: 8 });
// Larger weights than those of the beginning: tokens of unlike probabilities, so that no two hypotheses are equally good.
const weights = Object.fromEntries(
	Object.entries(initialWeights(model, 5)).map(([name, { shape, data }]) => [
		name,
		tensor(
			'float32',
			shape,
			(data as Float32Array).map((one) => 3 * one),
		),
	]),
);
const programs = { encode: exportModel(model, weights, 'encode'), step: exportModel(model, weights, 'step'), start, end };
const decoder = await openPrograms(programs, { threads: 1 });
afterAll(() => decoder.close());

const inputs = [[3, 4, 5, 6], [7], [8, 9], [3, 3, 3, 3, 3, 12], [7, 8]];

/** The logarithms of the probabilities of tokens after a source, by the model over all of them. */
async function scoresOf(source: readonly number[], tokens: readonly number[]): Promise<number[]> {
	const session = await createSession(exportModel(model, weights), { threads: 1 });
	const read = [start, ...tokens.slice(0, -1)];
	const { logits } = await session.run({
		source: tensor('int32', [1, source.length], [...source]),
		sourceLengths: tensor('int32', [1], [source.length]),
		target: tensor('int32', [1, read.length], read),
	});
	await session.release();
	return tokens.map(
		(token, place) => logProbabilities(Array.from((logits!.data as Float32Array).subarray(place * target, (place + 1) * target)))[token]!,
	);
}

describe('a decoder of two programs', () => {
	it.each([{ numBeams: 1 }, { numBeams: 4, numReturnSequences: 4 }, { numBeams: 4, numReturnSequences: 3, noRepeatNgramSize: 1 }])(
		'says what the whole model says of it: %j',
		async (options) => {
			const found = await generate(decoder, inputs, { ...options, maxNewTokens: 7 });
			for (const [place, hypotheses] of found.entries()) {
				expect(hypotheses.length).toBeGreaterThan(0);
				for (const { tokens, score } of hypotheses) {
					const sum = (await scoresOf(inputs[place]!, tokens)).reduce((all, one) => all + one, 0);
					expect(score).toBeCloseTo(options.numBeams === 1 ? sum : sum / tokens.length, 4);
				}
			}
		},
	);

	it('says the same of a source alone and beside others', async () => {
		const options = { numBeams: 3, maxNewTokens: 7 };
		const together = await generate(decoder, inputs, options);
		for (const [place, input] of inputs.entries()) {
			const [alone] = await generate(decoder, [input], options);
			expect(alone![0]!.tokens).toEqual(together[place]![0]!.tokens);
		}
	});

	it('has sources before they are words: ids that the model has not', async () => {
		await expect(generate(decoder, [[99]], {})).rejects.toThrow();
	});

	it('refuses programs that do not fit together', async () => {
		await expect(openPrograms({ ...programs, encode: exportModel(model, weights) })).rejects.toThrow(
			'openPrograms: expected encode to take or give state, which step takes',
		);
		await expect(openPrograms({ ...programs, end: -1 })).rejects.toThrow('openPrograms: expected end to be a whole number from 0, got -1.');
	});
});
