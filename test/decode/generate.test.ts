// Searches over a decoder of a formula: against all sequences that there are, against each other, and what each option does.
import { courseBeams, type Decoder, type GenerateOptions, generate } from 'textloom/decode';
import { describe, expect, it } from 'vitest';
import { logProbabilities, type Toy, toyDecoder } from './toy.js';

const inputs = [[3, 1, 2], [5], [2, 2, 2, 2, 1], [4, 4]];

interface Whole {
	readonly tokens: readonly number[];
	readonly sum: number;
}

/** All sequences from a prompt, of at most `longest` new tokens, that end with `end` or by their length. */
function allOf({ vocabulary, end }: Toy, logits: (tokens: readonly number[]) => readonly number[], longest: number): Whole[] {
	const found: Whole[] = [];
	const follow = (tokens: readonly number[], sum: number) => {
		if (tokens.length === longest || (tokens.length > 0 && tokens.at(-1) === end)) {
			found.push({ tokens, sum });
			return;
		}
		const own = logProbabilities(logits(tokens));
		for (let token = 0; token < vocabulary; token++) follow([...tokens, token], sum + own[token]!);
	};
	follow([], 0);
	return found;
}

const toy = {
	vocabulary: 5,
	end: 4,
	logit: (token, tokens, source) => 3 * Math.sin(token * 1.7 + tokens.at(-1)! * 2.9 + tokens.length * 0.7 + source.length),
} satisfies Toy;
const logitsFor = (source: readonly number[]) => (tokens: readonly number[]) =>
	Array.from({ length: toy.vocabulary }, (_, token) => toy.logit(token, [0, ...tokens], source));
const tokensOf = (found: Awaited<ReturnType<typeof generate>>) => found.map((all) => all.map(({ tokens }) => tokens));

describe('beam search', () => {
	it.each([0, 0.75, 1, 2])('with beams for all sequences finds the best of all, a length penalty of %d', async (lengthPenalty) => {
		const longest = 4;
		const options = { numBeams: 700, maxNewTokens: longest, lengthPenalty, earlyStopping: 'never' as const, numReturnSequences: 5 };
		const found = await generate(toyDecoder(toy), inputs, options);
		for (const [place, source] of inputs.entries()) {
			const ranked = allOf(toy, logitsFor(source), longest)
				.map(({ tokens, sum }) => ({ tokens, score: sum / tokens.length ** lengthPenalty }))
				.sort((a, b) => b.score - a.score);
			for (const [rank, { tokens, score }] of found[place]!.entries()) {
				expect(tokens).toEqual(ranked[rank]!.tokens);
				expect(score).toBeCloseTo(ranked[rank]!.score, 4);
			}
		}
	});

	it('with one beam says what greedy search says', async () => {
		const decoder = toyDecoder({ vocabulary: 30, end: 29 });
		const greedy = await generate(decoder, inputs, { maxNewTokens: 12 });
		for (const [place, [{ tokens, score } = { tokens: [], score: 0 }]] of greedy.entries()) {
			const followed: number[] = [];
			let sum = 0;
			for (const token of tokens) {
				const logits = Array.from({ length: 30 }, (_, next) => {
					const all = [0, ...followed];
					const [last = 0, before = 0] = [all.at(-1), all.at(-2)];
					return 3 * Math.sin(7.3 + next * 1.7 + last * 2.9 + before * 0.53 + inputs[place]!.length * 0.9 + inputs[place]![0]! * 0.31);
				});
				expect(token).toBe(logits.indexOf(Math.max(...logits)));
				sum += logProbabilities(logits)[token]!;
				followed.push(token);
			}
			expect(score).toBeCloseTo(sum, 4);
		}
	});

	it('never gets worse with more beams, at a fixed length', async () => {
		const decoder = toyDecoder({ vocabulary: 12, seed: 3 });
		let before = inputs.map(() => Number.NEGATIVE_INFINITY);
		for (const numBeams of [2, 4, 8, 16, 64]) {
			const found = await generate(decoder, inputs, { numBeams, maxNewTokens: 8, lengthPenalty: 0 });
			const scores = found.map(([best]) => best!.score);
			for (const [place, score] of scores.entries()) expect(score).toBeGreaterThanOrEqual(before[place]! - 1e-5);
			before = scores;
		}
	});

	it('ranks what was followed at any step, as the course has it', async () => {
		const options: GenerateOptions = { numBeams: 2, maxNewTokens: 3, numReturnSequences: 2, ...courseBeams };
		const [found] = await generate(toyDecoder(toy), [inputs[0]!], options);
		// By hand: the two best of each step, all of them ranked by their sum over L^0.75.
		const ranked: { tokens: readonly number[]; score: number }[] = [];
		let beams: Whole[] = [{ tokens: [], sum: 0 }];
		for (let step = 1; step <= 3; step++) {
			const next = beams
				.flatMap(({ tokens, sum }) =>
					logProbabilities(logitsFor(inputs[0]!)(tokens)).map((own, token) => ({ tokens: [...tokens, token], sum: sum + own })),
				)
				.sort((a, b) => b.sum - a.sum);
			ranked.push(...next.slice(0, 2).map(({ tokens, sum }) => ({ tokens, score: sum / step ** 0.75 })));
			beams = next.filter(({ tokens }) => tokens.at(-1) !== toy.end).slice(0, 2);
		}
		ranked.sort((a, b) => b.score - a.score);
		expect(found!.map(({ tokens }) => tokens)).toEqual(ranked.slice(0, 2).map(({ tokens }) => tokens));
		expect(found![0]!.score).toBeCloseTo(ranked[0]!.score, 5);
	});

	it('takes from a hypothesis what it did not look at', async () => {
		const decoder = toyDecoder({ ...toy, attention: true });
		const options = { numBeams: 3, maxNewTokens: 6, numReturnSequences: 3 };
		const [plain] = await generate(decoder, [inputs[2]!], options);
		const [covering] = await generate(decoder, [inputs[2]!], { ...options, coveragePenalty: 0.1 });
		for (const { tokens, score, attention } of covering!) {
			expect(attention).toHaveLength(tokens.length);
			const looked = [0, 1, 2, 3, 4].map((place) => attention!.reduce((sum, weights) => sum + weights[place]!, 0));
			const penalty = 0.1 * looked.reduce((sum, one) => sum - Math.log(Math.max(Math.min(one, 1), 1e-9)), 0);
			const same = plain!.find((one) => one.tokens.join() === tokens.join());
			if (same) expect(score).toBeCloseTo(same.score - penalty, 4);
		}
	});

	it('looks at each source alone, however long those beside it are', async () => {
		const decoder = toyDecoder({ ...toy, attention: true });
		for (const options of [{}, { coveragePenalty: 0.2 }]) {
			const given = { numBeams: 3, maxNewTokens: 6, ...options };
			const together = await generate(decoder, inputs, given);
			for (const [place, input] of inputs.entries()) {
				expect(await generate(decoder, [input], given)).toEqual([together[place]]);
				expect(together[place]![0]!.attention![0]).toHaveLength(input.length);
			}
		}
	});

	it('follows a rule that allows few sequences, and asks it of no others', async () => {
		const decoder = toyDecoder({ vocabulary: 6, end: 5 });
		const sequences = [
			[0, 1, 2, 5],
			[0, 3, 5],
		];
		const prefixAllowedTokens = (_: number, tokens: readonly number[]) => {
			const next = sequences.filter((one) => tokens.every((token, place) => one[place] === token)).map((one) => one[tokens.length]!);
			expect(next).not.toEqual([]);
			return next;
		};
		for (const numBeams of [2, 3, 4]) {
			for (const renormalizeLogits of [false, true]) {
				const options = { numBeams, numReturnSequences: numBeams, lengthPenalty: 2, prefixAllowedTokens, renormalizeLogits };
				const [found] = await generate(decoder, [[1]], options);
				expect(found!.map(({ tokens }) => tokens.join(' ')).sort()).toEqual(['1 2 5', '3 5']);
			}
		}
	});

	it('lets what is done leave the batch', async () => {
		const endsAfter = (source: readonly number[], tokens: readonly number[]) => (tokens.length >= source.length ? 50 : -50);
		const logit: Toy['logit'] = (token, tokens, source) => (token === 4 ? endsAfter(source, tokens) : token);
		const decoder = toyDecoder({ vocabulary: 5, end: 4, logit });
		await generate(decoder, inputs, { numBeams: 2, earlyStopping: true, maxNewTokens: 20 });
		expect(decoder.steps.at(-1)).toBeLessThan(2 * inputs.length);
		expect(decoder.steps.length).toBeLessThan(20);
	});
});

const everyWay: readonly GenerateOptions[] = [
	{},
	{ doSample: true, seed: 7, numReturnSequences: 3 },
	{ doSample: true, seed: 7, topK: 4, topP: 0.9, minP: 0.01, temperature: 0.7 },
	{ numBeams: 4, numReturnSequences: 4 },
	{ numBeams: 3, doSample: true, seed: 2 },
	{ numBeams: 4, numBeamGroups: 2, diversityPenalty: 0.5, numReturnSequences: 2 },
	{ numBeams: 4, forceWordsIds: [[3, 1]] },
];

describe('an input', () => {
	it.each(everyWay)('gets the same beside others as alone: %j', async (options) => {
		const decoder = toyDecoder({ vocabulary: 20, end: 19, seed: 4 });
		const given = { ...options, maxNewTokens: 10 };
		const together = await generate(decoder, inputs, given);
		expect(await generate(decoder, inputs, { ...given, batchSize: 1 })).toEqual(together);
		expect(await generate(decoder, inputs, { ...given, batchSize: 3 })).toEqual(together);
		expect(decoder.released).toBe(1 + 4 + 2);
	});

	it.each(everyWay.filter(({ doSample }) => !doSample))('gets the same at any place: %j', async (options) => {
		const decoder = toyDecoder({ vocabulary: 20, end: 19, seed: 4, attention: true });
		const given = { ...options, maxNewTokens: 10 };
		const together = await generate(decoder, inputs, given);
		for (const [place, input] of inputs.entries()) expect(await generate(decoder, [input], given)).toEqual([together[place]]);
		for (const { tokens, attention } of together.flat()) expect(attention).toHaveLength(tokens.length);
	});

	it('may be a prompt, of any length', async () => {
		const decoder = toyDecoder({ vocabulary: 20, reads: 'prompt', end: 19 });
		const found = await generate(decoder, inputs, { maxNewTokens: 5 });
		expect(found.every(([one]) => one!.tokens.length <= 5)).toBe(true);
		const whole = await generate(decoder, inputs, { maxLength: 6 });
		for (const [place, [one]] of whole.entries()) expect(one!.tokens.length + inputs[place]!.length).toBeLessThanOrEqual(6);
	});
});

describe('drawing', () => {
	it('follows the probabilities, and its seed', async () => {
		const logits = [0, 1, 2, 0.5];
		const decoder = toyDecoder({ vocabulary: 4, logit: (token) => logits[token]! });
		const draw = async (options: GenerateOptions) =>
			(await generate(decoder, [[1]], { doSample: true, maxNewTokens: 1, numReturnSequences: 4000, ...options }))[0]!.map(
				({ tokens }) => tokens[0]!,
			);
		const shares = (drawn: readonly number[]) => logits.map((_, token) => drawn.filter((one) => one === token).length / drawn.length);
		const probabilities = (some: readonly number[]) => logProbabilities(some).map(Math.exp);
		const near = (drawn: readonly number[], expected: readonly number[]) => {
			for (const [token, share] of shares(drawn).entries()) expect(Math.abs(share - expected[token]!)).toBeLessThan(0.03);
		};
		const first = await draw({ seed: 1 });
		near(first, probabilities(logits));
		expect(await draw({ seed: 1 })).toEqual(first);
		expect(await draw({ seed: 2 })).not.toEqual(first);
		// Neighbouring seeds have nothing in common, not a step later either.
		const beams = async (seed: number) => {
			const options = { doSample: true, numBeams: 2, seed, maxNewTokens: 12 };
			const [[best]] = (await generate(toyDecoder({ vocabulary: 50, logit: () => 0 }), [[1]], options)) as unknown as [
				[{ tokens: number[] }],
			];
			return best.tokens;
		};
		const [one, two] = [await beams(1), await beams(2)];
		expect(one.slice(1).filter((token, place) => token === two[place]).length).toBeLessThan(4);
		near(await draw({ temperature: 0.5 }), probabilities(logits.map((one) => 2 * one)));
		near(await draw({ topK: 2 }), probabilities([Number.NEGATIVE_INFINITY, 1, 2, Number.NEGATIVE_INFINITY]));
		near(await draw({ topP: 0.7 }), probabilities([Number.NEGATIVE_INFINITY, 1, 2, Number.NEGATIVE_INFINITY]));
		near(await draw({ minP: 0.2 }), probabilities([Number.NEGATIVE_INFINITY, 1, 2, 0.5]));
	});
});

describe('generation', () => {
	it('says tokens as they come', async () => {
		const decoder = toyDecoder({ vocabulary: 20, end: 19, seed: 4 });
		const heard: number[][] = inputs.map(() => []);
		const found = await generate(decoder, inputs, { maxNewTokens: 10, onToken: ({ input, token }) => heard[input]!.push(token) });
		expect(tokensOf(found)).toEqual(heard.map((tokens) => [tokens]));
	});

	it('ends by its length where no end comes, and says so', async () => {
		const decoder = toyDecoder({ vocabulary: 20 });
		const [[greedy], [beam]] = [
			await generate(decoder, [[1]], { maxNewTokens: 7 }),
			await generate(decoder, [[1]], { maxNewTokens: 7, numBeams: 3 }),
		].map((all) => all[0]!) as never as [{ tokens: number[]; ended: boolean }[], { tokens: number[]; ended: boolean }[]];
		expect([greedy!.tokens.length, greedy!.ended, beam!.tokens.length, beam!.ended]).toEqual([7, false, 7, false]);
		expect((await generate(decoder, [[1]]))[0]![0]!.tokens).toHaveLength(128);
	});

	it.each<[GenerateOptions]>([[{}], [{ lengthPenalty: 2 }], [{ numBeamGroups: 4, diversityPenalty: 1 }], [{ forceWordsIds: [[0]] }]])(
		'gives what there is where more sequences are wanted than there are: %j',
		async (options) => {
			const decoder = toyDecoder({ vocabulary: 2, end: 1 });
			const [found] = await generate(decoder, [[1]], { numBeams: 8, numReturnSequences: 8, maxNewTokens: 3, ...options });
			// 1, 0 1, 0 0 1 and 0 0 0: there are no others. Groups find what others have found.
			const all = new Set(found!.map(({ tokens }) => tokens.join(' ')));
			for (const one of all) expect(['1', '0 1', '0 0 1', '0 0 0']).toContain(one);
			for (const { score } of found!) expect(score).toBeGreaterThan(-1000);
			if (!options.numBeamGroups) expect(found!.length).toBe(all.size);
		},
	);

	it('holds the words that it must, where there is room for them', async () => {
		const decoder = toyDecoder({ vocabulary: 12, end: 11 });
		const options = { numBeams: 4, forceWordsIds: [[3, 1, 4], [7]] };
		for (const [{ tokens } = { tokens: [] }] of await generate(decoder, inputs, { ...options, maxNewTokens: 12 })) {
			expect(` ${tokens.join(' ')} `).toContain(' 3 1 4 ');
			expect(tokens).toContain(7);
		}
		for (const found of await generate(decoder, inputs, { ...options, maxNewTokens: 2 })) {
			expect(found).toHaveLength(1);
			expect(found.every(({ tokens }) => tokens.length <= 2)).toBe(true);
		}
	});

	it('ends with its signal, and lets go of what it kept', async () => {
		const decoder = toyDecoder({ vocabulary: 20 });
		const controller = new AbortController();
		const onToken = () => controller.abort(new Error('enough'));
		await expect(generate(decoder, [[1]], { onToken, signal: controller.signal, maxNewTokens: 50 })).rejects.toThrow('enough');
		expect([decoder.steps.length, decoder.released]).toEqual([1, 1]);
	});

	it('tells how far it is', async () => {
		const done: number[] = [];
		await generate(toyDecoder({ vocabulary: 9 }), inputs, { batchSize: 3, maxNewTokens: 2, onProgress: (count) => done.push(count) });
		expect(done).toEqual([3, 4]);
		expect(await generate(toyDecoder({ vocabulary: 9 }), [])).toEqual([]);
	});

	const plain: Decoder = { ...toyDecoder({ vocabulary: 9, end: 8, maxLength: 12 }), maxInput: 12 };
	const prompts = toyDecoder({ vocabulary: 9, reads: 'prompt', maxLength: 5 });
	it.each<[string, Decoder, readonly (readonly number[])[], GenerateOptions, string]>([
		['an empty source', plain, [[1], []], {}, 'expected inputs to be an array of sequences of tokens, none empty'],
		[
			'a source beyond the model',
			plain,
			[new Array(13).fill(1)],
			{},
			'expected inputs of at most 12 tokens, as the model reads, got 13 at place 0. Cut it.',
		],
		[
			'sequences beyond the model',
			plain,
			[[1]],
			{ maxLength: 13 },
			'expected sequences of at most 12 tokens, as the model has places, got 13 at place 0. Lower the length that is asked for.',
		],
		[
			'no room after a prompt',
			prompts,
			[[1, 2, 3]],
			{ maxLength: 3 },
			'expected room after the prompt of 3 tokens at place 0, got a length of at most 3.',
		],
		['two lengths', plain, [[1]], { maxLength: 3, maxNewTokens: 3 }, 'expected maxLength or maxNewTokens, got both. Leave one out.'],
		[
			'a least length above the largest',
			plain,
			[[1]],
			{ minLength: 5, maxLength: 4 },
			'expected a least length up to the largest, 4, got 5.',
		],
		[
			'more sequences than beams',
			plain,
			[[1]],
			{ numBeams: 2, numReturnSequences: 3 },
			'expected at most as many sequences as beams, 2, got 3.',
		],
		[
			'groups of unequal size',
			plain,
			[[1]],
			{ numBeams: 5, numBeamGroups: 2, diversityPenalty: 1 },
			'expected groups of equally many beams, got 5 beams for 2.',
		],
		[
			'groups that do not differ',
			plain,
			[[1]],
			{ numBeams: 4, numBeamGroups: 2 },
			'expected diversityPenalty above 0 beside numBeamGroups, got numBeamGroups alone.',
		],
		[
			'a temperature of what is not drawn',
			plain,
			[[1]],
			{ temperature: 0.5 },
			'expected doSample beside temperature, got temperature alone.',
		],
		[
			'a length penalty without beams',
			plain,
			[[1]],
			{ lengthPenalty: 2 },
			'expected numBeams above 1 beside lengthPenalty, got lengthPenalty alone.',
		],
		['words without beams', plain, [[1]], { forceWordsIds: [[1]] }, 'expected numBeams above 1 beside forceWordsIds'],
		[
			'words that are drawn',
			plain,
			[[1]],
			{ forceWordsIds: [[1]], numBeams: 2, doSample: true },
			'expected forceWordsIds or doSample, got both.',
		],
		['tokens of beams', plain, [[1]], { numBeams: 2, onToken: () => {} }, 'expected one sequence for each input beside onToken, got 2.'],
		[
			'n-grams of a source that is none',
			prompts,
			[[1]],
			{ encoderNoRepeatNgramSize: 2 },
			'expected a model with a source beside encoderNoRepeatNgramSize',
		],
		[
			'an option that it has not',
			plain,
			[[1]],
			{ numBeam: 2 } as never,
			'expected an option that it has, got numBeam. Did you mean numBeams?',
		],
		[
			'a rule that allows nothing',
			plain,
			[[1]],
			{ prefixAllowedTokens: () => [] },
			'expected prefixAllowedTokens to allow a token after 0, got none.',
		],
		[
			'options that leave no token',
			plain,
			[[1]],
			{ suppressTokens: [0, 1, 2, 3, 4, 5, 6, 7, 8] },
			'expected a token that the options allow after 0, got none.',
		],
		[
			'beams that options leave no token',
			plain,
			[[1]],
			{ numBeams: 3, suppressTokens: [0, 1, 2, 3, 4, 5, 6, 7, 8] },
			'expected a token that the options allow after 0, got none.',
		],
		[
			'a penalty for what no model says',
			plain,
			[[1]],
			{ numBeams: 3, coveragePenalty: 1 },
			'expected a model that says where it looks beside coveragePenalty, got one that does not.',
		],
	])('refuses %s', async (_, decoder, given, options, message) => {
		await expect(generate(decoder, given, options)).rejects.toThrow(`generate: ${message}`);
	});
});
