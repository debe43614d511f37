// Reading and cleaning speed: a gzip CSV file to clean texts, MB (a million bytes) of text a second, one core (zlib works in a thread of its own).
import { clean, csv, pipe } from 'textloom';
import { medianSeconds, type Result } from './support/bench.js';
import { withNews } from './support/news.js';

/** Reads AG News from a file in the page cache and cleans each text. */
export async function run(): Promise<Result> {
	const measure = async (path: string, bytes: number): Promise<Result> => {
		const seconds = await medianSeconds(async () => {
			const docs = csv(path, { fields: 3, record: ([label, title, body]) => ({ text: `${title} ${body}`, label }) });
			let length = 0;
			for await (const chunk of pipe(docs, clean()).chunks()) for (const doc of chunk) length += doc.text.length;
			if (length < 0.9 * bytes) throw new Error(`read-clean: expected at least ${0.9 * bytes} characters, got ${length}. Check the data.`);
		});
		return { bench: 'read-clean', ours: bytes / 1e6 / seconds, unit: 'MB/s', peers: [] };
	};
	return withNews(measure, { gzip: true });
}
