// Data sets as lines of fastText, prepared as the peers' classify_baselines.py does: lower case, words and marks of punctuation apart.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { collect, csv } from 'textloom';
import { readJsonl, type Texts } from './labelled.js';

const data = process.env.TEXTLOOM_DATA ?? '../shared/data';

/** A data set's training and test part. */
export interface LabelledSet {
	readonly name: string;
	readonly train: () => Promise<Texts>;
	readonly test: () => Promise<Texts>;
	/** fastText's accuracy, in points: bigrams, 10 epochs, rate 0.5, 50 dimensions. */
	readonly figure: number;
}

async function news(file: string): Promise<Texts> {
	const rows = await collect(csv(join(data, file), { record: ([label, ...rest]) => ({ label: label!, text: rest.join(' ') }) }));
	return { labels: rows.map(({ label }) => label), texts: rows.map(({ text }) => text) };
}

async function rowsOf(file: string): Promise<string[]> {
	const bytes = await readFile(join(data, file));
	return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trimEnd().split('\n');
}

async function titles(part: string): Promise<Texts> {
	const rows = (await rowsOf(`zh_titles/thucnews_${part}.txt.gz`)).map((line) => line.split('\t'));
	return { labels: rows.map((row) => row[1]!), texts: rows.map((row) => [...row[0]!].join(' ')) };
}

async function questions(file: string): Promise<Texts> {
	const rows = await rowsOf(`text_classification/${file}`);
	return { labels: rows.map((row) => row.split(':')[0]!), texts: rows.map((row) => row.slice(row.indexOf(' ') + 1)) };
}

/** The data sets. */
export const labelledSets: readonly LabelledSet[] = [
	{ name: 'AG News', train: () => news('ag_news/train_subset_13k.csv.gz'), test: () => news('ag_news/test.csv.gz'), figure: 87.2 },
	{ name: 'TREC', train: () => questions('trec_train.txt.gz'), test: () => questions('trec_test.txt'), figure: 89.4 },
	{ name: 'THUCNews', train: () => titles('train_44k'), test: () => titles('test'), figure: 89.2 },
	{ name: 'IMDB', train: () => readJsonl('imdb/train.jsonl.gz'), test: () => readJsonl('imdb/test.jsonl.gz'), figure: 89.7 },
];

/** Labelled lines, each with its end. */
export function linesOf({ labels, texts }: Texts): string[] {
	return texts.map((text, i) => {
		const tokens =
			text
				.toLowerCase()
				.replaceAll('<br />', ' ')
				.match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu) ?? [];
		return `__label__${labels[i]!.replaceAll(' ', '_')} ${tokens.join(' ')}\n`;
	});
}

/** Writes files for the time of some work. */
export async function withFiles<T>(
	files: Readonly<Record<string, readonly string[]>>,
	work: (pathOf: (name: string) => string) => Promise<T>,
): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'textloom-bench-'));
	try {
		for (const [name, lines] of Object.entries(files)) writeFileSync(join(folder, name), lines.join(''));
		return await work((name) => join(folder, name));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
