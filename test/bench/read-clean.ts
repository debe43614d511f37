// Reading and tokenizing speed: a CSV file through source, clean and word tokenizer, MB (a million bytes) of file a second, one core.
import { clean, csv, pipe, words } from 'textloom';
import { medianSeconds, type Result } from './support/bench.js';
import { withNews } from './support/news.js';

/** Reads AG News from a file in the page cache, cleans each text and cuts it into words. */
export async function run(): Promise<Result> {
	return withNews(async (path, bytes) => {
		const seconds = await medianSeconds(async () => {
			const docs = csv(path, { fields: 3, record: ([label, title, body]) => ({ text: `${title} ${body}`, label }) });
			let tokens = 0;
			for await (const chunk of pipe(docs, clean(), words()).chunks()) for (const doc of chunk) tokens += doc.tokens.length;
			if (tokens < 20 * 7600 * 10)
				throw new Error(`read-clean: expected at least ten words a document, got ${tokens} in all. Check the data.`);
		});
		return { bench: 'read-clean', ours: bytes / 1e6 / seconds, unit: 'MB/s', peers: [] };
	});
}
