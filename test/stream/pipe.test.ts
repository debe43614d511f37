import { augment, chain, clean, collect, learner, map, parallel, pipe, type Source, stem, words } from 'textloom';
import { describe, expect, it } from 'vitest';

const split = map((doc: { text: string }) => ({ tokens: doc.text.split(' ') }), { stage: 'split' });
const count = map((doc: { tokens: string[] }) => ({ n: doc.tokens.length }), { stage: 'count' });
const docs = [
	{ text: 'a b', label: 'x' },
	{ text: 'c', label: 'y' },
];

describe('pipe', () => {
	it('keeps every field a document has', async () => {
		expect(await collect(pipe(docs, split, count))).toEqual([
			{ text: 'a b', label: 'x', tokens: ['a', 'b'], n: 2 },
			{ text: 'c', label: 'y', tokens: ['c'], n: 1 },
		]);
	});

	it('does not compile when a stage comes before the one it needs', () => {
		// @ts-expect-error count needs tokens, which documents of text do not have
		expect(() => pipe(docs, count, split)).not.toThrow();
	});

	it('does not compile when a chain leaves out what its stages need', () => {
		// @ts-expect-error count needs tokens, which only split after it gives
		const late = chain(count, split);
		expect(late.spec.parts).toHaveLength(2);
	});

	it('reads again at each iteration, through plain generator functions too', async () => {
		const upper = pipe(docs, split, async function* (docs) {
			for await (const doc of docs) yield doc.tokens.join('-').toUpperCase();
		});
		expect(await collect(upper)).toEqual(['A-B', 'C']);
		expect(await collect(upper)).toEqual(['A-B', 'C']);
	});
});

describe('chain', () => {
	const widest = learner(
		async (docs: Source<{ n: number }>) => {
			let most = 0;
			for await (const doc of docs) most = Math.max(most, doc.n);
			return map((doc: { n: number }) => ({ share: doc.n / most }), { stage: 'widest', options: {}, state: most });
		},
		{ stage: 'widest' },
	);

	it('fits what learns on what comes before it', async () => {
		const fitted = await chain(split, count, widest).fit(docs);
		expect(fitted.apply(docs).map((doc) => doc.share)).toEqual([1, 0.5]);
		expect(fitted.spec.parts?.map((part) => part.stage)).toEqual(['split', 'count', 'widest']);
		expect(fitted.spec.parts?.[2]?.state).toBe(2);
	});

	it('says so when it is used before fit', () => {
		// @ts-expect-error what has not learned is no step
		expect(() => pipe(docs, chain(split, count, widest))).toThrow(/^pipe: expected a fitted stage as step 1, got chain.*fit\(docs\)/);
	});
});

it('a stage that rewrites a text comes before those that cut it, in a pipe and in a chain', () => {
	const late = 'expected clean before words, got it behind: words has cut the text before clean changes it. Put clean() first.';
	expect(() => chain(words(), clean())).toThrow(`chain: ${late}`);
	expect(() => pipe([{ text: 'A' }], chain(words(), stem()), clean())).toThrow(`pipe: ${late}`);
	expect(() => chain(clean as never)).toThrow(
		'chain: expected a stage as part 1, got the function that makes one. Call it, such as clean().',
	);
	expect(() => chain(clean(), words())).not.toThrow();
	expect(() => pipe([{ text: 'A' }], parallel([words()]), clean())).toThrow(/Put clean\(\) first/);
	expect(() => pipe([{ text: 'A' }], words(), parallel([clean()]))).toThrow(/Put chain\(\) first/);
	expect(() => chain(words(), augment({ on: 'text' }))).toThrow(/Put augment\(\) first/);
	// A step of one's own may write another text.
	expect(() =>
		pipe(
			[{ text: 'A' }],
			words(),
			map(() => ({ text: 'B' })),
			clean(),
			words(),
		),
	).not.toThrow();
});
