// MinHash signatures of 128 numbers, documents a second in one thread: IMDB's 25,000 training reviews as tokens in memory; against datasketch in turn, with
// its own hash and with the fastest one it can be given. `ours` and the first ratio are for shingles of 3 words.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chain, clean, collect, jsonl, minhash, pipe, words } from 'textloom';
import { median, type Result } from './support/bench.js';

type Docs = readonly { tokens: string[] }[];

const [widths, hashes] = [
	[3, 1],
	['sha1', 'crc32'],
] as const;

/** Documents a second, the median of some rounds; a line for each width of shingles. */
export async function run({ peers, rounds = 3 }: { peers?: string; rounds?: number }): Promise<Result> {
	const path = join(process.env.TEXTLOOM_DATA ?? '../shared/data', 'imdb/train.jsonl.gz');
	const stages = chain(clean(), words({ punctuation: false }));
	const docs = (await collect(pipe(jsonl<{ text: string }>(path), stages))).map(({ tokens }) => ({ tokens }));
	const folder = await mkdtemp(join(tmpdir(), 'textloom-'));
	try {
		const file = join(folder, 'tokens.txt');
		await writeFile(file, docs.map(({ tokens }) => `${tokens.join(' ')}\n`).join(''));
		const speeds: number[] = [];
		const against: Result['peers'] = [];
		for (const width of widths) {
			const ours: number[] = [];
			const theirs = hashes.map((): number[] => []);
			rate(docs, width);
			for (let round = 0; round < rounds; round++) {
				ours.push(rate(docs, width));
				if (peers !== undefined) for (const [i, hash] of hashes.entries()) theirs[i]!.push(await datasketch(file, width, hash));
			}
			const speed = median(ours);
			speeds.push(speed);
			console.log(JSON.stringify({ shingle: width, docs_per_s: speed }));
			if (peers === undefined) continue;
			for (const [i, hash] of hashes.entries()) {
				const value = median(theirs[i]!);
				against.push({ name: `datasketch, shingle ${width}, ${hash}`, value, ratio: speed / value });
			}
		}
		return { bench: 'minhash', ours: speeds[0]!, unit: 'documents/s', peers: against };
	} finally {
		await rm(folder, { recursive: true });
	}
}

function rate(docs: Docs, shingle: number): number {
	const stage = minhash({ shingle });
	const start = performance.now();
	let count = 0;
	for (let at = 0; at < docs.length; at += 256) count += stage.apply(docs.slice(at, at + 256)).length;
	return count / ((performance.now() - start) / 1000);
}

async function datasketch(file: string, width: number, hash: string): Promise<number> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	// Beside the sources: the build has no Python.
	const script = new URL('../../../test/bench/peers/minhash_datasketch.py', import.meta.url).pathname;
	const { stdout } = await promisify(execFile)(python, [script, file, String(width), hash]);
	const { docs_per_s: speed } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { docs_per_s: number };
	return speed;
}
