// The AG News test file, repeated: what the reading benchmarks read.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Calls `work` with a temporary file of `copies` of the 1.9 MB of text, which is removed afterwards; `bytes` are those of the text. */
export async function withNews<R>(
	work: (path: string, bytes: number) => Promise<R>,
	{ gzip = false, copies = 20 }: { gzip?: boolean; copies?: number } = {},
): Promise<R> {
	const data = process.env.TEXTLOOM_DATA ?? '../shared/data';
	const once = gunzipSync(await readFile(join(data, 'ag_news/test.csv.gz')));
	const folder = await mkdtemp(join(tmpdir(), 'textloom-bench-'));
	try {
		const path = join(folder, gzip ? 'news.csv.gz' : 'news.csv');
		const all = Buffer.concat(Array.from({ length: copies }, () => once));
		await writeFile(path, gzip ? gzipSync(all) : all);
		return await work(path, all.length);
	} finally {
		await rm(folder, { recursive: true });
	}
}
