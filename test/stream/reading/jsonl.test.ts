import { collect, jsonl, lines, pipe, shuffle } from 'textloom';
import { LineSplitter } from 'textloom/stream';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { temporary } from '../../temporary.js';

const { file } = temporary();

describe('jsonl', () => {
	it('passes over blank lines and keeps the line numbers', async () => {
		const path = file('blank.jsonl', '{"a":1}\n\n \t\r\n{"a":{"b":[2]}}\nnull');
		await expect(collect(jsonl(path))).rejects.toThrow(/blank\.jsonl:5: expected a JSON object, got null/);
		expect(await collect(jsonl(path, { onError: 'skip' }))).toEqual([{ a: 1 }, { a: { b: [2] } }]);
	});

	it('keeps fields whose names break maps', async () => {
		const [doc] = await collect(jsonl(file('names.jsonl', '{"__proto__":1,"constructor":2}')));
		expect(Object.entries(doc!)).toEqual([
			['__proto__', 1],
			['constructor', 2],
		]);
	});

	it('makes documents with a function, which may leave records out or refuse them', async () => {
		const path = file('record.jsonl', '{"text":"a","n":1}\n{"text":"b","n":2}\n{"n":3}\n');
		const docs = jsonl(path, {
			record: ({ text, n }) => {
				if (typeof text !== 'string') throw new TypeError('expected a text, got none.');
				return n === 1 ? undefined : { text };
			},
			onError: (error) => expect(error.message).toBe(`${path}:3: expected a text, got none.`),
		});
		expectTypeOf(docs).toExtend<AsyncIterable<{ text: string }>>();
		expect(await collect(docs)).toEqual([{ text: 'b' }]);
		expect.assertions(2);
	});
});

it('jsonl reads values 100,000 deep; what would copy them says that it cannot', async () => {
	const docs = jsonl(file('deep.jsonl', `{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}\n{"a":1}\n`));
	const [deep, next] = await collect(docs);
	let depth = 0;
	for (let value = deep!.a; Array.isArray(value); value = value[0]!) depth++;
	expect([depth, next]).toEqual([1e5, { a: 1 }]);
	await expect(collect(pipe(docs, shuffle({ seed: 1, inMemory: 0 })))).rejects.toThrow(
		'shuffle: expected documents that can be copied to a file',
	);
});

describe('lines', () => {
	it('keeps empty lines, and a CR that is not at the end', async () => {
		expect(await collect(lines(file('text', 'a\r\n\nb\rc\n\r\nd')))).toEqual(['a', '', 'b\rc', '', 'd'].map((text) => ({ text })));
	});

	it('refuses a line that is too large in bounded memory and goes on after it', () => {
		const told: unknown[] = [];
		const splitter = new LineSplitter(
			{ record: (text, line) => told.push([line, text]), fault: (line, reason) => told.push([line, reason.slice(0, 41)]) },
			{ maxRecord: 10 },
		);
		for (const block of ['a', '\n', 'x'.repeat(8), 'x'.repeat(8), 'x'.repeat(8), '\nb\r', '\nc']) splitter.push(block);
		splitter.end();
		expect(told).toEqual([
			[1, 'a'],
			[2, 'expected a line of at most 10 characters,'],
			[3, 'b'],
			[4, 'c'],
		]);
	});
});
