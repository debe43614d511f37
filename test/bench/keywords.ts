// F1 of the first 10 keywords of Inspec's abstracts by YAKE and summa's TextRank, and of SemEval's papers by YAKE, by stemmed exact match; against the packages with the same stop words and the same
// matching. `ours` and the first ratio are for YAKE on Inspec. summa stands twice: with the eigenvector of the eigenvalue 1, and as it is. The papers take the package minutes.
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

interface Compared {
	readonly name: string;
	readonly set: string;
	readonly method: 'yake' | 'summa-fixed' | 'summa';
}

const compared: readonly Compared[] = [
	{ name: 'yake', set: 'inspec', method: 'yake' },
	{ name: 'summa-fixed', set: 'inspec', method: 'summa-fixed' },
	{ name: 'summa', set: 'inspec', method: 'summa' },
	{ name: 'yake (SemEval)', set: 'semeval2010', method: 'yake' },
];
const top = 15;

/** The figures, and those of the packages. */
export async function run({ peers }: { peers?: string }): Promise<Result> {
	const folder = await mkdtemp(join(tmpdir(), 'textloom-'));
	const against: Result['peers'] = [];
	let ours = 0;
	try {
		const list = join(folder, 'stopwords.txt');
		await writeFile(list, [...englishStopwords].join('\n'));
		for (const { name, set, method } of compared) {
			const path = join(process.env.TEXTLOOM_DATA ?? '../shared/data', `keywords/${set}.jsonl.gz`);
			const docs = await collect(jsonl<{ text: string; keys: string[] }>(path));
			const isYake = method === 'yake';
			const lines = peers === undefined ? [] : (await peer(path, method, list)).slice(0, -1);
			const stopwords = isYake || peers === undefined ? undefined : (lines.shift() as string[]);
			const between = docs.map(({ text, keys }) => ({ tokens: text.split(/\s+/).filter(Boolean), keys }));
			const mine = isYake
				? await f1(
						`${name}, ours`,
						yakeKeywords({ top }),
						docs.map(({ text, keys }) => ({ ...yakeTokens(text), keys })),
					)
				: await f1(`${name}, ours`, textrankKeywords({ variant: 'summa', top, ...(stopwords && { stopwords }) }), between);
			if (against.length === 0) ours ||= mine;
			if (peers === undefined) continue;
			let next = 0;
			const extract = () => (lines[next++] as string[]).map((keyword) => ({ keyword, score: 0, positions: [] }));
			const value = await f1(name, { method: 'yake', options: {}, extract }, between);
			against.push({ name, value, ratio: mine / value });
		}
	} finally {
		await rm(folder, { recursive: true });
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
