// What compiles and what does not: orders of stages, types of fields, verbs in chains, pipes of twelve steps.
import {
	chain,
	clean,
	collect,
	csv,
	dedupe,
	filter,
	labels,
	lines,
	map,
	pipe,
	skip,
	stem,
	stopwords,
	take,
	tap,
	vocabulary,
	words,
} from 'textloom';
import type { Documents, Learner, Stage } from 'textloom/stream';
import { describe, expect, expectTypeOf, it } from 'vitest';

const docs = [{ text: 'a b', label: 'x' }];
const fitted = await vocabulary().fit([{ tokens: ['a', 'b'] }]);
/** A stage whose tokens are numbers. */
const numbered = map(({ tokens }: { tokens: string[] }) => ({ tokens: tokens.map((_, place) => place) }), { stage: 'numbered' });

describe('the order of stages', () => {
	it('is checked in a pipe, with the field that is missing and the stage that gives it', () => {
		// @ts-expect-error the field "tokens" is missing before this stage: put words() before it
		expect(() => pipe(docs, clean(), fitted)).not.toThrow();
		// @ts-expect-error the field "text" is missing before this stage
		expect(() => pipe([{ n: 1 }], words())).not.toThrow();
		// @ts-expect-error the documents may have any fields: say that they have "text", as in csv<{ text: string }>(path)
		expect(() => pipe(csv('a.csv'), clean())).not.toThrow();
		// @ts-expect-error this learns from documents first
		expect(() => pipe([{ tokens: ['a'] }], vocabulary())).toThrow('pipe: expected a fitted stage as step 1');
	});

	it('is checked in a chain, at the stage that is out of place', () => {
		expect(
			chain(
				clean(),
				// @ts-expect-error the field "tokens" is missing before this stage: put words() before it
				stopwords(),
				words(),
			).spec.parts,
		).toHaveLength(3);
		// What no part gives, the documents must have.
		expectTypeOf(chain(stopwords(), stem())).toExtend<Stage<{ tokens: string[] }, { tokens: string[] }>>();
		// @ts-expect-error the chain needs tokens
		expect(() => pipe(docs, chain(stopwords(), stem()))).not.toThrow();
	});

	it('looks at the type of a field, not at its name alone', () => {
		const withNumbers = [{ tokens: [1, 2] }];
		// @ts-expect-error the field "tokens" has another type before this stage
		expect(() => pipe(withNumbers, stem())).not.toThrow();
		expect(
			chain(
				words(),
				numbered,
				// @ts-expect-error the field "tokens" has another type before this stage
				stem(),
			).spec.parts,
		).toHaveLength(3);
	});
});

describe('fields', () => {
	it('get the type that a stage gives them', async () => {
		const out = pipe(docs, words(), numbered);
		expectTypeOf(out).toEqualTypeOf<Documents<{ text: string; label: string } & { tokens: number[] }>>;
		const [doc] = await collect(out);
		expectTypeOf(doc!.tokens).toEqualTypeOf<number[]>();
		expect(doc).toEqual({ text: 'a b', label: 'x', tokens: [0, 1] });
		expectTypeOf(chain(words(), numbered).apply(docs)[0]!.tokens).toEqualTypeOf<number[]>();
	});

	it('that learning needs are not those that applying needs', async () => {
		const both = chain(words(), vocabulary(), labels());
		expectTypeOf(both).toExtend<Learner<{ text: string; label: string }, { text: string; label: string }, object>>();
		const classifier = labels().fit([{ label: 'x' }, { label: 'y' }]);
		expectTypeOf((await classifier).indexOf).toBeFunction();
		// @ts-expect-error there is no label to learn from
		await expect(labels().fit([{ text: 'a' }])).rejects.toThrow('expected a text in the field "label"');
	});
});

describe('verbs', () => {
	it('can be chained, with the documents they take', async () => {
		const long = filter(({ text }: { text: string }) => text.length > 2, { stage: 'long' });
		const stages = chain(clean(), long, dedupe<{ text: string }>(), words(), skip(0), take(5));
		expectTypeOf(stages).toExtend<Stage<{ text: string }, { tokens: string[] }>>();
		expect(await collect(pipe([{ text: 'a b' }, { text: 'A b' }, { text: 'a' }], stages))).toEqual([{ text: 'a b', tokens: ['a', 'b'] }]);
		expect(stages.sequential).toBe(true);
		expect(stages.apply([{ text: 'a b' }, { text: 'a b' }])).toHaveLength(1);
	});

	it('know their documents in a pipe', () => {
		const out = pipe(
			docs,
			filter((doc) => doc.label === 'x'),
			tap((doc) => expect(doc.text).toBe('a b')),
			words(),
			filter(({ tokens }) => tokens.length > 0),
		);
		expectTypeOf(out).toExtend<AsyncIterable<{ text: string; label: string; tokens: string[] }>>();
	});
});

describe('a pipe', () => {
	it('has twelve steps', async () => {
		const out = pipe(
			docs,
			clean(),
			skip(0),
			take(9),
			filter((doc) => doc.text !== ''),
			words(),
			stopwords({ language: false }),
			stem(),
			fitted,
			map(({ ids }: { ids: Int32Array }) => ({ count: ids.length })),
			tap((doc) => doc.count),
			filter(({ count }) => count > 1),
			map(({ count }: { count: number }) => ({ count: `${count}` })),
		);
		expectTypeOf(out).toExtend<AsyncIterable<{ text: string; label: string; tokens: string[]; ids: Int32Array; count: string }>>();
		expect((await collect(out))[0]).toMatchObject({ tokens: ['a', 'b'], count: '2' });
		expect(lines).toBeTypeOf('function');
	});
});
