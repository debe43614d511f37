// Every corpus: its facts, its sample, its choice of files; with TEXTLOOM_DATA set, the published data, too.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { collect } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { imdb } from 'textloom/corpora/imdb';
import { corpora, type LabelledText } from 'textloom/corpora/index';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const data = process.env.TEXTLOOM_DATA;
const sizes = (docs: LabelledText[], classes: readonly string[]) =>
	classes.map((name) => docs.filter(({ label }) => label === name).length);

let folder: string;
const put = (path: string, content: string | Uint8Array) => {
	mkdirSync(dirname(join(folder, path)), { recursive: true });
	writeFileSync(join(folder, path), content);
};
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'textloom-'));
	vi.stubEnv('TEXTLOOM_DATA', '');
});
afterEach(() => {
	rmSync(folder, { recursive: true });
	vi.unstubAllEnvs();
});

describe.each(Object.entries(corpora))('corpus %s', (name, corpus) => {
	it('has the facts', () => {
		expect(corpus.name).toBe(name);
		expect(() => new URL(corpus.published)).not.toThrow();
		expect(new Set(corpus.classes).size).toBe(corpus.classes.length);
		expect(corpus.licence).not.toBe('');
	});

	it('falls back to its sample, split into classes of one size', async () => {
		const [train, test] = [corpus.train(), corpus.test()];
		const [trainDocs, testDocs] = [await collect(train), await collect(test)];
		expect(trainDocs.length + testDocs.length).toBe(corpus.sampleRows);
		for (const docs of [trainDocs, testDocs]) {
			const part = docs.length / corpus.classes.length;
			expect(sizes(docs, corpus.classes)).toEqual(corpus.classes.map(() => part));
		}
		const trained = new Set(trainDocs.map(({ text }) => text));
		expect(testDocs.some(({ text }) => trained.has(text))).toBe(false);
		expect(await collect(test)).toEqual(testDocs);
		expect([train.sample, test.sample]).toEqual([true, true]);
		expect(train.origin).toContain(`${trainDocs.length} rows of the sample corpus`);
		expect(test.origin).toContain(`${testDocs.length} rows of the sample corpus`);
	});

	it('wants the files in a folder that was named', () => {
		expect(() => corpus.train(folder)).toThrow(new RegExp(`^${name}: expected one of .* in .*, got none\\. Download it`));
		vi.stubEnv('TEXTLOOM_DATA', folder);
		expect(corpus.train().sample).toBe(true);
	});

	it('never takes one split from a folder and the other from the sample', () => {
		put(corpus.files.train[0]!.path, gzipSync(''));
		vi.stubEnv('TEXTLOOM_DATA', folder);
		expect(corpus.train().sample).toBe(false);
		expect(() => corpus.test()).toThrow(/got none/);
	});

	it.skipIf(!data)('finds the files it describes (skipped without TEXTLOOM_DATA)', () => {
		const described = [...corpus.files.train, ...corpus.files.test].filter((file) => file.sha256 && existsSync(join(data!, file.path)));
		expect(described.length).toBeGreaterThan(0);
		for (const file of described) {
			const bytes = readFileSync(join(data!, file.path));
			expect(bytes.length).toBe(file.size);
			expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
		}
	});
});

describe('ag-news', () => {
	it('joins title and description, and prefers the full file', async () => {
		put('ag_news/train_subset_13k.csv.gz', gzipSync('"1","A B"\n'));
		expect(await collect(agNews.train(folder))).toEqual([{ text: 'A B', label: 'World' }]);
		put('ag_news/train.csv', '"Class Index","Title","Description"\n"4","A ""x""","B"\n"2","C","D"\n');
		const docs = agNews.train(folder);
		expect(await collect(docs)).toEqual([
			{ text: 'A "x" B', label: 'Sci/Tech' },
			{ text: 'C D', label: 'Sports' },
		]);
		expect(docs.origin).toBe(join(folder, 'ag_news/train.csv'));
	});

	it('names the row of a class it does not know', async () => {
		put('ag_news/test.csv', '"1","a","b"\n"5","c","d"\n');
		await expect(collect(agNews.test(folder))).rejects.toThrow(/ag_news\/test\.csv:2: ag-news: expected a class from 1 to 4, got "5"/);
	});

	it.skipIf(!data)('has the published texts (skipped without TEXTLOOM_DATA)', async () => {
		const test = agNews.test(data);
		const docs = await collect(test);
		expect(sizes(docs, agNews.classes)).toEqual([1_900, 1_900, 1_900, 1_900]);
		expect(test.origin).toMatch(/^the 7,600 rows of .*test\.csv\.gz$/);
		const train = agNews.train(data);
		const counts = sizes(await collect(train), agNews.classes);
		const subset = train.origin.includes('train_subset_13k');
		expect(counts).toEqual(subset ? [4_228, 2_517, 2_450, 4_225] : [30_000, 30_000, 30_000, 30_000]);
	});
});

describe('imdb', () => {
	it('names the classes', async () => {
		put('imdb/test.jsonl.gz', gzipSync('{"label": 1, "text": "a<br />b"}\n{"label": 0, "text": "c"}\n{"label": -1, "text": "d"}\n'));
		const read: LabelledText[] = [];
		const all = async () => {
			for await (const doc of imdb.test(folder)) read.push(doc);
		};
		await expect(all()).rejects.toThrow(/test\.jsonl\.gz:3: imdb: expected a label of 1 or 0 and a text, got label -1/);
		expect(read).toEqual([
			{ text: 'a<br />b', label: 'positive' },
			{ text: 'c', label: 'negative' },
		]);
	});

	it.skipIf(!data)('has the published texts (skipped without TEXTLOOM_DATA)', async () => {
		expect(sizes(await collect(imdb.train(data)), imdb.classes)).toEqual([12_500, 12_500]);
		expect(sizes(await collect(imdb.test(data)), imdb.classes)).toEqual([12_500, 12_500]);
	});
});
