import fc from 'fast-check';
import { type AnyStage, type AugmentOptions, augment, chain, collect, filter, inTraining, parallel, pipe, toJSON, words } from 'textloom';
import { describe, expect, it } from 'vitest';

const docs = Array.from({ length: 2000 }, (_, n) => {
	const tokens = ['ships', 'leave', 'the', 'harbour', 'before', 'dawn', `${n}`];
	return { tokens, text: tokens.join(' '), n };
});
const only = (options: AugmentOptions) => ({ drop: 0, swap: 0, noise: 0, ...options });
const tokensOf = async (options: AugmentOptions, input = docs) =>
	(await collect(pipe(input, augment(options as AugmentOptions & { on: 'tokens' })))).map(({ tokens }) => tokens);

describe('augment', () => {
	it('changes nothing in prediction, and much in training', async () => {
		const stages = chain(words(), augment());
		expect(await collect(stages(docs))).toEqual(await collect(words()(docs)));
		expect(stages.apply(docs)).toEqual(words().apply(docs));
		const changed = await collect(inTraining(stages, { epoch: 0 })(docs));
		expect(changed.filter(({ tokens }, i) => tokens.join(' ') !== docs[i]!.text).length).toBeGreaterThan(1000);
		expect(changed.map(({ n, text }) => ({ n, text }))).toEqual(docs.map(({ n, text }) => ({ n, text })));
		expect(inTraining(words(), { epoch: 1 }).spec).toEqual(words().spec);
	});

	it('does the same in a repeated run, other things in another epoch or with another seed', async () => {
		const first = await tokensOf({ epoch: 0 });
		expect(await tokensOf({ epoch: 0 })).toEqual(first);
		for (const other of [{ epoch: 1 }, { epoch: 0, seed: 1 }]) expect(await tokensOf(other)).not.toEqual(first);
		// Not the place of a document counts, but the document.
		expect(await tokensOf({ epoch: 0 }, docs.toReversed())).toEqual(first.toReversed());
	});

	it('does the same in workers where documents are dropped before', async () => {
		const rare = filter(({ n }: { n: number }) => n % 3 === 0, { stage: 'rare' });
		const module = { rare: { module: new URL('../stages/own-stages.mjs', import.meta.url) } };
		const stages = [words(), rare, augment({ seed: 5 })] as const;
		const plain = await collect(inTraining(chain(...stages), { epoch: 2 })(docs));
		expect(plain.length).toBe(Math.ceil(docs.length / 3));
		for (const workers of [2, 3]) {
			expect(await collect(inTraining(parallel(stages, { workers, modules: module }), { epoch: 2 })(docs))).toEqual(plain);
		}
	});

	it('does the same in workers', async () => {
		const stages = [words(), augment({ seed: 5 })] as const;
		const plain = await collect(inTraining(chain(...stages), { epoch: 2 })(docs));
		expect(await collect(inTraining(parallel(stages, { workers: 2 }), { epoch: 2 })(docs))).toEqual(plain);
		expect(await collect(parallel(stages, { workers: 2 })(docs))).toEqual(words().apply(docs));
	});

	it('drops, swaps and edits about as many words as asked', async () => {
		const total = docs.length * 7;
		const dropped = (await tokensOf(only({ drop: 0.3, epoch: 0 }))).flat().length;
		expect(dropped / total).toBeGreaterThan(0.68);
		expect(dropped / total).toBeLessThan(0.72);
		const swapped = await tokensOf(only({ swap: 0.1, epoch: 0 }));
		expect(swapped.map((tokens) => [...tokens].sort())).toEqual(docs.map(({ tokens }) => [...tokens].sort()));
		const moved = swapped.flatMap((tokens, i) => tokens.filter((token, j) => token !== docs[i]!.tokens[j])).length / total;
		expect(moved).toBeGreaterThan(0.15);
		expect(moved).toBeLessThan(0.21);
		const noisy = await tokensOf(only({ noise: 0.2, epoch: 0 }));
		const edited = noisy.flatMap((tokens, i) => tokens.filter((token, j) => token !== docs[i]!.tokens[j]));
		// Some edits change nothing: `ee` with its letters changed.
		expect(edited.length / total).toBeGreaterThan(0.16);
		expect(edited.length / total).toBeLessThan(0.2);
		expect(new Set(noisy.map((tokens) => tokens[0]!.length))).toEqual(new Set([4, 5, 6]));
	});

	it('leaves a word at least', async () => {
		expect((await tokensOf(only({ drop: 1, epoch: 0 }))).every((tokens) => tokens.length === 1)).toBe(true);
	});

	it('changes text between white space', async () => {
		const [first] = await collect(pipe([{ text: ' a  b\nc ' }], augment({ ...only({ epoch: 0 }), on: 'text' })));
		expect(first).toEqual({ text: 'a b c' });
	});

	it('never breaks a character, whatever the text', async () => {
		const text = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 8 });
		await fc.assert(
			fc.asyncProperty(text, fc.nat(), async (tokens, seed) => {
				const [out] = augment({ drop: 0.2, swap: 0.3, noise: 1, seed, epoch: 1 }).apply([{ tokens }]);
				expect(out!.tokens.every((token) => !/\p{Surrogate}/u.test(token))).toBe(true);
				expect(out!.tokens.length).toBeGreaterThanOrEqual(Math.min(1, tokens.length));
				expect(out!.tokens.every((token) => token.length > 0)).toBe(true);
			}),
		);
	});

	it('takes what breaks maps and characters, and empty texts', () => {
		const tokens = ['__proto__', '', '\ud800', '\0', 'constructor'];
		for (let seed = 0; seed < 200; seed++)
			expect(augment({ noise: 1, seed, epoch: 0 }).apply([{ tokens }, { tokens: [] }])).toHaveLength(2);
	});

	it('refuses shares and seeds that cannot be meant', () => {
		for (const options of [{ drop: -0.1 }, { swap: 2 }, { noise: Number.NaN }, { seed: 0.5 }, { epoch: 1.5 }, { on: 'tags' as 'tokens' }]) {
			expect(() => augment(options)).toThrow(/^augment: expected /);
		}
		expect(() => inTraining(augment(), { epoch: -1 })).toThrow('inTraining: expected epoch to be a whole number from 0, got -1.');
	});

	it('is saved as it is', () => {
		const saved = (stage: AnyStage) => toJSON(stage).stages[0]!.options;
		expect(saved(augment({ seed: 2 }))).toEqual({ on: 'tokens', drop: 0.1, swap: 0.05, noise: 0.05, seed: 2 });
		expect(saved(inTraining(augment({ seed: 2 }), { epoch: 4 }))).toMatchObject({ epoch: 4 });
	});
});
