// Documents into files, streams and stdout, and back: the rows of this table do not compile without one for each sink.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
	collect,
	csv,
	json,
	jsonl,
	lines,
	map,
	pipe,
	read as readFile,
	type Sink,
	type Source,
	toCsv,
	toJsonArray,
	toJsonl,
	toText,
	toTsv,
	tsv,
	write as writeFile,
} from 'textloom';
import { documentsFrom, type SinkFormat, type SinkOptions, sinkOf, type Target } from 'textloom/stream';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { temporary } from '../../temporary.js';

const { folder, file } = temporary();
const read = (path: string) => readFileSync(path, 'utf8');
const texts = ['plain', 'a "quoted", one', '', ' spaces ', 'ünï 𝒳', 'constructor', '__proto__', '\0', '\ufeffmark', 'a\tb'];

type Text = { text: string };

interface Row {
	readonly name: string;
	readonly to: (target: Target, options?: SinkOptions) => Sink<Text>;
	readonly read: (path: string) => AsyncIterable<object>;
	readonly endings: readonly string[];
	/** Texts that the format holds. */
	readonly texts?: readonly string[];
	/** All options of its spec but gzip. */
	readonly defaults: object;
	/** Options that are data. */
	readonly options: object;
}

const rows: Readonly<Record<SinkFormat, Row>> = {
	csv: {
		name: 'toCsv',
		to: toCsv,
		read: (path) => csv(path),
		endings: ['.csv'],
		defaults: { delimiter: ',', header: true },
		options: { columns: ['text'], delimiter: ';', header: false },
	},
	tsv: {
		name: 'toTsv',
		to: toTsv,
		read: (path) => tsv(path),
		endings: ['.tsv'],
		texts: texts.filter((text) => text !== '' && !text.includes('\t')),
		defaults: { header: true },
		options: { columns: ['text'], header: false },
	},
	jsonl: { name: 'toJsonl', to: toJsonl, read: (path) => jsonl(path), endings: ['.jsonl', '.ndjson'], defaults: {}, options: {} },
	json: { name: 'toJsonArray', to: toJsonArray, read: (path) => json(path), endings: ['.json'], defaults: {}, options: {} },
	lines: {
		name: 'toText',
		to: toText,
		read: (path) => lines(path),
		endings: ['.txt', '.text', '.md', '.log'],
		defaults: { separator: '\n' },
		options: { separator: '\n\n' },
	},
};

describe.each(Object.entries(rows))('%s', (format, { name, to, read: back, endings, texts: held = texts, defaults, options }) => {
	const write = (docs: Source<Text>, target: Target, options?: SinkOptions) => to(target, options)(docs);
	const many = Array.from({ length: 20_000 }, (_, i) => ({ text: `${held[i % held.length]} ${i}` }));

	it('writes what its source reads again, plain and packed, and counts', async () => {
		const docs = ['\ufefffirst', ...held, 'last'].map((text) => ({ text }));
		for (const path of [join(folder, `${name}.txt`), join(folder, `${name}.txt.gz`)]) {
			expect(await write(docs, path)).toBe(docs.length);
			expect(await collect(back(path))).toEqual(docs);
			expect(await write(many, path)).toBe(many.length);
			expect(await collect(back(path))).toEqual(many);
			expect(await write([], path)).toBe(0);
			expect(await collect(back(path))).toEqual([]);
		}
		expect(readFileSync(join(folder, `${name}.txt.gz`)).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
	});

	it('is what write chooses by the end of the name, packed or not, or by format', async () => {
		for (const ending of endings) {
			for (const path of [join(folder, `chosen${ending}`), join(folder, `CHOSEN${ending.toUpperCase()}.gz`)]) {
				expect(await (writeFile(path) as Sink<Text>)(many)).toBe(many.length);
				expect(await collect(readFile(path))).toEqual(many);
			}
		}
		expect(writeFile('-', { format: format as SinkFormat }).spec).toMatchObject({ sink: format, target: '-' });
	});

	it('says what is written as plain JSON, defaults written out, and comes back of it', async () => {
		const spec = (given?: object) => to(join(folder, 'spec'), given).spec!;
		expect(spec()).toEqual({ sink: format, target: join(folder, 'spec'), options: { ...defaults, gzip: false } });
		expect(to('a.gz').spec).toEqual({ sink: format, target: 'a.gz', options: { ...defaults, gzip: true } });
		expect(spec({ ...options, gzip: true }).options).toEqual({ ...defaults, ...options, gzip: true });
		expect(spec({ signal: new AbortController().signal })).toEqual(spec());
		for (const given of [{}, options]) {
			const saved = JSON.parse(JSON.stringify(spec(given)));
			expect(saved).toEqual(spec(given));
			expect(sinkOf(saved).spec).toEqual(spec(given));
		}
		expect(await sinkOf({ sink: format, target: join(folder, 'spec'), options: {} })([{ text: 'a' }])).toBe(1);
		expect(await collect(back(join(folder, 'spec')))).toEqual([{ text: 'a' }]);
		expect(to(new PassThrough()).spec).toBeUndefined();
		expect(to(process.stdout).spec).toBeUndefined();
	});

	it('may be used again', async () => {
		const sink = to(join(folder, `${name}-again`));
		for (const text of ['a', 'b']) {
			expect(await sink([{ text }])).toBe(1);
			expect(await collect(back(join(folder, `${name}-again`)))).toEqual([{ text }]);
		}
	});

	it('may write the file that it reads', async () => {
		const path = join(folder, `${name}-same`);
		await write(many, path);
		await write(
			pipe(
				back(path) as AsyncIterable<{ text: string }>,
				map((doc: { text: string }) => ({ text: doc.text.toUpperCase() }), { stage: 'upper' }),
			),
			path,
		);
		expect(await collect(back(path))).toEqual(many.map(({ text }) => ({ text: text.toUpperCase() })));
	});

	it('leaves what was there when the documents fail, with their error', async () => {
		const path = file(`${name}-kept`, 'old');
		const before = readdirSync(folder);
		for (const error of [new Error('mine'), Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' })]) {
			const failing = documentsFrom(async function* () {
				yield many;
				throw error;
			});
			for (const gzip of [false, true]) {
				expect(await write(failing, path, { gzip }).catch((error) => error)).toBe(error);
				expect(await write(failing, new PassThrough().resume(), { gzip }).catch((error) => error)).toBe(error);
			}
		}
		const control = new AbortController();
		const endless = documentsFrom(async function* () {
			for (let n = 0; ; n++) {
				if (n === 3) control.abort(new Error('enough'));
				yield many;
			}
		});
		await expect(write(endless, path, { signal: control.signal })).rejects.toThrow('enough');
		await expect(write(many, path, { signal: control.signal })).rejects.toThrow('enough');
		expect(read(path)).toBe('old');
		expect(readdirSync(folder)).toEqual(before);
		await expect(write(many, join(folder, 'none', 'x'))).rejects.toThrow('got: no such folder. Create it first.');
	});

	it('writes into a stream no faster than it takes, and ends it', async () => {
		const passes = 10;
		const total = await write(many, join(folder, `${name}-size`)).then(() => passes * statSync(join(folder, `${name}-size`)).size);
		let handed = 0;
		const counted = documentsFrom(async function* () {
			for (let pass = 0; pass < passes; pass++) {
				for (let start = 0; start < many.length; start += 100) {
					handed += 100;
					yield many.slice(start, start + 100);
				}
			}
		});
		let bytes = 0;
		let ahead = 0;
		const slow = new Writable({
			async write(block: Buffer, _, done) {
				bytes += block.length;
				// The documents get all the time they want: until none has come for many turns of the event loop.
				for (let [last, turns] = [-1, 0]; turns < 20; turns++) {
					if (handed !== last) [last, turns] = [handed, 0];
					await setImmediate();
				}
				ahead = Math.max(ahead, (handed / (passes * many.length)) * total - bytes);
				done();
			},
		});
		expect(await write(counted, slow)).toBe(passes * many.length);
		expect(slow.writableFinished).toBe(true);
		expect(Math.abs(bytes / total - 1)).toBeLessThan(0.01);
		// Blocks of 64 KB: one that waits in the stream, one that waits to be handed to it, one that is put together.
		expect(ahead).toBeLessThan(4 * 65_536);
		const packed: Buffer[] = [];
		await write(
			many,
			new PassThrough().on('data', (block) => packed.push(block)),
			{ gzip: true },
		);
		expect(gunzipSync(Buffer.concat(packed)).toString()).toContain(' 19999');
	});

	it('says so when a stream ends before the documents do, or fails', async () => {
		const closing: Writable = new Writable({
			write: (_block, _, done) => {
				done();
				setImmediate().then(() => closing.destroy());
			},
		});
		const endless = documentsFrom(async function* () {
			for (;;) {
				await setImmediate();
				yield many;
			}
		});
		await expect(write(endless, closing)).rejects.toThrow(
			`${name}: expected a stream to take all documents, got its end before. Keep it open.`,
		);
		const failing = new Writable({ write: (_block, _, done) => done(new Error('full')) });
		await expect(write(endless, failing)).rejects.toThrow('full');
	});

	it('writes to stdout, several times, and says so when nobody reads', async () => {
		const script = `import { ${name} as write } from 'textloom';
			const docs = [{ text: 'a' }, { text: 'b' }];
			await write('-')(docs);
			await write('-')(docs);
			const endless = (async function* () { for (;;) yield { text: 'x'.repeat(1000) }; })();
			if (process.argv[1] === 'endless') await write('-')(endless).catch((error) => console.error(error.message));`;
		const args = ['--input-type=module', '-e', script];
		const { stdout, stderr } = spawnSync(process.execPath, args);
		expect(String(stderr)).toBe('');
		const once = join(folder, `${name}-once`);
		await write([{ text: 'a' }, { text: 'b' }], once);
		expect(String(stdout)).toBe(read(once).repeat(2));
		const child = spawn(process.execPath, [...args, 'endless'], { stdio: ['ignore', 'pipe', 'pipe'] });
		let seen = 0;
		child.stdout.on('data', (block) => {
			seen += block.length;
			if (seen > 1000) child.stdout.destroy();
		});
		let errors = '';
		for await (const block of child.stderr) errors += block;
		expect(errors).toBe(
			`${name}: expected stdout to take all documents, got its end before (a reader such as head went away). Catch this error, or write to a file.\n`,
		);
	});
});

describe('toCsv', () => {
	it('writes the columns asked for, numbers, and null as an empty field', async () => {
		const path = join(folder, 'columns.csv');
		const docs = [
			{ text: 'a', n: 1, ok: true, tokens: ['a'] },
			{ text: 'b', n: null, more: 1 },
		];
		await toCsv(path, { columns: ['n', 'text', 'ok', 'constructor'], delimiter: '\t' })(docs);
		expect(read(path)).toBe('n\ttext\tok\tconstructor\n1\ta\ttrue\t\n\tb\t\t\n');
		await toCsv(path, { columns: ['n'], header: false })(docs);
		expect(read(path)).toBe('1\n""\n');
		await toCsv(path, { columns: ['n'] })([]);
		expect(read(path)).toBe('n\n');
	});

	it('refuses what a row cannot hold', async () => {
		const path = join(folder, 'refused.csv');
		await expect(toCsv(path)([{ text: 'a' }, { text: 'b', tokens: ['b'] }])).rejects.toThrow(
			'toCsv: expected fields text as in the first document, got tokens (document 2). Name the columns to write: toCsv(target, { columns }).',
		);
		await expect(toCsv(path)([{ tokens: ['b'] }])).rejects.toThrow(
			'toCsv: expected a text, number or boolean in tokens, got an array (document 1).',
		);
		expect(() => toCsv(path, { delimiter: '"' })).toThrow('toCsv: expected delimiter to be one character');
	});

	it('gives every table back', async () => {
		const path = join(folder, 'table.csv');
		const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '\ufeff', '\0', 'a') }));
		const table = fc.uniqueArray(cell, { minLength: 1, maxLength: 3 }).chain((columns) =>
			fc.record({
				columns: fc.constant(columns),
				rows: fc.array(
					fc.tuple(...columns.map(() => cell)).map((values) => Object.fromEntries(columns.map((name, i) => [name, values[i]!]))),
					{ maxLength: 4 },
				),
			}),
		);
		await fc.assert(
			fc.asyncProperty(table, async ({ columns, rows }) => {
				await toCsv(path, { columns })(rows);
				// What begins like UTF-16 is refused when it is read.
				const [a, b, c, d] = readFileSync(path);
				fc.pre(!(a === 0 && c === 0) && !(b === 0 && d === 0));
				expect(await collect(csv(path))).toEqual(rows);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('toJsonl', () => {
	it('writes typed arrays, sets and maps that are fields', async () => {
		const path = join(folder, 'fields.jsonl');
		const doc = { ids: Int32Array.of(1, 2), kinds: new Set(['a']), weights: new Map([['__proto__', 1]]), at: new Date(0), tokens: ['b'] };
		await toJsonl(path)([doc, { at: null }]);
		expect(read(path)).toBe(
			'{"ids":[1,2],"kinds":["a"],"weights":{"__proto__":1},"at":"1970-01-01T00:00:00.000Z","tokens":["b"]}\n{"at":null}\n',
		);
		expect(doc.ids).toBeInstanceOf(Int32Array);
	});

	it('keeps lone surrogates, and refuses what JSON cannot hold', async () => {
		const path = join(folder, 'refused.jsonl');
		await toJsonl(path)([{ '\ud800': 'a\udc00\n' }]);
		expect(await collect(jsonl(path))).toEqual([{ '\ud800': 'a\udc00\n' }]);
		const circle: { self?: object } = {};
		circle.self = circle;
		const deep = JSON.parse(`${'['.repeat(1e5)}${']'.repeat(1e5)}`);
		for (const [doc, got] of [
			[undefined, 'undefined'],
			[() => 1, 'a function'],
			[{ n: 1n }, 'one that it cannot (document 2: Do not know how to serialize a BigInt)'],
			[circle, 'one that it cannot (document 2: Converting circular structure to JSON)'],
			[{ deep }, 'one that it cannot (document 2: Maximum call stack size exceeded)'],
		] as const) {
			await expect(toJsonl(path)([{}, doc])).rejects.toThrow(`toJsonl: expected a document that JSON can hold, got ${got}`);
		}
	});
});

describe('toText', () => {
	it('writes what it is told, and refuses texts that would be cut', async () => {
		const path = join(folder, 'lines.txt');
		await toText(path, { line: ({ tokens }: { tokens: string[] }) => tokens.join(' ') })([{ tokens: ['a', 'b'] }, { tokens: [] }]);
		expect(read(path)).toBe('a b\n\n');
		await toText(path, { separator: '\n\n' })([{ text: 'a\nb' }, { text: 'c\r' }]);
		expect(read(path)).toBe('a\nb\n\nc\r\n\n');
		const next = 'Say what to write: toText(target, { line }).';
		await expect(toText(path)([{ text: 'a' }, { text: 'a\nb' }])).rejects.toThrow(
			`toText: expected a text without "\\n", got one with "\\n" in it (document 2). ${next}`,
		);
		await expect(toText(path)([{ text: 'a\r' }])).rejects.toThrow('toText: expected a text without');
		// @ts-expect-error documents without a text need a line
		await expect(toText(path)([{ n: 1 }])).rejects.toThrow(`toText: expected a text without "\\n", got undefined (document 1). ${next}`);
	});
});

describe('toTsv', () => {
	it('refuses what a line cannot hold', async () => {
		const path = join(folder, 'refused.tsv');
		for (const text of ['a\tb', 'a\nb', 'a\r']) {
			await expect(toTsv(path)([{ text: 'a' }, { text }])).rejects.toThrow(
				'toTsv: expected a field without tabs and line breaks, got one with them (document 2). Replace them first, or write it with toCsv.',
			);
		}
		await expect(toTsv(path)([{ 'a\tb': 1 }])).rejects.toThrow('got one with them (the names of the columns).');
		await expect(toTsv(path)([{ text: '' }])).rejects.toThrow('toTsv: expected a field that is not empty where there is one column, got');
		await expect(toTsv(path)([{ a: [] }])).rejects.toThrow('toTsv: expected a text, number or boolean in a, got an array (document 1).');
		expect(await toTsv(path)([{ a: '', b: '"' }])).toBe(1);
		expect(read(path)).toBe('a\tb\n\t"\n');
	});
});

describe('toJsonArray', () => {
	it('writes an array that JSON.parse reads', async () => {
		const path = join(folder, 'array.json');
		for (const docs of [[], [{ a: 1 }], [{ a: 1 }, { b: Int32Array.of(2) }]]) {
			await toJsonArray(path)(docs);
			expect(JSON.parse(read(path))).toEqual(JSON.parse(JSON.stringify(docs.map((doc) => ('b' in doc ? { b: [2] } : doc)))));
		}
		expect(read(path)).toBe('[\n{"a":1},\n{"b":[2]}\n]\n');
	});
});

describe('write and sinkOf', () => {
	it('say what they cannot make', () => {
		expect(() => writeFile('news.docx')).toThrow(
			"write: expected a path that ends in .csv, .json, .jsonl, .ndjson, .txt, .text, .md, .log, .tsv (.gz may come after it), got news.docx. Name its format: { format: 'csv' | 'json' | 'jsonl' | 'lines' | 'tsv' }.",
		);
		expect(() => writeFile('-')).toThrow('got -. Name its format');
		expect(() => writeFile(new PassThrough())).toThrow('got a stream. Name its format');
		expect(() => writeFile('a', { format: 'xml' as 'csv' })).toThrow("write: expected format to be one of 'csv', ");
		expect(() => writeFile('' as string)).toThrow("write: expected target to be a path, '-' or a stream, got ''.");
		expect(() => sinkOf({ sink: 'xml', target: 'a', options: {} })).toThrow(
			'sinkOf: expected a sink of textloom, got "xml". Was it saved by a newer',
		);
		expect(() => sinkOf({ sink: 'csv', target: 'a', options: { dialect: 1 } })).toThrow(RangeError);
		for (const spec of [null, 'csv', { sink: 'csv' }])
			expect(() => sinkOf(spec as never)).toThrow('sinkOf: expected sink to be the spec of a sink');
		expect(toText('a.txt', { line: (doc: { n: number }) => String(doc.n) }).spec).toBeUndefined();
	});

	it('have the types of the format', () => {
		expectTypeOf(writeFile('a.csv')).toEqualTypeOf<Sink<object>>();
		expectTypeOf(writeFile('a.jsonl.gz')).toEqualTypeOf<Sink<unknown>>();
		expectTypeOf(writeFile('a.txt', { separator: '\n\n' })).toEqualTypeOf<Sink<{ text: string }>>();
		expectTypeOf(writeFile('-', { format: 'csv', columns: ['text'] })).toEqualTypeOf<Sink<object>>();
		expectTypeOf(writeFile('a.csv' as string)).toEqualTypeOf<Sink<object>>();
	});
});
