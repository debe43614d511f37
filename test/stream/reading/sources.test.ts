// What every source keeps to, whatever its format.
import { spawnSync } from 'node:child_process';
import { readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { collect, csv, DataError, type Documents, json, jsonl, lines } from 'textloom';
import type { Counts, Paths, SourceOptions } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { temporary } from '../../temporary.js';

const { folder, file } = temporary();

const sources: {
	name: string;
	open: (paths: Paths, options?: SourceOptions) => Documents<object>;
	/** The text of a file that holds these texts, one a record. */
	write: (texts: string[]) => string;
	/** A bad third record, and the reason given for it. */
	bad: string;
	reason: RegExp;
	options?: SourceOptions;
}[] = [
	{
		name: 'csv',
		open: (path, options) => csv(path, options),
		write: (texts) => `text,n\n${texts.map((text) => `"${text}",1\n`).join('')}`,
		bad: 'text,n\na,1\nb\nc,1\n',
		reason: /^bad-csv:3: expected 2 fields, got 1\. Check/,
	},
	{
		name: 'csv with record',
		open: (path, options) => csv(path, { ...options, fields: [2, 3], record: ([text]) => ({ text }) }),
		write: (texts) => texts.map((text) => `"${text}",1\n`).join(''),
		bad: 'x,1\na,1\nb\nc,1\n',
		reason: /^bad-csv with record:3: expected 2 or 3 fields, got 1\. Check/,
	},
	{
		name: 'jsonl',
		open: (path, options) => jsonl(path, options),
		write: (texts) => texts.map((text) => `${JSON.stringify({ text })}\n`).join(''),
		bad: '{"text":"x"}\n{"text":"a"}\nb\n{"text":"c"}\n',
		reason: /^bad-jsonl:3: expected a JSON object, got text that is not JSON \(.*\)/,
	},
	{
		name: 'jsonl with record',
		open: (path, options) => jsonl(path, { ...options, record: ({ text }) => ({ text: String(text) }) }),
		write: (texts) => texts.map((text) => `${JSON.stringify({ text })}\n`).join(''),
		bad: '{"text":"x"}\n{"text":"a"}\n[]\n{"text":"c"}\n',
		reason: /^bad-jsonl with record:3: expected a JSON object, got an array/,
	},
	{
		name: 'json',
		open: (path, options) => json(path, options),
		write: (texts) => `[${texts.map((text) => `\n${JSON.stringify({ text })}`).join(',')}]\n`,
		bad: '[{"text":"x"},\n{"text":"a"},\n7,\n{"text":"c"}]\n',
		reason: /^bad-json:3: expected a JSON object, got a number.* \(element 3\)$/,
	},
	{
		name: 'json with path and record',
		open: (path, options) => json(path, { ...options, path: 'a.1.items', record: (value) => ({ text: (value as string[])[0]!.trim() }) }),
		write: (texts) =>
			`{"x": {"items": [1]}, "a": [0,\n{ "items": ${JSON.stringify(
				texts.map((text) => [text]),
				null,
				0,
			).replaceAll('],', '],\n')}\n}]}`,
		bad: '{"a": ["[", {"items": [["x"],\n["a"],\n7, ["c"]\n]}]}',
		reason: /^bad-json with path and record:3: .* \(element 3\)$/,
	},
	{
		name: 'lines',
		open: (path, options) => lines(path, { maxRecord: 20, ...options }),
		write: (texts) => texts.map((text) => `${text}\n`).join(''),
		bad: `x\na\n${'b'.repeat(21)}\nc\n`,
		reason: /^bad-lines:3: expected a line of at most 20 characters, got a larger one/,
	},
];

const textOf = (doc: object) => ('text' in doc ? doc.text : undefined);
const descriptors = () =>
	readdirSync('/proc/self/fd').filter((fd) => {
		try {
			return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
		} catch {
			return false;
		}
	}).length;
const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'ünï 𝒳', 'plain'];

describe.each(sources)('$name', ({ name, open, write, bad, reason }) => {
	it('reads an empty file as no documents, but for JSON, which it is not', async () => {
		const empty = await collect(open(file('empty', ''))).catch((error) => error.message.replace(/.*(?=:1: )/, ''));
		expect(empty).toEqual(
			name.startsWith('json ') || name === 'json' ? expect.stringContaining(':1: expected the end of the JSON text') : [],
		);
		expect(await collect(open(file('nothing', write([]))))).toEqual([]);
	});

	it('reads one record, with and without a line break at the end, with a byte order mark, with CRLF', async () => {
		const text = write(['one']);
		for (const variant of [text, text.trimEnd(), `\ufeff${text}`, text.replaceAll('\n', '\r\n')]) {
			expect((await collect(open(file('one', variant)))).map(textOf)).toEqual(['one']);
		}
	});

	it('keeps words that break maps', async () => {
		expect((await collect(open(file('words', write(words))))).map(textOf)).toEqual(words);
	});

	it('opens nothing before it is iterated', () => {
		expect(open(join(folder, 'missing')).replayable).toBe(true);
		expect(open('-').replayable).toBe(false);
	});

	it('says what is wrong with a file that cannot be read', async () => {
		const who = name.split(' ')[0];
		const missing = join(folder, 'missing');
		const error = await collect(open(missing)).catch((error) => error);
		expect(error).toBeInstanceOf(DataError);
		expect(error.message).toBe(`${who}: expected a readable file, got nothing at ${missing}. Check the path.`);
		await expect(collect(open(folder))).rejects.toThrow(`${who}: expected a readable file, got a folder at ${folder}. Name a file in it.`);
		await expect(collect(open(join(file('plain', ''), 'x')))).rejects.toThrow(/got a path through something that is no folder/);
	});

	it('gives the same documents twice, and from gzip', async () => {
		const text = write(Array.from({ length: 40_000 }, (_, i) => `${words[i % words.length]} ${i}`));
		const plain = open(file('many', text));
		const docs = await collect(plain);
		expect(docs.length).toBe(40_000);
		expect(docs.map(textOf).at(-1)).toMatch(/39999$/);
		expect(await collect(plain)).toEqual(docs);
		expect(await collect(open(file('many.gz', gzipSync(text))))).toEqual(docs);
		const half = Buffer.byteLength(text) >> 1;
		const bytes = Buffer.from(text);
		expect(
			await collect(open(file('members.gz', Buffer.concat([gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))])))),
		).toEqual(docs);
	});

	it.skipIf(process.platform !== 'linux')('closes the file when the iteration ends early, ends, or fails', async () => {
		const text = write(Array.from({ length: 100_000 }, (_, i) => `text ${i}`));
		for (const path of [file('early', text), file('early.gz', gzipSync(text))]) {
			for await (const _ of open(path)) {
				expect(descriptors()).toBe(1);
				break;
			}
			expect(descriptors()).toBe(0);
			await collect(open(path));
			expect(descriptors()).toBe(0);
		}
		await expect(collect(open(file('fails', bad)))).rejects.toThrow();
		expect(descriptors()).toBe(0);
	});

	it('reads several files and patterns in order, each as a file of its own', async () => {
		const [a, b] = ['part-b', 'part-a'].map((part) => file(`${part}.${name}`, write([`${part} 1`, `${part} 2`])));
		const all = ['part-b 1', 'part-b 2', 'part-a 1', 'part-a 2'];
		const counts: Counts = { read: 0, skipped: 0, replaced: 0 };
		expect((await collect(open([a!, b!], { counts }))).map(textOf)).toEqual(all);
		expect(counts.read).toBe(4);
		expect((await collect(open(join(folder, `part-?.${name}`)))).map(textOf)).toEqual([...all.slice(2), ...all.slice(0, 2)]);
		const literal = file(`part-[ab].${name}`, write(['literal']));
		expect((await collect(open(literal))).map(textOf)).toEqual(['literal']);
		rmSync(literal);
		expect(open(['a', '-']).replayable).toBe(false);
		const [who] = name.split(' ');
		await expect(collect(open(join(folder, '*.none')))).rejects.toThrow(
			`${who}: expected files that match ${join(folder, '*.none')}, got none. Check the pattern.`,
		);
	});

	it('hands an error of its reader through and closes the file', async () => {
		const failing = async () => {
			for await (const _ of open(file('through', write(['a', 'b'])))) throw new Error('mine');
		};
		await expect(failing()).rejects.toThrow('mine');
	});

	it('stops when it is told to', async () => {
		const path = file('aborted', write(Array.from({ length: 100_000 }, (_, i) => `text ${i}`)));
		const control = new AbortController();
		const reading = async () => {
			for await (const _ of open(path, { signal: control.signal })) control.abort(new Error('enough'));
		};
		await expect(reading()).rejects.toThrow('enough');
		await expect(collect(open(path, { signal: AbortSignal.abort(new Error('before')) }))).rejects.toThrow('before');
	});

	it('throws at a bad record, with file and line, after the documents before it', async () => {
		const path = file(`bad-${name}`, bad);
		const before: unknown[] = [];
		const failing = async () => {
			for await (const doc of open(path)) before.push(textOf(doc));
		};
		const error = await failing().catch((error) => error);
		expect(error).toBeInstanceOf(DataError);
		expect(error.name).toBe('DataError');
		expect(error.message.replace(`${folder}/`, '')).toMatch(reason);
		expect([error.file, error.line]).toEqual([path, 3]);
		expect(before.at(-1)).toBe('a');
	});

	it('leaves bad records out and counts them when asked to', async () => {
		const path = file(`bad-${name}`, bad);
		const counts: Counts = { read: 9, skipped: 9, replaced: 9 };
		const rest = await collect(open(path, { onError: 'skip', counts }));
		expect(rest.map(textOf).slice(-2)).toEqual(['a', 'c']);
		expect(counts).toEqual({ read: rest.length, skipped: 1, replaced: 0 });
		const errors: DataError[] = [];
		expect(await collect(open(path, { onError: (error) => errors.push(error), counts }))).toEqual(rest);
		expect(errors.map((error) => error.line)).toEqual([3]);
		expect(counts).toEqual({ read: rest.length, skipped: 1, replaced: 0 });
	});

	it('replaces and counts bytes that are not UTF-8, or refuses them', async () => {
		const bytes = Buffer.from(write(['good', 'caf#', 'real \ufffd', 'e#']));
		for (let at = bytes.indexOf('#'); at >= 0; at = bytes.indexOf('#')) bytes[at] = 0xe9;
		const path = file('latin1', bytes);
		const counts: Counts = { read: 0, skipped: 0, replaced: 0 };
		expect((await collect(open(path, { counts }))).map(textOf)).toEqual(['good', 'caf\ufffd', 'real \ufffd', 'e\ufffd']);
		expect(counts).toEqual({ read: 4, skipped: 0, replaced: 2 });
		const line = write(['good', 'caf#']).split('caf#')[0]!.split('\n').length;
		await expect(collect(open(path, { invalidUtf8: 'throw' }))).rejects.toThrow(`${path}:${line}: expected UTF-8, got bytes that are not.`);
	});

	it('reads UTF-16 by its byte order mark, and other encodings by their names', async () => {
		const text = write(['good', 'caf\u00e9', '\u{1f600} \u4e2d\u6587']);
		const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
		const good = ['good', 'caf\u00e9', '\u{1f600} \u4e2d\u6587'];
		for (const bytes of [utf16, Buffer.from(utf16).swap16()]) {
			expect((await collect(open(file('utf16', bytes)))).map(textOf)).toEqual(good);
		}
		// A byte order mark is stronger than a name.
		expect((await collect(open(file('marked', utf16), { encoding: 'latin1' }))).map(textOf)).toEqual(good);
		const latin1 = file('latin1', Buffer.from(write(['caf\u00e9']), 'latin1'));
		expect((await collect(open(latin1, { encoding: 'latin1', invalidUtf8: 'throw' }))).map(textOf)).toEqual(['caf\u00e9']);
		// \u4e2d\u6587 in GB 18030.
		const mark = Buffer.from(write(['#']));
		const at = mark.indexOf('#');
		const chinese = file('gb', Buffer.concat([mark.subarray(0, at), Buffer.from([0xd6, 0xd0, 0xce, 0xc4]), mark.subarray(at + 1)]));
		expect((await collect(open(chinese, { encoding: 'gb18030' }))).map(textOf)).toEqual(['\u4e2d\u6587']);
		const counts: Counts = { read: 0, skipped: 0, replaced: 0 };
		const broken = file('broken', Buffer.concat([mark.subarray(0, at), Buffer.from([0xff]), mark.subarray(at + 1)]));
		await collect(open(broken, { encoding: 'gb18030', counts }));
		expect(counts.replaced).toBe(1);
		await expect(collect(open(broken, { encoding: 'gb18030', invalidUtf8: 'throw' }))).rejects.toThrow(
			/broken:1: expected gb18030, got bytes that are not/,
		);
		expect(() => open(broken, { encoding: 'klingon' })).toThrow(/expected encoding to be the name of an encoding, such as 'latin1'/);
	});

	it('refuses gzip that is damaged or cut off', async () => {
		const packed = gzipSync(write(Array.from({ length: 2000 }, (_, i) => `text ${i * i}`)));
		const damaged = Buffer.from(packed);
		damaged[packed.length >> 1]! ^= 0xff;
		for (const bytes of [packed.subarray(0, -20), packed.subarray(0, 5), damaged]) {
			const error = await collect(open(file('broken.gz', bytes))).catch((error) => error);
			expect(error).toBeInstanceOf(DataError);
			expect(error.message).toMatch(/broken\.gz: expected a whole gzip file, got one that is damaged or cut off \(/);
		}
	});
});

describe('documents', () => {
	it.each(['csv', 'jsonl', 'json', 'lines'])('of %s do not hold the blocks they were read from', (name) => {
		const text = 'some words of a text that is long enough '.repeat(5);
		const object = JSON.stringify({ text });
		const [head, record, end] = {
			csv: ['text,b\n', `"${text}",b\n`, ''],
			jsonl: ['', `${object}\n`, ''],
			json: ['[0', `,${object}`, ']'],
			lines: ['', `${text}\n`, ''],
		}[name]!;
		const path = file('held', head! + record!.repeat(100_000) + end);
		const script = `import { ${name} } from 'textloom';
			const kept = [];
			gc();
			const before = process.memoryUsage().heapUsed;
			let seen = 0;
			for await (const doc of ${name}(process.argv[1], { onError: 'skip' })) if (seen++ % 500 === 0) kept.push(doc);
			gc();
			console.log(kept.length, (process.memoryUsage().heapUsed - before) / 1e6);`;
		const { stdout } = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script, path]);
		const [kept, megabytes] = String(stdout).split(' ').map(Number);
		expect(kept).toBe(200);
		// The file has 20 MB and more.
		expect(megabytes).toBeLessThan(12);
	});
});
