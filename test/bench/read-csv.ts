// Reading speed: a CSV file to documents, MB (a million bytes) of file a second.
import { csv } from 'textloom';
import { medianSeconds, type Result } from './support/bench.js';
import { withNews } from './support/news.js';

/** Reads AG News (title and body joined, three fields checked) from a file in the page cache. */
export async function run(): Promise<Result> {
	return withNews(async (path, bytes) => {
		const seconds = await medianSeconds(async () => {
			const docs = csv(path, { fields: 3, record: ([label, title, body]) => ({ text: `${title} ${body}`, label }) });
			let count = 0;
			for await (const chunk of docs.chunks()) count += chunk.length;
			if (count !== 20 * 7600) throw new Error(`read-csv: expected ${20 * 7600} documents, got ${count}. Check the data.`);
		});
		return { bench: 'read-csv', ours: bytes / 1e6 / seconds, unit: 'MB/s', peers: [] };
	});
}
