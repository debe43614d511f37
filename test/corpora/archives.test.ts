// Archives that are larger than memory, or than what is wanted of them: they are read in bounded memory, and refused by name.
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { collect, type DataError, pipe, take } from 'textloom';
import { textFiles } from 'textloom/corpora/formats/tree';
import { unzipMember } from 'textloom/corpora/get/unzip';
import { describe, expect, it } from 'vitest';
import { hang } from '../limits.js';
import { temporary } from '../temporary.js';
import { packedZeros, sparseTar, zipOf } from './archives.js';

const { folder, file } = temporary();
const inFolder = (name: string) => join(folder, name);

/** Megabytes that a process may grow by: far above what streams and V8 take, far below the archives. */
const bounded = 250;

interface Told {
	readonly names: [name: string, length: number][];
	readonly error?: string;
	readonly grown: number;
}

/** What a process of its own tells of the work. One that hangs is ended. */
async function told(work: object): Promise<Told> {
	const script = new URL('archive-child.mjs', import.meta.url).pathname;
	const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(work)], { timeout: hang, killSignal: 'SIGKILL' });
	return JSON.parse(stdout) as Told;
}

const pick = (name: string) => (name.endsWith('.txt') ? (text: string) => ({ name, text }) : undefined);

describe('a tar archive', () => {
	it('goes on after an entry that is not wanted, where a larger one follows', async () => {
		const entries = [
			['a.txt', 'a'],
			['no.bin', 'small'],
			['b.txt', 'b'.repeat(5_000_000)],
			['small.bin', 'small'],
			['large.bin', 20_000_000],
			['c.txt', 'c'],
		] as const;
		const path = sparseTar(inFolder('after.tar'), entries);
		const docs = await collect(textFiles(path, { pick }));
		expect(docs.map(({ name, text }) => [name, text.length])).toEqual([
			['a.txt', 1],
			['b.txt', 5_000_000],
			['c.txt', 1],
		]);
		const packed = file('after.tar.gz', gzipSync(readFileSync(path), { level: 1 }));
		expect((await collect(textFiles(packed, { pick }))).map(({ name }) => name)).toEqual(['a.txt', 'b.txt', 'c.txt']);
	});

	const large = sparseTar(inFolder('large.tar'), [
		['a.txt', 'a'],
		['no.bin', 100_000_000],
		['large.txt', 700_000_000],
		['b.txt', 'b'],
	]);

	it('refuses a file that is too large by its name, in bounded memory', async () => {
		const { names, error, grown } = await told({ tree: large });
		expect(names).toEqual([['a.txt', 1]]);
		expect(error).toBe(
			`DataError: ${large}/large.txt:1: expected a text file of at most 64,000,000 bytes, got 700,000,000. Pass onError: 'skip' to leave it out, or get the published data.`,
		);
		expect(grown).toBeLessThan(bounded);
	});

	it('leaves it out where that is asked for', async () => {
		const { names, error, grown } = await told({ tree: large, onError: 'skip' });
		expect([names, error]).toEqual([
			[
				['a.txt', 1],
				['b.txt', 1],
			],
			undefined,
		]);
		expect(grown).toBeLessThan(bounded);
	});

	it('is limited by maxBytes', async () => {
		const path = sparseTar(inFolder('limit.tar'), [
			['a.txt', 'abc'],
			['b.txt', 'abcd'],
		]);
		const counts = { read: 0, skipped: 0, replaced: 0 };
		const errors: DataError[] = [];
		const docs = textFiles(path, { pick, maxBytes: 3, counts, onError: (error) => errors.push(error) });
		expect(await collect(docs)).toEqual([{ name: 'a.txt', text: 'abc' }]);
		expect([counts, errors.map(({ file }) => file)]).toEqual([{ read: 1, skipped: 1, replaced: 0 }, [`${path}/b.txt`]]);
	});

	it('hands on what comes before the damage', async () => {
		const whole = sparseTar(inFolder('whole.tar'), [
			['a.txt', 'a'],
			['b.txt', 'b'.repeat(10_000)],
		]);
		const path = file('cut.tar', readFileSync(whole).subarray(0, 5_000));
		const read: string[] = [];
		const all = async () => {
			for await (const { name } of textFiles(path, { pick })) read.push(name);
		};
		await expect(all()).rejects.toThrow(/cut\.tar: expected a whole archive, got one that is damaged or cut off/);
		expect(read).toEqual(['a.txt']);
	});

	it('hands on few large files at once', async () => {
		const path = sparseTar(
			inFolder('several.tar'),
			Array.from({ length: 10 }, (_, i) => [`${i}.txt`, 10_000_000] as const),
		);
		const sizes: number[] = [];
		for await (const chunk of textFiles(path, { pick }).chunks()) sizes.push(chunk.length);
		expect(sizes).toEqual([2, 2, 2, 2, 2]);
	});

	it('ends with the iteration, and with the signal in the middle of a file', async () => {
		expect(await collect(pipe(textFiles(large, { pick, maxBytes: 1 }), take(1)))).toEqual([{ name: 'a.txt', text: 'a' }]);
		const controller = new AbortController();
		const reason = new Error('enough');
		const picked = (name: string) => {
			if (name === 'no.bin') setImmediate(() => controller.abort(reason));
			return pick(name);
		};
		await expect(collect(textFiles(large, { pick: picked, signal: controller.signal }))).rejects.toBe(reason);
	});
});

it('refuses a file of a folder that is too large by its name, without reading it', async () => {
	const tree = inFolder('tree');
	mkdirSync(tree);
	file('tree/a.txt', 'a');
	truncateSync(file('tree/large.txt', ''), 700_000_000);
	const { names, error, grown } = await told({ tree });
	expect([names, error]).toEqual([
		[['a.txt', 1]],
		expect.stringMatching(/tree\/large\.txt:1: expected a text file of at most 64,000,000 bytes, got 700,000,000\./),
	]);
	expect(grown).toBeLessThan(bounded);
	expect((await told({ tree, onError: 'skip' })).names).toEqual([['a.txt', 1]]);
});

describe('a zip archive', () => {
	const size = 1_700_000_000;
	const bomb = packedZeros(size);
	const member = (name: string, size?: number) => ({
		path: name,
		rows: 1,
		...(size !== undefined && { size }),
		archive: { path: 'x.zip', member: 'in.txt' },
	});
	const into = inFolder('out');

	it.each([
		['that says how large it is', { size }],
		['that says that it is small', { size: 1000 }],
		['that says so afterwards', { size, streamed: true }],
	])('refuses a member that is too large by its name, in bounded memory (%s)', async (_, facts) => {
		const zip = file('bomb.zip', zipOf('in.txt', bomb, facts));
		expect(statSync(zip).size).toBeLessThan(2_000_000);
		const { error, grown } = await told({ zip, path: join(into, 'in.txt'), file: member('in.txt', 1_000_000) });
		expect(error).toBe(
			`DataError: ${zip}: expected in.txt in it to have at most 1,000,000 bytes, got more. Remove the archive, and get it again.`,
		);
		expect(grown).toBeLessThan(bounded);
		expect(readdirSync(into)).toEqual([]);
	});

	it('passes over what is not wanted, and unpacks what is, in bounded memory', async () => {
		const other = zipOf('in.other', bomb, { size });
		const wanted = zipOf('in.txt', packedZeros(400_000_000), { size: 400_000_000 });
		const zip = file('two.zip', Buffer.concat([other, wanted]));
		const path = join(into, 'large.txt');
		const { error, grown } = await told({ zip, path, file: member('large.txt') });
		expect(error).toBeUndefined();
		expect(statSync(path).size).toBe(Math.ceil(400_000_000 / 2 ** 24) * 2 ** 24);
		expect(grown).toBeLessThan(bounded);
	});

	const text = Buffer.from(Array.from({ length: 50_000 }, (_, i) => `${Math.sqrt(i)}\n`).join(''));
	it.each([
		['packed', zipSync({ 'no.txt': text, 'in.txt': text })],
		['as it is', zipSync({ 'no.txt': text, 'in.txt': text }, { level: 0 })],
		['written to a pipe', zipOf('in.txt', deflateRawSync(text), { size: text.length, streamed: true })],
	])('gives its member (%s)', async (name, bytes) => {
		const path = join(into, `${name}.txt`);
		await unzipMember(file(`${name}.zip`, bytes), path, member(name, text.length));
		expect(readFileSync(path).equals(text)).toBe(true);
	});

	it('gives a member that is empty', async () => {
		const path = join(into, 'empty.txt');
		await unzipMember(file('empty.zip', zipSync({ 'in.txt': new Uint8Array(0) })), path, member('empty', 0));
		expect(statSync(path).size).toBe(0);
	});

	it('that is cut off, or packed in another way, says so', async () => {
		const whole = Buffer.from(zipSync({ 'in.txt': text }));
		const path = join(into, 'cut.txt');
		const cut = unzipMember(file('cut.zip', whole.subarray(0, whole.length / 2)), path, member('cut'));
		await expect(cut).rejects.toThrow(/cut\.zip: expected a zip archive, got .+\. Remove the archive, and get it again\.$/);
		const method = Buffer.from(whole);
		method.writeUInt16LE(14, 8);
		const other = unzipMember(file('method.zip', method), path, member('cut'));
		await expect(other).rejects.toThrow(/method\.zip: expected a zip archive, got in\.txt packed by method 14\. Remove/);
		expect(readdirSync(into)).not.toContain('cut.txt');
	});

	it('is left by the signal, and leaves nothing behind', async () => {
		const reason = new Error('enough');
		const zip = file('left.zip', zipOf('in.txt', bomb, { size }));
		const before = readdirSync(into);
		const controller = new AbortController();
		const done = unzipMember(zip, join(into, 'left.txt'), member('left.txt'), controller.signal);
		setTimeout(() => controller.abort(reason), 50);
		await expect(done).rejects.toBe(reason);
		expect(readdirSync(into)).toEqual(before);
	});
});
