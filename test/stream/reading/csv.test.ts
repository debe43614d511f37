import { collect, csv, DataError, tsv } from 'textloom';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { temporary } from '../../temporary.js';

const { file } = temporary();

describe('csv', () => {
	it('makes objects of column name and text', async () => {
		const path = file('header.csv', 'label,text\n1,"a, ""b""\nc"\n\n2,d\n');
		const docs = csv(path);
		expectTypeOf(docs).toExtend<AsyncIterable<Record<string, string>>>();
		expect(await collect(docs)).toEqual([
			{ label: '1', text: 'a, "b"\nc' },
			{ label: '2', text: 'd' },
		]);
	});

	it('takes column names for a file without, or in place of, a header', async () => {
		const path = file('columns.csv', 'a\tb\nc\td\n');
		const docs = await collect(csv(path, { columns: ['x', 'y'], delimiter: '\t' }));
		expectTypeOf(docs).toEqualTypeOf<Record<'x' | 'y', string>[]>();
		expect(docs).toEqual([
			{ x: 'a', y: 'b' },
			{ x: 'c', y: 'd' },
		]);
		expect(await collect(csv(path, { columns: ['x', 'y'], delimiter: '\t', header: true }))).toEqual([{ x: 'c', y: 'd' }]);
	});

	it('takes quotes as text where it is told to, as tsv does', async () => {
		const path = file('quotes.tsv', 'text\tlabel\n"He" said\tx\na "b\t"\n');
		const expected = [
			{ text: '"He" said', label: 'x' },
			{ text: 'a "b', label: '"' },
		];
		const docs = tsv<{ text: string; label: string }>(path);
		expectTypeOf(docs).toExtend<AsyncIterable<{ text: string; label: string }>>();
		expect(await collect(docs)).toEqual(expected);
		expect(await collect(csv(path, { delimiter: '\t', quotes: false }))).toEqual(expected);
		await expect(collect(csv(path, { delimiter: '\t' }))).rejects.toThrow(DataError);
	});

	it.each([
		['zip', 'PK\x03\x04rest'],
		['bzip2', 'BZh91AYrest'],
		['zstd', '(\xb5/\xfdrest'],
		['xz', '\xfd7zXZrest'],
	])('refuses a %s file', async (kind, bytes) => {
		const path = file(`packed.${kind}`, Buffer.from(bytes, 'latin1'));
		await expect(collect(csv(path))).rejects.toThrow(`csv: expected text or gzip, got a ${kind} file at ${path}. Unpack it first.`);
	});

	it('keeps columns whose names break maps', async () => {
		const names = ['constructor', '__proto__', 'toString', '0', ''];
		const [doc] = await collect(csv(file('names.csv', `${names.join(',')}\n1,2,3,4,5\n`)));
		expect(names.map((name) => Object.getOwnPropertyDescriptor(doc, name)?.value)).toEqual(['1', '2', '3', '4', '5']);
		expect(Object.keys(doc!).length).toBe(5);
	});

	it('refuses two columns of one name', async () => {
		await expect(collect(csv(file('twice.csv', 'a,b,a\n1,2,3\n'), { onError: 'skip' }))).rejects.toThrow(
			/twice\.csv:1: expected different column names, got "a" twice/,
		);
		expect(() => csv('x.csv', { columns: ['a', 'a'] })).toThrow(/csv: expected different columns, got "a" twice/);
	});

	it('makes documents with a function, which may leave records out or refuse them', async () => {
		const path = file('news.csv', '"1","t","d"\n"2","u"\n"3","v"\n"9","w"\n');
		const record = ([label, ...texts]: string[], line: number) => {
			if (label === '9') throw new Error(`expected a class of 1 to 4, got ${label}.`);
			return label === '3' ? undefined : { text: texts.join(' '), label: Number(label), line };
		};
		const docs = await collect(csv(path, { record, fields: [2, 3], onError: 'skip' }));
		expectTypeOf(docs).toEqualTypeOf<{ text: string; label: number; line: number }[]>();
		expect(docs).toEqual([
			{ text: 't d', label: 1, line: 1 },
			{ text: 'u', label: 2, line: 2 },
		]);
		await expect(collect(csv(path, { record }))).rejects.toThrow(/news\.csv:4: expected a class of 1 to 4, got 9\.$/);
		await expect(collect(csv(path, { record, fields: 3 }))).rejects.toThrow(/news\.csv:2: expected 3 fields, got 2\. /);
		expect(await collect(csv(path, { record: ([text]) => ({ text }), header: true }))).toHaveLength(3);
	});

	it('reports a quote that is not closed where it was opened', async () => {
		await expect(collect(csv(file('open.csv', 'a,b\n1,2\n3,"4\n5,6\n')))).rejects.toThrow(/open\.csv:3: expected a closing quote/);
	});

	it('refuses options that do not go together', () => {
		const record = () => undefined;
		expect(() => csv('x', { record, columns: ['a'] } as never)).toThrow(/csv: expected columns or record, got both/);
		expect(() => csv('x', { fields: 3 } as never)).toThrow(/csv: expected fields together with record/);
		expect(() => csv('x', { header: false })).toThrow(/csv: expected columns or record for a file without a header/);
	});
});
