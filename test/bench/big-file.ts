// Memory of a pass over a file larger than memory should be: 2 GB of CSV through read → clean → tokenize → count.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clean, csv, pipe, toCsv, vocabulary, words } from 'textloom';
import { documentsFrom } from 'textloom/stream';
import type { Result } from './support/bench.js';

const fileBytes = 2e9;
/** Peak memory must stay below, in MB. */
const limit = 300;

/** Runs the pass in a process of its own, and gives its peak of resident memory. */
export async function run(): Promise<Result> {
	const folder = await mkdtemp(join(tmpdir(), 'textloom-bench-'));
	try {
		const path = join(folder, 'big.csv');
		await generate(path);
		const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), path], { encoding: 'utf8' });
		if (status !== 0) throw new Error(`big-file: expected the pass to end well, got status ${status}. ${stderr}`);
		const { documents, tokens, seconds, peak } = JSON.parse(stdout) as Awaited<ReturnType<typeof count>>;
		console.log(
			`${documents} documents, ${tokens} different tokens, ${(fileBytes / 1e6 / seconds).toFixed(1)} MB/s, peak memory ${peak.toFixed(0)} MB`,
		);
		if (peak > limit)
			throw new Error(`big-file: expected a peak below ${limit} MB, got ${peak.toFixed(0)}. Look for what holds documents.`);
		return { bench: 'big-file', ours: peak, unit: 'MB', peers: [] };
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Writes the sample of AG News again and again, each text with a number of its own, until there is enough. */
async function generate(path: string): Promise<void> {
	const sample = new URL('../../../corpora/samples/ag-news.csv', import.meta.url);
	const texts = (await readFile(sample, 'utf8')).split('\n').slice(1, -1);
	const docs = documentsFrom(async function* () {
		for (let bytes = 0, n = 0; bytes < fileBytes; ) {
			const chunk = texts.map((text) => ({ n: n++, text: `No. ${n % 100_000}: ${text}` }));
			for (const { text } of chunk) bytes += text.length + 12;
			yield chunk;
		}
	});
	await toCsv(path)(docs);
}

async function count(path: string) {
	const start = performance.now();
	const counts = { read: 0, skipped: 0, replaced: 0 };
	const { size } = await vocabulary().fit(pipe(csv(path, { columns: ['n', 'text'], header: true, counts }), clean(), words()));
	return {
		documents: counts.read,
		tokens: size,
		seconds: (performance.now() - start) / 1000,
		// Kilobytes on every system.
		peak: process.resourceUsage().maxRSS / 1000,
	};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await count(process.argv[2]!)));
