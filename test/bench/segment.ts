// Chinese segmentation, MB (a million bytes) of text a second: lines of titles, reviews and news, read beforehand; against Python's jieba, in turn with it.
// `ours` and the first ratio are the stage in one thread; further ratios: two workers against one, the package @node-rs/jieba as it is against the peer.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { type AnyStage, type Documents, parallel, pipe, type Stage, segment, segmentWith, vocabulary } from 'textloom';
import { median, type Result } from './support/bench.js';

const [rounds, copies] = [3, 16];
const files = ['zh_titles/thucnews_dev.txt.gz', 'zh_sentiment/ChnSentiCorp_htl_all.csv.gz', 'segmentation/msr_test.utf8.gz'];

type Cut = Stage<{ text: string }, { tokens: string[] }>;

/** The library as it is, without the splitting that makes its tokens jieba's. */
function native(): Cut {
	const load = createRequire(import.meta.url);
	const { Jieba } = load('@node-rs/jieba') as { Jieba: { withDict(dict: Buffer): { cut(text: string, hmm: boolean): string[] } } };
	const jieba = Jieba.withDict((load('@node-rs/jieba/dict') as { dict: Buffer }).dict);
	return segmentWith('native', (text) => jieba.cut(text, true));
}

/** Speeds in MB/s, the median of three rounds; each round runs every way and then the peer. */
export async function run({ peers }: { peers?: string }): Promise<Result> {
	const data = process.env.TEXTLOOM_DATA ?? '../shared/data';
	const texts = (await Promise.all(files.map((file) => readFile(join(data, file))))).map((bytes) =>
		gunzipSync(bytes).toString().replaceAll('\r', ''),
	);
	const lines = texts.join('\n').split('\n');
	const megabytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / 1e6;
	const docs = lines.map((text) => ({ text }));
	const more = Array.from({ length: copies }, () => docs).flat();

	const start = performance.now();
	let tokens = await total(pipe([{ text: '我来到北京清华大学' }], segment()));
	console.log(`dictionary, models and first text: ${(performance.now() - start).toFixed(0)} ms`);
	const two = () => parallel([segment()] as [AnyStage & Cut], { workers: 2, keep: ['tokens'] });
	const ways: Readonly<Record<string, readonly [times: number, work: () => Promise<number>]>> = {
		ours: [1, () => total(pipe(docs, segment()))],
		tags: [1, () => total(pipe(docs, segment({ tags: true })))],
		search: [1, () => total(pipe(docs, segment({ mode: 'search' })))],
		native: [1, () => total(pipe(docs, native()))],
		one: [copies, () => total(pipe(more, segment()))],
		two: [copies, () => total(pipe(more, two()))],
		countOne: [copies, () => counted(pipe(more, segment()))],
		countTwo: [copies, () => counted(pipe(more, two()))],
	};
	const speeds: Record<string, number[]> = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
	const theirs: { mb_per_s: number; tokens: number }[] = [];
	const folder = await mkdtemp(join(tmpdir(), 'textloom-bench-'));
	try {
		await writeFile(join(folder, 'lines.txt'), lines.join('\n'));
		for (let round = 0; round <= rounds; round++) {
			for (const [name, [times, work]] of Object.entries(ways)) {
				const begin = performance.now();
				const found = await work();
				if (name === 'ours') tokens = found;
				// The first round warms up.
				if (round > 0) speeds[name]!.push((megabytes * times * 1000) / (performance.now() - begin));
			}
			if (round > 0 && peers !== undefined) theirs.push(await jieba(peers, join(folder, 'lines.txt')));
		}
	} finally {
		await rm(folder, { recursive: true });
	}
	const speed = Object.fromEntries(Object.entries(speeds).map(([name, all]) => [name, median(all)])) as Record<keyof typeof ways, number>;
	console.log(JSON.stringify({ megabytes, tokens, ...speed }));
	const workers = [
		{ name: 'one thread (ours: two workers that count words)', value: speed.countOne!, ratio: speed.countTwo! / speed.countOne! },
		{ name: 'one thread (ours: two workers that give back tokens)', value: speed.one!, ratio: speed.two! / speed.one! },
	];
	if (peers === undefined) return { bench: 'segment', ours: speed.ours!, unit: 'MB/s', peers: workers };
	if (theirs[0]!.tokens !== tokens) throw new Error(`segment: expected the peer's ${theirs[0]!.tokens} tokens, got ${tokens}.`);
	const peer = median(theirs.map(({ mb_per_s }) => mb_per_s));
	return {
		...{ bench: 'segment', ours: speed.ours!, unit: 'MB/s' },
		peers: [
			{ name: 'jieba', value: peer, ratio: speed.ours! / peer },
			{ name: 'jieba (ours: two workers)', value: peer, ratio: speed.two! / peer },
			{ name: 'jieba (@node-rs/jieba as it is)', value: peer, ratio: speed.native! / peer },
			...workers,
		],
	};
}

async function counted(docs: Documents<{ tokens: string[] }>): Promise<number> {
	return (await vocabulary().fit(docs)).size;
}

async function total(done: Documents<{ tokens: string[] }>): Promise<number> {
	let count = 0;
	for await (const chunk of done.chunks()) for (const { tokens } of chunk) count += tokens.length;
	return count;
}

async function jieba(peers: string, path: string): Promise<{ mb_per_s: number; tokens: number }> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const { stdout } = await promisify(execFile)(python, [join(peers, 'segment_jieba.py'), path]);
	return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
