// Sources by the names of files, sources as data: the rows of this table do not compile without one for each source.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { clean, collect, csv, type Documents, folder as folderSource, json, jsonl, lines, pipe, read, tsv, words } from 'textloom';
import { type FileDocument, type JsonObject, type SourceFormat, type SourceSpec, sourceOf } from 'textloom/stream';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { temporary } from '../../temporary.js';

const { folder, file } = temporary();

/** What every source says of what it reads, unless told otherwise. */
const shared = { onError: 'throw', invalidUtf8: 'replace', maxRecord: 64e6, places: false };

interface Row {
	readonly open: (paths: string, options?: object) => Documents<object>;
	/** Files of this format: how names end, and what is in them. */
	readonly endings: readonly string[];
	readonly text: string;
	readonly docs: readonly object[];
	/** All options of its spec. */
	readonly defaults: object;
	/** Options that are data, and what the spec has of them. */
	readonly options: object;
}

const docs = [
	{ text: 'a b', label: 'x' },
	{ text: 'c', label: 'y' },
];
const rows: Readonly<Record<SourceFormat, Row>> = {
	csv: {
		open: csv,
		endings: ['.csv', '.CSV'],
		text: 'text,label\na b,x\n"c",y\n',
		docs,
		defaults: { ...shared, delimiter: ',', quotes: true, header: true },
		options: { columns: ['a', 'b'], header: true, places: true, onError: 'skip' },
	},
	tsv: {
		open: tsv,
		endings: ['.tsv'],
		text: 'text\tlabel\na b\tx\nc\ty\n',
		docs,
		defaults: { ...shared, delimiter: '\t', quotes: false, header: true },
		options: { columns: ['a', 'b'], header: false },
	},
	jsonl: {
		open: jsonl,
		endings: ['.jsonl', '.ndjson'],
		text: docs.map((doc) => `${JSON.stringify(doc)}\n`).join(''),
		docs,
		defaults: shared,
		options: { maxRecord: 1000, invalidUtf8: 'throw' },
	},
	json: {
		open: json,
		endings: ['.json'],
		text: JSON.stringify(docs),
		docs,
		defaults: { ...shared, path: [] },
		options: { path: ['a', 'b'] },
	},
	lines: {
		open: lines,
		endings: ['.txt', '.text', '.md', '.log'],
		text: 'a b\nc\n',
		docs: docs.map(({ text }) => ({ text })),
		defaults: shared,
		options: { places: true },
	},
	folder: {
		open: folderSource,
		endings: [],
		text: '',
		docs: docs.map(({ text, label }) => ({ text, label, file: join(folder, 'texts', label, 'one.txt') })),
		defaults: { onError: 'throw', invalidUtf8: 'replace', maxRecord: 64e6, extension: '' },
		options: { labels: ['x'], extension: '.txt' },
	},
};

for (const { text, label } of docs) {
	mkdirSync(join(folder, 'texts', label), { recursive: true });
	file(join('texts', label, 'one.txt'), text);
}
const plain = (spec: SourceSpec | undefined) => JSON.parse(JSON.stringify(spec));
const onePath = (format: string) => (format === 'folder' ? join(folder, 'texts') : join(folder, `whole.${format}`));

describe.each(Object.entries(rows))('%s', (format, { open, endings, text, docs, defaults, options }) => {
	if (format !== 'folder') file(`whole.${format}`, text);
	const path = onePath(format);

	it('is what read chooses by the end of the name, packed or not, or by format', async () => {
		for (const ending of endings) {
			expect(await collect(read(file(`chosen${ending}`, text)))).toEqual(docs);
			expect(await collect(read(file(`chosen${ending}.gz`, gzipSync(text))))).toEqual(docs);
		}
		expect(await collect(read(path, { format: format as SourceFormat }))).toEqual(docs);
		expect(read('-', { format: format as SourceFormat }).spec).toMatchObject({ source: format, paths: ['-'] });
	});

	it('says what is read as plain JSON, defaults written out', () => {
		expect(open(path).spec).toEqual({ source: format, paths: [path], options: defaults });
		expect(plain(open(path).spec)).toEqual(open(path).spec);
		expect(open(path, options).spec).toEqual({ source: format, paths: [path], options: { ...defaults, ...options } });
		expect(open(path, { maxRecord: Number.POSITIVE_INFINITY }).spec?.options).toMatchObject({ maxRecord: Number.MAX_SAFE_INTEGER });
	});

	it('comes back of its spec, also as it would be written by hand', async () => {
		expect(await collect(sourceOf(plain(open(path).spec)))).toEqual(docs);
		expect(await collect(sourceOf({ source: format, paths: [path], options: {} }))).toEqual(docs);
		for (const given of [{}, options]) expect(sourceOf(plain(open(path, given).spec)).spec).toEqual(open(path, given).spec);
	});

	it('has no spec with a function, and the same with a signal and counts', async () => {
		const counts = { read: 0, skipped: 0, replaced: 0 };
		const { signal } = new AbortController();
		expect(open(path, { signal, counts }).spec).toEqual(open(path).spec);
		expect(open(path, { onError: () => {} }).spec).toBeUndefined();
		await collect(sourceOf(open(path).spec!, { signal, counts }));
		expect(counts.read).toBe(docs.length);
		expect(pipe(open(path), (some) => clean()(some as Documents<{ text: string }>)).spec).toBeUndefined();
	});
});

describe('read', () => {
	it('reads a folder, several files, patterns', async () => {
		expect(await collect(read(join(folder, 'texts')))).toEqual(rows.folder.docs);
		expect(read('no/such/folder/').spec?.source).toBe('folder');
		expect(read(['a.jsonl', 'b.ndjson.gz', 'c/*.jsonl']).spec).toMatchObject({
			source: 'jsonl',
			paths: ['a.jsonl', 'b.ndjson.gz', 'c/*.jsonl'],
		});
	});

	it('finds the delimiter of a CSV file in its first line', async () => {
		const cases = [
			['text;label\na,b;x\n', [{ text: 'a,b', label: 'x' }]],
			['text\tlabel\r\na,b\tx\r\n', [{ text: 'a,b', label: 'x' }]],
			['\n\n"a;b;c\n;;",label\n1,2\n', [{ 'a;b;c\n;;': '1', label: '2' }]],
			['text\na;b\n', [{ text: 'a;b' }]],
			['text;label', []],
			['', []],
		] as const;
		for (const [text, docs] of cases) expect(await collect(read(file('found.csv', text)))).toEqual(docs);
		expect(await collect(read(file('found.csv', 'a;b,c\n1;2,3\n'), { delimiter: ';' }))).toEqual([{ a: '1', 'b,c': '2,3' }]);
		expect(await collect(csv(file('long.csv', `${'a'.repeat(3e6)};b\n1;2\n`), { delimiter: 'auto' }))).toHaveLength(1);
	});

	it('says what it cannot know', () => {
		expect(() => read('news.docx')).toThrow(
			"read: expected a path that ends in .csv, .json, .jsonl, .ndjson, .txt, .text, .md, .log, .tsv (.gz may come after it), got news.docx. Name its format: { format: 'csv' | 'folder' | 'json' | 'jsonl' | 'lines' | 'tsv' }.",
		);
		expect(() => read('-')).toThrow('got -. Name its format');
		expect(() => read(['a.csv', 'b.jsonl'])).toThrow(
			'read: expected files of one format, got csv (a.csv) and jsonl (b.jsonl). Read them apart',
		);
		expect(() => read([])).toThrow('read: expected a path, got none.');
		expect(() => read('a', { format: 'xml' as 'csv' })).toThrow("read: expected format to be one of 'csv', ");
		expect(() => read('a', { format: '__proto__' as 'csv' })).toThrow('read: expected format to be one of');
		expect(() => read('a.csv', { delimeter: ';' } as object)).toThrow(
			'csv: expected an option that it has, got delimeter. Did you mean delimiter?',
		);
	});

	it('has the types of the format', () => {
		expectTypeOf(read('a.csv')).toEqualTypeOf<Documents<Record<string, string>>>();
		expectTypeOf(read('a.tsv.gz', { columns: ['text'] })).toEqualTypeOf<Documents<Record<string, string>>>();
		expectTypeOf(read('a.jsonl')).toEqualTypeOf<Documents<JsonObject>>();
		expectTypeOf(read('a.md')).toEqualTypeOf<Documents<{ text: string }>>();
		expectTypeOf(read('-', { format: 'lines' })).toEqualTypeOf<Documents<{ text: string }>>();
		expectTypeOf(read('a', { format: 'folder', labels: ['x'] })).toEqualTypeOf<Documents<FileDocument>>();
		expectTypeOf(read<{ text: string }>('a.jsonl', { onError: 'skip' })).toEqualTypeOf<Documents<{ text: string }>>();
		expectTypeOf(read(['a.txt', 'b.txt'])).toEqualTypeOf<Documents<{ text: string }>>();
		expectTypeOf(read('a.csv' as string)).toEqualTypeOf<Documents<JsonObject>>();
		expectTypeOf(pipe(read('a.txt'), clean(), words())).toExtend<Documents<{ text: string; tokens: string[] }>>();
		expect(() => read('a.txt', { columns: ['text'] })).toThrow('lines: expected an option that it has, got columns.');
	});
});

describe('sourceOf', () => {
	it('says what it cannot make', () => {
		for (const spec of [null, {}, 'csv', { sink: 'csv' }]) {
			expect(() => sourceOf(spec as never)).toThrow(
				"sourceOf: expected source to be the spec of a source, { source: 'csv', paths, options }",
			);
		}
		for (const source of ['xml', '__proto__', 'constructor']) {
			expect(() => sourceOf({ source, paths: ['a'], options: {} })).toThrow(
				`sourceOf: expected a source of textloom, got "${source}". Was it saved by a newer`,
			);
		}
		expect(() => sourceOf({ source: 'csv', paths: ['a'], options: { dialect: 1 } })).toThrow(RangeError);
		expect(() => sourceOf({ source: 'csv', paths: [1] as never, options: {} })).toThrow(
			'sourceOf: expected a source that this version can make. csv: expected paths',
		);
	});
});
