// Files that change, vanish or are cut while they are read, and a line of 1 GB.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
	appendFileSync,
	closeSync,
	openSync,
	renameSync,
	rmSync,
	statSync,
	truncateSync,
	utimesSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { collect, DataError, lines } from 'textloom';
import { describe, expect, it } from 'vitest';
import { temporary } from '../../temporary.js';

const { file } = temporary();
const text = Array.from({ length: 20_000 }, () => `${randomBytes(40).toString('hex')}\n`).join('');

/** Reads a file of several blocks and does something to it after the first. */
async function readWhile(path: string, change: () => void) {
	let read = 0;
	let error: unknown;
	try {
		for await (const chunk of lines(path).chunks()) {
			if (read === 0) change();
			read += chunk.length;
		}
	} catch (caught) {
		error = caught;
	}
	return { read, error };
}

const changes: [what: string, change: (path: string) => void][] = [
	['is cut', (path) => truncateSync(path, statSync(path).size >> 1)],
	['is emptied', (path) => truncateSync(path, 0)],
	[
		'is cut and grows again',
		(path) => {
			const { size } = statSync(path);
			truncateSync(path, 10);
			truncateSync(path, size);
		},
	],
	['grows', (path) => appendFileSync(path, 'more\n')],
	[
		'is written over',
		(path) => {
			const handle = openSync(path, 'r+');
			writeSync(handle, 'other', 700_000);
			closeSync(handle);
			utimesSync(path, 1, 1);
		},
	],
];

describe.each([
	['plain', Buffer.from(text)],
	['packed', gzipSync(text)],
])('a %s file', (kind, bytes) => {
	it.each(changes)('that %s while it is read is refused', async (what, change) => {
		const path = file(`${kind} ${what}`, bytes);
		const { error } = await readWhile(path, () => change(path));
		expect(error).toBeInstanceOf(DataError);
		const { message } = error as Error;
		// Packed bytes may turn out to be wrong before the end is reached.
		if (kind === 'packed' && message.includes('gzip'))
			expect(message).toMatch(`${path}: expected a whole gzip file, got one that is damaged`);
		else expect(message).toMatch(`lines: expected ${path} to stay as it is while it is read, got a change (from ${bytes.length} to `);
	});

	it.each<[string, (path: string) => void]>([
		['vanishes', (path) => rmSync(path)],
		[
			'is replaced',
			(path) => {
				writeFileSync(`${path}.new`, 'new\n');
				renameSync(`${path}.new`, path);
			},
		],
	])('that %s while it is read is read to its end', async (what, change) => {
		const path = file(`${kind} ${what}`, bytes);
		expect(await readWhile(path, () => change(path))).toEqual({ read: 20_000, error: undefined });
	});

	it('that vanishes between two passes is missed', async () => {
		const path = file(`${kind} between`, bytes);
		const docs = lines(path);
		expect((await collect(docs)).length).toBe(20_000);
		rmSync(path);
		await expect(collect(docs)).rejects.toThrow(`lines: expected a readable file, got nothing at ${path}.`);
	});
});

it('UTF-16 without a byte order mark is known by its zeros', async () => {
	for (const content of [Buffer.from('ab\n', 'utf16le'), Buffer.from('ab\n', 'utf16le').swap16()]) {
		expect(await collect(lines(file('utf16', content)))).toEqual([{ text: 'ab' }]);
	}
	expect(await collect(lines(file('nul', '\0a\nb\0')))).toEqual([{ text: '\0a' }, { text: 'b\0' }]);
	expect(await collect(lines(file('three', 'a\0\n')))).toEqual([{ text: 'a\0' }]);
});

describe.skipIf(process.platform === 'win32')('a line of 1 GB', () => {
	it.each([
		['lines', 'a\\n', '\\nc\\n', 2],
		['csv', 'text\\na\\n', '\\nc\\n', 3],
		['csv', 'text\\na\\n"', '"\\nc\\n', 3],
		['jsonl', '{"text":"a"}\\n{"text":"', '"}\\n{"text":"c"}\\n', 2],
		['json', '[{"text":"a"},\\n{"text":"', '"},\\n{"text":"c"}]\\n', 2],
	] as const)('is a bad record of %s, in bounded memory', (source, before, after, line) => {
		const script = `import { ${source} } from 'textloom';
			const errors = [];
			const texts = [];
			for await (const { text } of ${source}('-', { onError: (error) => errors.push(error) })) texts.push(text);
			console.log(JSON.stringify({ texts, errors: errors.map(({ line, message }) => [line, message]), memory: process.resourceUsage().maxRSS / 1000 }));`;
		const shell = `{ printf '${before}'; head -c 1000000000 /dev/zero | tr '\\0' x; printf '${after}'; } | "$1" --input-type=module -e "$2"`;
		const { stdout, stderr } = spawnSync('sh', ['-c', shell, 'sh', process.execPath, script], { encoding: 'utf8' });
		expect(stderr).toBe('');
		const { texts, errors, memory } = JSON.parse(stdout);
		expect(texts).toEqual(['a', 'c']);
		expect(errors).toEqual([
			[line, expect.stringMatching(/^stdin:\d: expected a (line|record|value) of at most 64000000 characters, got a larger one\./)],
		]);
		expect(memory).toBeLessThan(700);
	});
});
