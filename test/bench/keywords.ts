// F1 of the first 10 keywords of Inspec's abstracts by YAKE and summa's TextRank, by stemmed exact match; against the packages with the same stop words and the same matching.
// `ours` and the first ratio are for YAKE. summa stands twice: with the eigenvector of the eigenvalue 1, and as it is.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { collect, englishStopwords, jsonl } from 'textloom';
import { type Extractor, evaluateKeywords, textrankKeywords, yakeKeywords, yakeTokens } from 'textloom/keywords';
import type { Result } from './support/bench.js';

type Docs = readonly { tokens: string[]; keys: string[] }[];

/** F1 of the first 10; all figures are printed. */
async function f1(name: string, extractor: Extractor, docs: Docs): Promise<number> {
	const rows = await evaluateKeywords(extractor, docs);
	console.log(JSON.stringify({ name, rows }));
	return rows[1]!.f1;
}

/** The figures, and those of the packages. */
export async function run({ peers }: { peers?: string }): Promise<Result> {
	const path = join(process.env.TEXTLOOM_DATA ?? '../shared/data', 'keywords/inspec.jsonl.gz');
	const docs = await collect(jsonl<{ text: string; keys: string[] }>(path));
	const top = 15;
	const words = docs.map(({ text, keys }) => ({ ...yakeTokens(text), keys }));
	const between = docs.map(({ text, keys }) => ({ tokens: text.split(/\s+/).filter(Boolean), keys }));
	const ours = await f1('yake, ours', yakeKeywords({ top }), words);
	const against: Result['peers'] = [];
	if (peers !== undefined) {
		const folder = await mkdtemp(join(tmpdir(), 'textloom-'));
		try {
			const list = join(folder, 'stopwords.txt');
			await writeFile(list, [...englishStopwords].join('\n'));
			for (const method of ['yake', 'summa-fixed', 'summa']) {
				const lines = (await peer(path, method, list)).slice(0, -1);
				const stopwords = method === 'yake' ? undefined : (lines.shift() as string[]);
				const mine = stopwords ? await f1('summa, ours', textrankKeywords({ variant: 'summa', top, stopwords }), between) : ours;
				let next = 0;
				const extract = () => (lines[next++] as string[]).map((keyword) => ({ keyword, score: 0, positions: [] }));
				const value = await f1(method, { method: 'yake', options: {}, extract }, between);
				against.push({ name: method, value, ratio: mine / value });
			}
		} finally {
			await rm(folder, { recursive: true });
		}
	}
	return { bench: 'keywords', ours, unit: 'F1 at 10', peers: against };
}

async function peer(path: string, method: string, list: string): Promise<unknown[]> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	// Beside the sources: the build has no Python.
	const script = new URL('../../../test/bench/peers/keywords.py', import.meta.url).pathname;
	const { stdout } = await promisify(execFile)(python, ['-W', 'ignore', script, path, method, list], { maxBuffer: 2 ** 28 });
	return stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as unknown);
}
