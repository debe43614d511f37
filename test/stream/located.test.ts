// Errors of stages say where and what: the place of the document, the stage, once, with class and stack.
import { batches, chain, clean, collect, csv, filter, json, jsonl, lines, map, pipe, stage, stem, tap, words } from 'textloom';
import { asyncStage, documentsFrom } from 'textloom/stream';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { temporary } from '../temporary.js';

const { file: write } = temporary();
const failure = (docs: AsyncIterable<unknown>) =>
	collect(docs).then(
		() => {
			throw new Error('expected a failure');
		},
		(error: Error) => error,
	);
const many = Array.from({ length: 600 }, (_, n) => ({ n, text: `text ${n}` }));
const at = (n: number, doc: object) => {
	if ((doc as { n: number }).n === n) throw new RangeError('too odd');
	return true;
};

describe('an error of a step', () => {
	const steps = {
		map: map((doc: { n: number }) => ({ ok: at(300, doc) }), { stage: 'mine' }),
		stage: stage((docs: readonly { n: number }[]) => docs.map((doc) => ({ ...doc, ok: at(300, doc) })), { stage: 'mine' }),
		filter: filter((doc: { n: number }) => at(300, doc)),
		tap: tap((doc: { n: number }) => at(300, doc)),
		'tap with a promise': tap(async (doc: { n: number }) => at(300, doc)),
	};
	it.each(Object.entries(steps))('%s has the number of the document and the name, and keeps its class and stack', async (name, step) => {
		const error = await failure(pipe(many, step as typeof steps.filter));
		const who = name.startsWith('tap') ? 'tap' : name === 'filter' ? 'filter' : 'mine';
		expect(error).toBeInstanceOf(RangeError);
		expect(error.message).toBe(`document 301: ${who}: too odd`);
		expect(error.stack).toMatch(/^RangeError: document 301: .*too odd\n.*at .*located\.test/s);
	});

	it('has the place of the document where it has one, and the name of the stage once', async () => {
		const own = map(
			() => {
				throw new TypeError('own: expected better');
			},
			{ stage: 'own' },
		);
		expect((await failure(pipe([{ file: 'a.csv', line: 7 }], own))).message).toBe('a.csv:7: own: expected better');
		expect((await failure(pipe([{ file: 'pos/1.txt' }], own))).message).toBe('pos/1.txt: own: expected better');
		expect(() => chain(own).apply([{}])).toThrow(/^document 1: own: expected better$/);
	});

	it('is looked for once: what an inner step has placed is not done again one by one', async () => {
		const calls: number[] = [];
		const inner = map((doc: { n: number }) => ({ ok: at(300, doc) }), { stage: 'inner' });
		const outer = stage(
			(docs: readonly { n: number }[]) => {
				calls.push(docs.length);
				return inner.apply(docs, docs[0]!.n);
			},
			{ stage: 'outer' },
		);
		expect((await failure(pipe(many, outer))).message).toBe('document 301: inner: too odd');
		expect(calls).toEqual([256, 256]);
		calls.length = 0;
		const waited = asyncStage(
			async (docs: readonly { n: number }[]) => {
				calls.push(docs.length);
				return inner.apply(docs, docs[0]!.n);
			},
			{ stage: 'outer' },
		);
		expect((await failure(pipe(many, waited))).message).toBe('document 301: inner: too odd');
		expect(calls).toEqual([256, 256]);
	});

	it('is placed where one document alone does not fail, and where it is no Error, or frozen', async () => {
		const crowded = stage(
			(docs: readonly { n: number }[]) => {
				if (docs.length > 1) throw new Error('too many');
				return [...docs];
			},
			{ stage: 'crowded' },
		);
		const source = documentsFrom(async function* () {
			yield many.slice(0, 1);
			yield many.slice(1, 300);
		});
		expect((await failure(crowded(source))).message).toBe('documents 2 to 300: crowded: too many');
		for (const thrown of ['oops', Object.freeze(new Error('oops'))]) {
			const throws = map(
				() => {
					throw thrown;
				},
				{ stage: 'throws' },
			);
			const error = await failure(pipe([{}], throws));
			expect(error.message).toBe('document 1: throws: oops');
			expect(error.cause).toBe(thrown);
		}
	});

	it('of the source is left as it is', async () => {
		const source = documentsFrom<{ text: string }>(async function* () {
			yield* [];
			throw new Error('the disk is gone');
		});
		expect(
			(
				await failure(
					pipe(
						source,
						clean(),
						words(),
						filter(() => true),
					),
				)
			).message,
		).toBe('the disk is gone');
	});

	it('says what to do with documents that are no objects, and with batches before ids', async () => {
		expect((await failure(pipe(['a'] as unknown as { text: string }[], clean()))).message).toBe(
			'document 1: clean: expected a document with the field "text", got "a". Make each an object: items.map((text) => ({ text })).',
		);
		expect((await failure(pipe([{ text: 'a' }] as unknown as { ids: Int32Array }[], batches()))).message).toBe(
			'document 1: batches: expected an Int32Array in the field "ids", got nothing (it has text). Is a stage that adds it (a fitted vocabulary()) before this one?',
		);
	});
});

describe('places', () => {
	it.each([
		['csv', csv(write('a.csv', 'text\na\n"b\nc"\nd\n'), { places: true }), [2, 3, 5]],
		['csv with columns', csv(write('b.csv', 'a\nb\n'), { columns: ['text'], places: true }), [1, 2]],
		['csv with record', csv(write('c.csv', 'a\nb\n'), { record: ([text]) => ({ text }), places: true }), [1, 2]],
		['jsonl', jsonl(write('a.jsonl', '{"text":"a"}\n\n{"text":"b"}\n'), { places: true }), [1, 3]],
		['jsonl with record', jsonl(write('b.jsonl', '{"text":"a"}\n'), { record: ({ text }) => ({ text }), places: true }), [1]],
		['json', json(write('a.json', '[\n{"text":"a"},\n\n{"text":"b"}]'), { places: true }), [2, 4]],
		['lines', lines(write('a.txt', 'a\n\nb'), { places: true }), [1, 2, 3]],
	])('%s adds file and line', async (name, docs, numbers) => {
		const all = await collect(docs as AsyncIterable<{ file: string; line: number }>);
		expect(all.map(({ line }) => line)).toEqual(numbers);
		for (const { file } of all) expect(file).toMatch(/^\/.*\/[abc]\.(csv|jsonl?|txt)$/);
		const late = map(
			(doc: { line: number }) => {
				if (doc.line === numbers.at(-1)) throw new Error('no');
				return {};
			},
			{ stage: 'late' },
		);
		expect((await failure(pipe(docs as AsyncIterable<{ line: number }>, late))).message, name).toBe(
			`${all[0]!.file}:${numbers.at(-1)}: late: no`,
		);
	});

	it('are in the types, and only where they are asked for', () => {
		expectTypeOf(lines('a', { places: true })).toExtend<AsyncIterable<{ text: string; file: string; line: number }>>();
		expectTypeOf(lines('a')).toEqualTypeOf(lines('a', { places: false }));
		const mapped = csv('a', { record: ([text]) => ({ text: text! }), places: true });
		expectTypeOf(mapped).toExtend<AsyncIterable<{ text: string; line: number }>>();
		expectTypeOf(csv('a', { columns: ['text'], places: true })).toExtend<AsyncIterable<{ text: string; line: number }>>();
		expectTypeOf(csv<{ text: string }>('a', { places: true })).toExtend<AsyncIterable<{ text: string; line: number }>>();
		expectTypeOf(jsonl('a', { places: true })).toExtend<AsyncIterable<{ file: string; line: number }>>();
		const late = map(({ line }: { line: number }) => ({ next: line + 1 }), { stage: 'late' });
		// @ts-expect-error nobody asked for places
		expect(() => pipe(lines('a'), late)).not.toThrow();
	});

	it('do not overwrite fields, and need objects', async () => {
		const path = write('own.jsonl', '{"line":"a"}\n');
		expect((await failure(jsonl(path, { places: true }))).message).toBe(
			`${path}:1: expected no field "line" of the document's own with places, got one. Rename it by record, or leave places out.`,
		);
		const text = json(write('texts.json', '["a"]'), { record: (value) => value, places: true });
		expect((await failure(text)).message).toMatch(/:1: expected an object to add places to, got a string\. Make one of each record/);
	});

	it('name the record of the first stage that fails', async () => {
		const path = write('reviews.jsonl', '{"text":"Fine"}\n{"text":null}\n');
		const docs = jsonl<{ text: string }>(path, { places: true });
		expect((await failure(pipe(docs, clean(), words(), stem()))).message).toBe(
			`${path}:2: clean: expected a text in the field "text", got null. Name the field so, or leave such records out: pipe(source, filter(({ text }) => typeof text === 'string'), …).`,
		);
	});
});
