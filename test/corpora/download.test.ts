// Downloads from a server that drops, stalls, lies and changes its mind.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { collect, DataError } from 'textloom';
import type { CorpusFacts } from 'textloom/corpora/corpus';
import { type DownloadOptions, download } from 'textloom/corpora/download';
import { randomUint32 } from 'textloom/stream';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { hang } from '../limits.js';
import { temporary } from '../temporary.js';
import { answer, type Behaviour, bytes, factsOf, misbehaving, nobody, oneFile, published, type Spoiled } from './server.js';

const { folder: root } = temporary();
let folder: string;
let path: string;
beforeEach(({ task }) => {
	folder = join(root, task.id);
	path = join(folder, 'one/file.txt');
});

const content = bytes(50_000);
const corpus = oneFile(factsOf(content));

/** Milliseconds without a byte after which a connection counts as dropped: never by the clock of this machine. */
const idle = 2 * hang;

/** Has the clock of `setTimeout` in the test's hands; what it returns lets the time without a byte go by. */
function heldClock(): () => void {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	onTestFinished(() => {
		vi.useRealTimers();
	});
	return () => vi.advanceTimersByTime(idle);
}

/** Downloads from a server that behaves so. */
async function get(behave: Behaviour, { from = corpus, ...options }: DownloadOptions & { from?: CorpusFacts } = {}) {
	const { base, asked } = await misbehaving(behave);
	const mirrors = { [published]: base };
	const result = download(from, { folder, mirrors, backoff: 1, idle, ...options }).catch((error: Error) => error);
	return { asked, result: await result, base };
}

/** The n-th request gets the n-th of these, the last one again and again. */
const inTurn =
	(...turns: Spoiled[]): Behaviour =>
	(request, response, n) =>
		answer(request, response, content, { etag: '"a"', ...turns[Math.min(n, turns.length - 1)] });

const leftovers = () => (existsSync(join(folder, 'one')) ? readdirSync(join(folder, 'one')) : []);

describe('a whole file', () => {
	it('is fetched once, with progress, and has nothing beside it', async () => {
		const seen: number[] = [];
		const { asked, result, base } = await get(inTurn({}), { onProgress: ({ received, total }) => seen.push(received / total!) });
		expect(result).toEqual([{ path, state: 'fetched' }]);
		expect(readFileSync(path)).toEqual(content);
		expect(leftovers()).toEqual(['file.txt']);
		expect([seen[0], seen.at(-1)]).toEqual([0, 1]);
		expect(await download(corpus, { folder, mirrors: { [published]: base } })).toEqual([{ path, state: 'there' }]);
		expect(asked).toEqual([{ path: '/file.txt', range: undefined, ifRange: undefined }]);
	});

	it('says when it tries again, and why', async () => {
		const retries: unknown[] = [];
		const behave: Behaviour = (request, response, n) => (n === 0 ? response.writeHead(503).end() : answer(request, response, content));
		const { result } = await get(behave, { onProgress: ({ retry }) => retry && retries.push(retry) });
		expect(result).toEqual([{ path, state: 'fetched' }]);
		expect(retries).toEqual([{ reason: expect.stringContaining('503'), wait: expect.any(Number) }]);
	});

	it('is found in the cache without further settings', async () => {
		vi.stubEnv('XDG_CACHE_HOME', folder);
		vi.stubEnv('TEXTLOOM_DATA', '');
		const text = Buffer.from('a\nb\nc\n');
		const from = oneFile(factsOf(text));
		const { base } = await misbehaving((request, response) => answer(request, response, text));
		expect(() => from.train()).toThrow(/Get it by `npx textloom corpora get one-file`/);
		await download(from, { mirrors: { [published]: base } });
		expect(await collect(from.train())).toEqual([{ text: 'a' }, { text: 'b' }, { text: 'c' }]);
		expect(existsSync(join(folder, 'textloom/one/file.txt'))).toBe(true);
		vi.unstubAllEnvs();
	});

	it('leaves a file that is there as it is', async () => {
		mkdirSync(join(folder, 'one'), { recursive: true });
		writeFileSync(path, 'mine');
		const { asked, result } = await get(inTurn({}));
		expect([result, asked.length, readFileSync(path, 'utf8')]).toEqual([[{ path, state: 'other' }], 0, 'mine']);
	});

	it.each([1, 2, 3])('is followed through redirects, range and all (%i)', async (hops) => {
		const { asked, result } = await get((request, response, n) => {
			if (n % (hops + 1) < hops) response.writeHead(302, { location: `/moved/${n}` }).end();
			else answer(request, response, content, { etag: '"a"', ...(n === hops && { cut: 20_000 }) });
		});
		expect(result).toEqual([{ path, state: 'fetched' }]);
		expect(readFileSync(path)).toEqual(content);
		expect(Number(/\d+/.exec(asked.at(-1)!.range!)![0])).toBeGreaterThan(0);
	});

	it('may be known by its git blob only', async () => {
		const git = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
		const { result } = await get(inTurn({ chunked: true }), { from: oneFile({ git }) });
		expect(result).toEqual([{ path, state: 'fetched' }]);
		const other = oneFile({ git: git.replace(/^./, '0'), path: 'one/other.txt' });
		const wrong = await get(inTurn({}), { from: other });
		if (!git.startsWith('0')) expect(String(wrong.result)).toMatch(new RegExp(`expected git blob 0${git.slice(1)}, got ${git} from`));
	});
});

describe('a connection that is cut off', () => {
	it.each([1, 2, 3, 4, 5])('at random bytes loses none of them (%i)', async (seed) => {
		let sent = 0;
		const { asked, result } = await get(
			(request, response, n) => {
				const cut = randomUint32(seed, 0, n) % 12_000;
				const start = Number(/\d+/.exec(request.headers.range ?? '0')![0]);
				sent += Math.min(cut, content.length - start);
				answer(request, response, content, { etag: '"a"', cut });
			},
			{ retries: 3 },
		);
		expect(result).toEqual([{ path, state: 'fetched' }]);
		expect(readFileSync(path)).toEqual(content);
		expect(asked.length).toBeGreaterThan(3);
		expect(asked.slice(1).every(({ range, ifRange }) => range === undefined || ifRange === '"a"')).toBe(true);
		// Nearly nothing twice: what was on the way when the connection was cut.
		expect(sent).toBeLessThan(2 * content.length);
	});

	it('starts again where the server has no ranges', async () => {
		const { asked, result } = await get(inTurn({ ranges: false, cut: 30_000 }, { ranges: false, cut: 40_000 }, { ranges: false }));
		expect(result).toEqual([{ path, state: 'fetched' }]);
		expect(readFileSync(path)).toEqual(content);
		expect(asked.length).toBe(3);
	});

	it('is given up after attempts that bring nothing, and what has come stays', async () => {
		const { asked, result } = await get(
			(request, response, n) => (n === 0 ? answer(request, response, content, { etag: '"a"', cut: 30_000 }) : response.destroy()),
			{ retries: 2 },
		);
		expect(result).toBeInstanceOf(DataError);
		expect(String(result)).toMatch(
			/^DataError: one-file: expected http.*file\.txt, got: .+\. What has come is kept; try again later\. By hand: /,
		);
		const had = statSync(`${path}.part`).size;
		expect(had).toBeGreaterThan(0);
		expect(asked.length).toBeLessThanOrEqual(5);
	});

	it('that stalls is cut off and goes on', async () => {
		const pass = heldClock();
		let stalled = 0;
		const { asked, result } = await get(inTurn({ stall: 30_000 }, {}), {
			onProgress: ({ received }) => {
				if (received === 30_000 && stalled++ === 0) pass();
			},
		});
		expect(result).toEqual([{ path, state: 'fetched' }]);
		expect(readFileSync(path)).toEqual(content);
		expect(asked[1]!.range).toBe('bytes=30000-');
	});

	it('before the first byte counts as well', async () => {
		const pass = heldClock();
		const reasons: unknown[] = [];
		const { result } = await get((request, response, n) => (n < 2 ? pass() : answer(request, response, content)), {
			onProgress: ({ retry }) => retry && reasons.push(retry.reason),
		});
		expect(result).toEqual([{ path, state: 'fetched' }]);
		expect(reasons).toEqual(new Array(2).fill(`no byte for ${idle / 1000} s`));
	});

	it('by its user keeps what has come', async () => {
		const controller = new AbortController();
		const reason = new Error('enough');
		const onProgress = ({ received }: { received: number }) => {
			if (received >= 30_000) controller.abort(reason);
		};
		const { result } = await get(inTurn({ stall: 30_000 }), { signal: controller.signal, onProgress });
		expect(result).toBe(reason);
		expect(leftovers().sort()).toEqual(['file.txt.part', 'file.txt.part.json']);
		expect((await get(inTurn({}), { signal: controller.signal })).result).toBe(reason);
	});
});

describe('another edition', () => {
	it('is fetched whole where the file changes between two requests', async () => {
		const old = bytes(50_000, 2);
		const { asked, result } = await get((request, response, n) =>
			n === 0 ? answer(request, response, old, { etag: '"old"', cut: 30_000 }) : answer(request, response, content, { etag: '"new"' }),
		);
		expect(result).toEqual([{ path, state: 'fetched' }]);
		expect(asked[1]!.ifRange).toBe('"old"');
		expect(readFileSync(path)).toEqual(content);
	});

	it.each(['W/"old"', '"old"'])('is found out by its checksum where the server gives out parts regardless (%s)', async (etag) => {
		const old = bytes(50_000, 2);
		const { asked, result } = await get((request, response, n) =>
			n === 0
				? answer(request, response, old, { etag, cut: 30_000 })
				: answer(request, response, content, { etag: '"new"', careless: true }),
		);
		expect(result).toEqual([{ path, state: 'fetched' }]);
		expect(readFileSync(path)).toEqual(content);
		expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=30000-', undefined]);
	});

	it('with a byte that is wrong is removed, and both sums are told', async () => {
		const spoiled = Buffer.from(content);
		spoiled[1234]! ^= 1;
		const { asked, result } = await get((request, response) => answer(request, response, spoiled));
		expect(String(result)).toContain(`expected sha256 ${factsOf(content).sha256}, got ${factsOf(spoiled).sha256} from`);
		expect([asked.length, leftovers()]).toEqual([1, []]);
	});

	it.each([
		['shorter', bytes(49_999), {}],
		['longer', bytes(50_001), {}],
		['longer, without saying so', bytes(60_000), { chunked: true }],
	])('of another length is refused (%s)', async (_, other, spoiled) => {
		const { asked, result } = await get((request, response) => answer(request, response, other, spoiled));
		expect(String(result)).toMatch(/expected 50,000 bytes from http.*, got (49,999|50,001|more)\. The source has changed\./);
		expect([asked.length, existsSync(path)]).toEqual([1, false]);
	});

	it('that ends before its length, whoever asks, is not taken', async () => {
		const from = oneFile({ sha256: factsOf(content).sha256 });
		const behave: Behaviour = (request, response) => answer(request, response, content, { length: 60_000, cut: 49_999, ranges: false });
		const { asked, result } = await get(behave, { from, retries: 2 });
		// The first brings something, three do not.
		expect([result instanceof DataError, asked.length, leftovers().sort()]).toEqual([true, 4, ['file.txt.part', 'file.txt.part.json']]);
	});

	it('whose length the server does not tell is taken by its checksum', async () => {
		const { result } = await get(inTurn({ chunked: true, cut: 20_000 }, { chunked: true }));
		expect(result).toEqual([{ path, state: 'fetched' }]);
		expect(readFileSync(path)).toEqual(content);
	});

	it('that is wrong in pieces and wrong whole is asked for no third time', async () => {
		const spoiled = bytes(50_000, 4);
		const { asked, result } = await get((request, response, n) =>
			answer(request, response, spoiled, { etag: '"a"', ...(n === 0 && { cut: 30_000 }) }),
		);
		expect(String(result)).toContain('expected sha256');
		expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=30000-', undefined]);
	});

	it('that was packed on the way is refused', async () => {
		const { result } = await get((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(content)));
		expect(String(result)).toMatch(/expected http.*file\.txt as it is, got it encoded as gzip\./);
	});

	it('that ends before the part that is here makes it start anew', async () => {
		mkdirSync(join(folder, 'one'), { recursive: true });
		const { base } = await misbehaving(inTurn({}));
		writeFileSync(`${path}.part`, bytes(70_000, 3));
		writeFileSync(`${path}.part.json`, JSON.stringify({ url: `${base}file.txt`, validator: '"a"' }));
		const from = oneFile({ sha256: factsOf(content).sha256 });
		expect(await download(from, { folder, mirrors: { [published]: base }, backoff: 1 })).toEqual([{ path, state: 'fetched' }]);
		expect(readFileSync(path)).toEqual(content);
	});
});

describe('an answer that is no file', () => {
	it.each([404, 403, 410])('ends it at once (%i)', async (status) => {
		const { asked, result } = await get((_, response) => response.writeHead(status).end('no'));
		expect(String(result)).toMatch(
			new RegExp(`one-file: expected http.*, got HTTP ${status} .*\\. It may have moved\\. By hand: ${published}`),
		);
		expect([asked.length, leftovers()]).toEqual([1, []]);
	});

	it.each([500, 503, 429, 408])('is asked again (%i)', async (status) => {
		const { asked, result } = await get((request, response, n) =>
			n < 3 ? response.writeHead(status).end() : answer(request, response, content),
		);
		expect([result, asked.length]).toEqual([[{ path, state: 'fetched' }], 4]);
	});

	it('waits as long as it is told to', async () => {
		const start = performance.now();
		const waits: unknown[] = [];
		await get(
			(request, response, n) => (n === 0 ? response.writeHead(503, { 'retry-after': '1' }).end() : answer(request, response, content)),
			{ onProgress: ({ retry }) => retry && waits.push(retry.wait) },
		);
		expect(waits).toEqual([1000]);
		// Longer on a slow machine, never shorter.
		expect(performance.now() - start).toBeGreaterThan(950);
	});

	it('is no server at all', async () => {
		const base = await nobody();
		const result = await download(corpus, { folder, mirrors: { [published]: base }, backoff: 1, retries: 1 }).catch(String);
		expect(result).toContain(`one-file: expected ${base}file.txt, got: connect ECONNREFUSED`);
	});

	it('that lost its way in redirects ends', async () => {
		const { result } = await get((_, response) => response.writeHead(302, { location: '/file.txt' }).end(), { retries: 1 });
		expect(result).toBeInstanceOf(DataError);
	});
});

describe('two at once', () => {
	const child = new URL('./get-child.mjs', import.meta.url).pathname;
	const start = (base: string, size: number, sha256: string) => {
		const args = [child, folder, base, String(size), sha256];
		const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
		const lines: string[] = [];
		const begun = new Promise<void>((resolve) => {
			createInterface({ input: process_.stdout }).on('line', (line) => {
				lines.push(line);
				if (line === 'begun') resolve();
			});
		});
		const ended = new Promise<string | undefined>((resolve) => process_.on('close', () => resolve(lines[1])));
		return { process: process_, begun, ended };
	};
	const { size, sha256 } = factsOf(content);

	it('in one process fetch it once', async () => {
		const { base, asked } = await misbehaving(inTurn({}));
		const one = () => download(corpus, { folder, mirrors: { [published]: base } });
		const states = (await Promise.all([one(), one(), one()])).flat().map(({ state }) => state);
		expect([states.sort(), asked.length]).toEqual([['fetched', 'there', 'there'], 1]);
		expect(leftovers()).toEqual(['file.txt']);
	});

	it('in two processes fetch it once', async () => {
		// Answered when both have begun.
		const children: ReturnType<typeof start>[] = [];
		const { base, asked } = await misbehaving(async (request, response) => {
			await Promise.all(children.map(({ begun }) => begun));
			answer(request, response, content);
		});
		children.push(start(base, size, sha256), start(base, size, sha256));
		const states = await Promise.all(children.map(({ ended }) => ended));
		expect([states.sort(), asked.length]).toEqual([['fetched', 'there'], 1]);
		expect(leftovers()).toEqual(['file.txt']);
	});

	it('go on from where the first was killed', async () => {
		const { base, asked } = await misbehaving(inTurn({ stall: 30_000 }, {}));
		const first = start(base, size, sha256);
		await vi.waitFor(() => expect(statSync(`${path}.part`).size).toBe(30_000), { timeout: hang, interval: 20 });
		first.process.kill('SIGKILL');
		await first.ended;
		expect(leftovers()).toContain('file.txt.lock');
		expect(await download(corpus, { folder, mirrors: { [published]: base } })).toEqual([{ path, state: 'fetched' }]);
		expect(asked[1]).toMatchObject({ range: 'bytes=30000-', ifRange: '"a"' });
		expect([readFileSync(path), leftovers()]).toEqual([content, ['file.txt']]);
	});

	it('wait no longer than their user', async () => {
		mkdirSync(join(folder, 'one'), { recursive: true });
		writeFileSync(`${path}.lock`, JSON.stringify({ pid: process.pid, host: hostname() }));
		const control = new AbortController();
		const reason = new Error('enough');
		const waiting = get(inTurn({}), { signal: control.signal });
		// Who waits listens to the signal.
		await vi.waitFor(() => expect(getEventListeners(control.signal, 'abort').length).toBe(1), { timeout: hang, interval: 1 });
		control.abort(reason);
		const { result, asked } = await waiting;
		expect([result, asked.length]).toEqual([reason, 0]);
	});
});

describe('an archive', () => {
	const text = Buffer.from('caf\u00e9\nb\nc\n', 'latin1');
	const utf8 = Buffer.from(text.toString('latin1'));
	const pack = (names: Record<string, Uint8Array>) => Buffer.from(zipSync(names));
	const inZip = (zip: Uint8Array, member = 'in/file.txt') =>
		oneFile(factsOf(utf8), {
			url: undefined,
			archive: { path: 'one/pack.zip', url: `${published}pack.zip`, ...factsOf(zip), member, encoding: 'latin1' as const },
		});

	it('gives its member, transcoded and checked; names in it lead nowhere', async () => {
		const zip = pack({ '../evil.txt': bytes(10), '/evil.txt': bytes(10), 'in/file.txt': text });
		const from = inZip(zip);
		const { result, asked } = await get((request, response) => answer(request, response, zip), { from });
		expect(result).toEqual([
			{ path: join(folder, 'one/pack.zip'), state: 'fetched' },
			{ path, state: 'fetched' },
		]);
		expect((await collect(from.train(folder))).map(({ text }) => text)).toEqual(['caf\u00e9', 'b', 'c']);
		expect(leftovers().sort()).toEqual(['file.txt', 'pack.zip']);
		expect(existsSync(join(folder, 'evil.txt'))).toBe(false);
		expect([(await get(() => {}, { from })).result, asked.length]).toEqual([[{ path, state: 'there' }], 1]);
	});

	it('without the member, or with another, says so', async () => {
		const none = pack({ 'in/other.txt': text });
		const missing = await get((request, response) => answer(request, response, none), { from: inZip(none) });
		expect(String(missing.result)).toMatch(/pack\.zip: expected in\/file\.txt in it, got none/);
		expect(leftovers()).toEqual(['pack.zip']);
	});

	it('that is no archive says so', async () => {
		const zip = bytes(1000);
		const { result } = await get((request, response) => answer(request, response, zip), { from: inZip(zip) });
		expect(String(result)).toMatch(/pack\.zip: expected a zip archive, got invalid zip data/);
	});
});

it('says of a corpus that is published nowhere how to get it', async () => {
	const from = oneFile({}, { url: undefined });
	await expect(download(from, { folder })).rejects.toThrow(
		`one-file: expected one/file.txt in ${folder}, got none. Download it by hand (${published}) and put it there under such a name.`,
	);
});

it('says of a folder that cannot be written into which one it is', async () => {
	const file = join(root, 'no-folder');
	writeFileSync(file, '');
	await expect(download(corpus, { folder: file })).rejects.toThrow(
		/^one-file: expected to write into .*no-folder, got: .+\. Make room, or name another folder\.$/,
	);
});
