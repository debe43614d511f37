// Documents into files, streams and stdout, and back.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { collect, csv, jsonl, lines, map, pipe, type Source, toCsv, toJsonl, toText } from 'textloom';
import { documentsFrom, type SinkOptions, type Target } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { temporary } from '../../temporary.js';

const { folder, file } = temporary();
const read = (path: string) => readFileSync(path, 'utf8');
const texts = ['plain', 'a "quoted", one', '', ' spaces ', 'ünï 𝒳', 'constructor', '__proto__', '\0', '\ufeffmark', 'a\tb'];

const sinks: {
	name: string;
	write: (docs: Source<{ text: string }>, target: Target, options?: SinkOptions) => Promise<number>;
	read: (path: string) => AsyncIterable<object>;
}[] = [
	{ name: 'toCsv', write: toCsv, read: (path) => csv(path) },
	{ name: 'toJsonl', write: toJsonl, read: (path) => jsonl(path) },
	{ name: 'toText', write: toText, read: (path) => lines(path) },
];

describe.each(sinks)('$name', ({ name, write, read: back }) => {
	const many = Array.from({ length: 20_000 }, (_, i) => ({ text: `${texts[i % texts.length]} ${i}` }));

	it('writes what its source reads again, plain and packed, and counts', async () => {
		const docs = ['\ufefffirst', ...texts, 'last'].map((text) => ({ text }));
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
			await write(docs, '-');
			await write(docs, '-');
			const endless = (async function* () { for (;;) yield { text: 'x'.repeat(1000) }; })();
			if (process.argv[1] === 'endless') await write(endless, '-').catch((error) => console.error(error.message));`;
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
		await toCsv(docs, path, { columns: ['n', 'text', 'ok', 'constructor'], delimiter: '\t' });
		expect(read(path)).toBe('n\ttext\tok\tconstructor\n1\ta\ttrue\t\n\tb\t\t\n');
		await toCsv(docs, path, { columns: ['n'], header: false });
		expect(read(path)).toBe('1\n""\n');
		await toCsv([], path, { columns: ['n'] });
		expect(read(path)).toBe('n\n');
	});

	it('refuses what a row cannot hold', async () => {
		const path = join(folder, 'refused.csv');
		await expect(toCsv([{ text: 'a' }, { text: 'b', tokens: ['b'] }], path)).rejects.toThrow(
			'toCsv: expected fields text as in the first document, got tokens (document 2). Name the columns to write: toCsv(docs, path, { columns }).',
		);
		await expect(toCsv([{ tokens: ['b'] }], path)).rejects.toThrow(
			'toCsv: expected a text, number or boolean in tokens, got an array (document 1).',
		);
		expect(() => toCsv([], path, { delimiter: '"' })).toThrow('toCsv: expected delimiter to be one character');
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
				await toCsv(rows, path, { columns });
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
		await toJsonl([doc, { at: null }], path);
		expect(read(path)).toBe(
			'{"ids":[1,2],"kinds":["a"],"weights":{"__proto__":1},"at":"1970-01-01T00:00:00.000Z","tokens":["b"]}\n{"at":null}\n',
		);
		expect(doc.ids).toBeInstanceOf(Int32Array);
	});

	it('keeps lone surrogates, and refuses what JSON cannot hold', async () => {
		const path = join(folder, 'refused.jsonl');
		await toJsonl([{ '\ud800': 'a\udc00\n' }], path);
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
			await expect(toJsonl([{}, doc], path)).rejects.toThrow(`toJsonl: expected a document that JSON can hold, got ${got}`);
		}
	});
});

describe('toText', () => {
	it('writes what it is told, and refuses texts that would be cut', async () => {
		const path = join(folder, 'lines.txt');
		await toText([{ tokens: ['a', 'b'] }, { tokens: [] }], path, { line: ({ tokens }) => tokens.join(' ') });
		expect(read(path)).toBe('a b\n\n');
		await toText([{ text: 'a\nb' }, { text: 'c\r' }], path, { separator: '\n\n' });
		expect(read(path)).toBe('a\nb\n\nc\r\n\n');
		const next = 'Say what to write: toText(docs, path, { line }).';
		await expect(toText([{ text: 'a' }, { text: 'a\nb' }], path)).rejects.toThrow(
			`toText: expected a text without "\\n", got one with "\\n" in it (document 2). ${next}`,
		);
		await expect(toText([{ text: 'a\r' }], path)).rejects.toThrow('toText: expected a text without');
		// @ts-expect-error documents without a text need a line
		await expect(toText([{ n: 1 }], path)).rejects.toThrow(`toText: expected a text without "\\n", got undefined (document 1). ${next}`);
	});
});
