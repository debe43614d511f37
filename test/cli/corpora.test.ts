// textloom corpora: the list, and getting corpora from a server.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { answer, bytes, misbehaving } from '../corpora/server.js';
import { hang } from '../limits.js';
import { temporary } from '../temporary.js';
import { cli, objects, start } from './run.js';

const data = process.env.TEXTLOOM_DATA;
const { folder } = temporary();
const mirrorOf = (base: string) => `https://raw.githubusercontent.com/=${base}`;

it.concurrent('lists every corpus, for people and as JSON', async () => {
	const people = await cli(['corpora', 'list']);
	expect(people.stdout).toMatch(/^ag-news {2,}AG News topic classification \(classification; train 120,000, test 7,600\): sample\n/);
	expect(people.stdout).toMatch(/\nptb {2,}Penn Treebank .*\(text; train 42,068, validation 3,370, test 3,761\): missing\n/);
	const json = objects((await cli(['corpora', 'list', '--json'])).stdout);
	expect(json).toHaveLength(people.stdout.split('\n').length - 1);
	expect(json).toContainEqual(expect.objectContaining({ name: 'tatoeba', kind: 'pairs', splits: { train: 32_028 }, place: 'missing' }));
});

it.concurrent.each([
	[['corpora'], 2, /expected list\|get \[NAME…\], got nothing/],
	[['corpora', 'put'], 2, /expected list or get for list\|get, got "put"\./],
	[['corpora', 'get'], 2, /expected get and the names of corpora, got get alone\./],
	[['corpora', 'list', 'ptb'], 2, /expected list without names, got ptb\./],
	[['corpora', 'get', 'pbt'], 2, /got "pbt"\. Did you mean ptb\?/],
	[['corpora', 'get', 'constructor'], 2, /expected a corpus \(ag-news, .*\), got "constructor"\./],
	[['corpora', 'get', 'ptb', '--mirror', 'x'], 2, /expected URL=URL for --mirror, got "x"/],
	[
		['corpora', 'get', 'peoples-daily', '--data', folder],
		1,
		/peoples-daily: expected .* got none\. Download it by hand \(https:.*\) and put it there/,
	],
] as const)('answers %j in one line', async (args, code, message) => {
	const result = await cli(args);
	expect(result.stderr).toMatch(message);
	expect([result.code, result.stderr.split('\n').length]).toEqual([code, 2]);
});

it('says the licence first, and refuses a file that is not the published one', async () => {
	const wrong = bytes(178_979);
	const { base, asked } = await misbehaving((request, response) => answer(request, response, wrong));
	const into = join(folder, 'wrong');
	const result = await cli(['corpora', 'get', 'time-machine', '--data', into, '--mirror', mirrorOf(base)]);
	expect(result.stdout).toMatch(/^H\. G\. Wells, The Time Machine, https:.*\nLicence: public domain\nInto .*wrong\n$/);
	expect(result.stderr).toMatch(
		/^textloom corpora: time-machine: expected sha256 [0-9a-f]{64}, got [0-9a-f]{64} from http.*It was removed: .*\n$/,
	);
	expect(asked.map(({ path }) => path)).toEqual([
		expect.stringMatching(/^\/rebirthmonkey\/ai-deep-learning\/[0-9a-f]{40}\/data\/timemachine\.txt$/),
	]);
	expect([result.code, existsSync(join(into, 'lm/timemachine.txt'))]).toEqual([1, false]);
});

it('stops at Ctrl-C and keeps what has come', async () => {
	const half = bytes(178_979);
	const { base } = await misbehaving((request, response) => answer(request, response, half, { stall: 90_000 }));
	const args = ['corpora', 'get', 'time-machine', '--data', join(folder, 'stopped'), '--mirror', mirrorOf(base)];
	const { child, ended } = start(args, { cwd: folder, onLine: () => {} });
	const part = join(folder, 'stopped/lm/timemachine.txt.part');
	await expect.poll(() => (existsSync(part) ? readFileSync(part).length : 0), { timeout: hang }).toBe(90_000);
	child.kill('SIGINT');
	const { code, stderr } = await ended;
	expect([code, stderr, readFileSync(part).length]).toEqual([130, expect.stringContaining('what has come is kept'), 90_000]);
});

it.skipIf(!data)('gets a corpus into the cache, where it is found (skipped without TEXTLOOM_DATA)', async () => {
	const text = gunzipSync(readFileSync(join(data!, 'lm/timemachine.txt.gz')));
	const { base, asked } = await misbehaving((request, response, n) =>
		answer(request, response, text, { etag: '"a"', ...(n === 0 && { cut: 80_000 }) }),
	);
	const env = { XDG_CACHE_HOME: join(folder, 'cache') };
	const args = ['corpora', 'get', 'time-machine', '--json', '--mirror', mirrorOf(base)];
	const path = join(folder, 'cache/textloom/lm/timemachine.txt');
	expect(objects((await cli(args, { env })).stdout)).toEqual([
		expect.objectContaining({ event: 'start', licence: 'public domain' }),
		{ event: 'file', name: 'time-machine', path, state: 'fetched' },
	]);
	expect(objects((await cli(args, { env })).stdout)[1]).toMatchObject({ state: 'there' });
	expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=80000-']);
	const listed = objects((await cli(['corpora', 'list', '--json'], { env })).stdout);
	expect(listed).toContainEqual(expect.objectContaining({ name: 'time-machine', place: `the 3,221 rows of ${path}` }));
});
