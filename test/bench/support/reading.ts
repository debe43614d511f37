// The speed of a source: AG News in its format, from a file in the page cache to documents.
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { csv, type Documents, type Sink } from 'textloom';
import { medianSeconds, type Result } from './bench.js';
import { withNews } from './news.js';

/** A document of AG News, title and body joined. */
export interface News {
	text: string;
	label: string;
}

const rows = 20 * 7600;

/** Writes AG News as a file, then measures how fast `open` reads it: MB (a million bytes) a second, of the text if it is packed. */
export async function reading(
	bench: string,
	{
		write,
		pack = async (path) => path,
		open,
	}: {
		write: (path: string) => Sink<News>;
		/** Packs the file and returns the path of the other. */
		pack?: (path: string) => Promise<string>;
		open: (path: string) => Documents<unknown>;
	},
): Promise<Result> {
	return withNews(async (news) => {
		const path = join(dirname(news), 'written');
		await write(path)(csv(news, { fields: 3, record: ([label, title, body]) => ({ text: `${title} ${body}`, label: label! }) }));
		const { size } = await stat(path);
		const packed = await pack(path);
		const seconds = await medianSeconds(async () => {
			let count = 0;
			for await (const chunk of open(packed).chunks()) count += chunk.length;
			if (count !== rows) throw new Error(`${bench}: expected ${rows} documents, got ${count}. Check the data.`);
		});
		return { bench, ours: size / 1e6 / seconds, unit: 'MB/s', peers: [] };
	});
}
