// Every corpus: its facts, its sample, its choice of files; with TEXTLOOM_DATA set, the published data, too.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { collect } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { imdb } from 'textloom/corpora/imdb';
import { type AnyCorpus, type ClassificationCorpus, corpora, type LabelledText, type OpenSplit } from 'textloom/corpora/index';
import { locateIn, pathIn } from 'textloom/corpora/locate';
import { ptb } from 'textloom/corpora/ptb';
import * as published from 'textloom/corpora/published';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CorpusName, type CorpusRow, type CorpusRows, corpusRows } from './rows.js';

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
	const splits = Object.keys(corpus.splits);
	const open = (split: string, folder?: string | null) => (corpus as unknown as Record<string, OpenSplit<object>>)[split]!(folder);
	const files = Object.values(corpus.files).flat();

	it('has the facts', () => {
		expect(corpus.name).toBe(name);
		expect(() => new URL(corpus.published)).not.toThrow();
		expect(new Set(corpus.classes).size).toBe(corpus.classes?.length ?? 0);
		expect(corpus.kind === 'classification').toBe(corpus.classes !== undefined);
		expect(corpus.licence).not.toBe('');
		expect(Object.keys(corpus.files)).toEqual(splits);
	});

	it('has a function for each split and for no other', () => {
		for (const split of ['train', 'validation', 'test']) expect(split in corpus).toBe(splits.includes(split));
	});

	it('pins what it downloads to a commit or a checksum', () => {
		const published = files.flatMap((file) => [file, ...(file.beside ?? []), ...(file.archive ? [file.archive] : [])]);
		for (const { url, sha256, git } of published.filter((file) => file.url)) {
			expect(sha256 ?? git).toMatch(/^([0-9a-f]{64}|[0-9a-f]{40})$/);
			if (url!.includes('github')) expect(url).toMatch(/^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/[0-9a-f]{40}\//);
		}
	});

	it('wants the files in a folder that was named, and says how to get them', () => {
		expect(() => open('train', folder)).toThrow(new RegExp(`^${name}: expected .* in .*, got none\\. (Get it by|Download it by hand)`));
		vi.stubEnv('TEXTLOOM_DATA', folder);
		if (corpus.sampleRows) expect(open('train').sample).toBe(true);
		else expect(() => open('train')).toThrow(/got none\. (Get it by|Download it by hand)/);
	});

	it.skipIf(splits.length < 2)('never takes one split from a folder and the other from elsewhere', () => {
		const [file] = corpus.files.train!;
		for (const { path } of [file!, ...(file!.beside ?? [])]) put(path, gzipSync(''));
		vi.stubEnv('TEXTLOOM_DATA', folder);
		expect(open('train').sample).toBe(false);
		expect(() => open(splits[1]!)).toThrow(/got none/);
	});

	const [key] = Object.entries<AnyCorpus>(published).find(([, other]) => other === corpus) ?? [];
	const { content, beside = [], docs, bad } = corpusRows[key as CorpusName] as CorpusRow<object>;
	/** Writes the preferred file of the training split, packed where it is published so. */
	const write = (text: string) => {
		const [file] = corpus.files.train!;
		for (const [place, { path }] of [file!, ...(file!.beside ?? [])].entries()) {
			const written = place === 0 ? text : beside[place - 1]!;
			put(path, path.endsWith('.gz') ? gzipSync(written) : written);
		}
		return file!.path;
	};

	it('reads its example, the same each time', async () => {
		const path = write(content);
		const read = corpus.train(folder);
		expect(read).toMatchObject({ origin: join(folder, path), sample: false });
		expect([await collect(read), await collect(read)]).toEqual([docs, docs]);
		expect(read.counts).toEqual({ read: docs.length, skipped: 0, replaced: 0 });
	});

	it.skipIf(bad === null)('refuses a bad record with its place, or leaves it out', async () => {
		const path = write(content + bad);
		const line = content.split('\n').length;
		await expect(collect(corpus.train(folder))).rejects.toThrow(`${join(folder, path)}:${line}: `);
		await expect(collect(corpus.train(folder))).rejects.toThrow(/: expected .+, got .+\. [A-Z].+[.?]$/);
		const read = corpus.train(folder, { onError: 'skip' });
		expect([await collect(read), read.counts]).toEqual([docs, { read: docs.length, skipped: 1, replaced: 0 }]);
	});

	it.skipIf(!data)('has the rows it describes (skipped without TEXTLOOM_DATA)', async () => {
		for (const split of splits) {
			const described = locateIn(data!, corpus.files[split]!);
			if (!described) continue;
			let rows = 0;
			for await (const chunk of open(split, data).chunks()) rows += chunk.length;
			expect([split, rows]).toEqual([split, described.file.rows]);
		}
	});

	it.skipIf(!data)('finds the files it describes (skipped without TEXTLOOM_DATA)', () => {
		for (const file of files.flatMap((file) => [file, ...(file.beside ?? [])])) {
			const path = pathIn(data!, file);
			if (path === undefined || !file.sha256 || !statSync(path).isFile()) continue;
			const stored = readFileSync(path);
			const bytes = path.endsWith(file.path) ? stored : gunzipSync(stored);
			expect(bytes.length).toBe(file.size);
			expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
		}
	});
});

describe('corpora', () => {
	it('are all in the list, each under a name of its own', () => {
		expect(Object.values(corpora)).toHaveLength(Object.keys(published).length);
		expect(new Set(Object.values(corpora))).toEqual(new Set<AnyCorpus>(Object.values(published)));
	});

	it('stand in the list with those of their kind', () => {
		const kinds = Object.values(corpora).map(({ kind }) => kind);
		expect(kinds.filter((kind, place) => kind !== kinds[place - 1])).toEqual([
			'classification',
			'pairs',
			'text',
			'tagging',
			'segmentation',
		]);
	});

	it('have a row each in the tests', () => {
		const { agNews: _, ...rows } = corpusRows;
		// @ts-expect-error: a corpus lacks its row.
		const lacking: CorpusRows = rows;
		expect(lacking).not.toHaveProperty('agNews');
	});
});

/** Those with a sample, which are texts with labels. */
const sampled = Object.values(corpora).filter(({ sampleRows }) => sampleRows !== undefined) as unknown as readonly ClassificationCorpus[];

describe.each(sampled)('sample of $name', (corpus) => {
	it('is split into classes of one size', async () => {
		const { classes } = corpus;
		const [train, test] = [corpus.train(), corpus.test()];
		const [trainDocs, testDocs] = [await collect(train), await collect(test)];
		expect(trainDocs.length + testDocs.length).toBe(corpus.sampleRows);
		for (const docs of [trainDocs, testDocs]) {
			const part = docs.length / classes.length;
			expect(sizes(docs, classes)).toEqual(classes.map(() => part));
		}
		const trained = new Set(trainDocs.map(({ text }) => text));
		expect(testDocs.some(({ text }) => trained.has(text))).toBe(false);
		expect(await collect(test)).toEqual(testDocs);
		expect([train.sample, test.sample]).toEqual([true, true]);
		expect(train.origin).toContain(`${trainDocs.length} rows of the sample corpus`);
		expect(test.origin).toContain(`${testDocs.length} rows of the sample corpus`);
	});
});

describe('search', () => {
	it('goes through the folder named, else TEXTLOOM_DATA, else the cache, else the sample', async () => {
		const row = (text: string) => gzipSync(`"1","${text}"\n`);
		const texts = async (named?: string | null) => (await collect(agNews.train(named))).slice(0, 1).map(({ text }) => text);
		const [sampled] = await texts(null);
		vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
		expect(await texts()).toEqual([sampled]);
		put('cache/textloom/ag_news/train.csv', row('cached'));
		expect(await texts()).toEqual(['cached']);
		put('data/ag_news/train.csv', row('data'));
		vi.stubEnv('TEXTLOOM_DATA', join(folder, 'data'));
		expect(await texts()).toEqual(['data']);
		put('named/ag_news/train.csv', row('named'));
		expect(await texts(join(folder, 'named'))).toEqual(['named']);
		expect(await texts(null)).toEqual([sampled]);
		expect(() => agNews.train(join(folder, 'nowhere'))).toThrow(/got none/);
		// The data folder has one split: the cache does not lend it the other.
		put('cache/textloom/ag_news/test.csv', row('cached'));
		expect(() => agNews.test()).toThrow(/got none/);
	});

	it('says that a corpus has no sample', () => {
		expect(() => ptb.train(null)).toThrow(/^ptb: expected a data folder, got a wish for the sample/);
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
		expect(test.origin).toMatch(/test\.csv(\.gz)?$/);
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
