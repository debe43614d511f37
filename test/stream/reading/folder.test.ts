import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { collect, DataError, folder } from 'textloom';
import type { Counts } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { temporary } from '../../temporary.js';

const temp = temporary();

/** A folder with these files. */
function tree(name: string, files: Record<string, string | Uint8Array>): string {
	const root = join(temp.folder, name);
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(join(root, path, '..'), { recursive: true });
		writeFileSync(join(root, path), content);
	}
	return root;
}

const reviews = tree('train', {
	'urls_pos.txt': 'no label',
	'pos/0_9.txt': '\ufeffGood.\nVery.',
	'pos/10_8.txt.gz': gzipSync('Fine.'),
	'pos/2_7.txt': '',
	'pos/.hidden': 'x',
	'pos/notes.md': '# Notes',
	'neg/1_1.txt': 'Bad é.',
	'constructor/a.txt': 'A',
	'sports/tennis/b.txt': 'B',
});
const short = (docs: { text: string; label: string; file: string }[]) =>
	docs.map(({ text, label, file }) => [file.slice(reviews.length + 1), label, text]);

describe('folder', () => {
	it('reads each file, labelled by its folder, in order, twice the same', async () => {
		const docs = folder(reviews);
		expect(docs.replayable).toBe(true);
		expect(short(await collect(docs))).toEqual([
			['constructor/a.txt', 'constructor', 'A'],
			['neg/1_1.txt', 'neg', 'Bad é.'],
			['pos/0_9.txt', 'pos', 'Good.\nVery.'],
			['pos/10_8.txt.gz', 'pos', 'Fine.'],
			['pos/2_7.txt', 'pos', ''],
			['pos/notes.md', 'pos', '# Notes'],
			['sports/tennis/b.txt', 'sports/tennis', 'B'],
		]);
		expect(await collect(docs)).toEqual(await collect(docs));
	});

	it('reads the labels and names that are asked for', async () => {
		const docs = await collect(folder(reviews, { labels: ['pos', 'neg'], extension: '.txt' }));
		expect(short(docs).map(([file]) => file)).toEqual(['neg/1_1.txt', 'pos/0_9.txt', 'pos/2_7.txt']);
	});

	it('reads several folders, one after the other', async () => {
		const other = tree('test', { 'pos/1.txt': 'C' });
		const docs = await collect(folder([other, reviews], { labels: ['pos'], extension: '.txt' }));
		expect(docs.map(({ file, label }) => [label, file])).toEqual([
			['pos', join(other, 'pos/1.txt')],
			['pos', join(reviews, 'pos/0_9.txt')],
			['pos', join(reviews, 'pos/2_7.txt')],
		]);
	});

	it('refuses to read no folder', () => {
		expect(() => folder(reviews, { labels: [] })).toThrow(
			'folder: expected labels to be an array of one text or more, or false, got []. Name folders, or leave it out to read all.',
		);
	});

	it('says what is missing', async () => {
		const none = join(temp.folder, 'none');
		await expect(collect(folder(none))).rejects.toThrow(`folder: expected text files in folders of ${none}, got none. Check the path.`);
		await expect(collect(folder(reviews, { labels: ['pos', '*'] }))).rejects.toThrow(`expected text files in ${reviews}/*, got none.`);
		await expect(collect(folder(reviews, { extension: '.csv' }))).rejects.toThrow(DataError);
	});

	it('gives bad files to onError, and counts', async () => {
		const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`a/${100 + i}.txt`, `text ${i}`]));
		const root = tree('bad', {
			...many,
			'a/120.txt': Buffer.from([0x61, 0xe9]),
			'a/130.txt': 'x'.repeat(60),
			'a/133.txt': gzipSync('y').subarray(0, 15),
		});
		symlinkSync(join(root, 'nowhere'), join(root, 'a/134-link.txt'));
		const options = { maxRecord: 50, invalidUtf8: 'throw' } as const;
		const counts: Counts = { read: 9, skipped: 9, replaced: 9 };
		const errors: DataError[] = [];
		const docs = await collect(folder(root, { ...options, counts, onError: (error) => errors.push(error) }));
		expect(docs.length).toBe(37);
		expect(counts).toEqual({ read: 37, skipped: errors.length, replaced: 0 });
		expect(errors.map(({ file }) => file?.slice(root.length + 3)).slice(0, 3)).toEqual(['120.txt', '130.txt', '133.txt']);
		expect(errors.map(({ message }) => message.replaceAll(`${root}/a/`, '')).slice(0, 3)).toEqual([
			expect.stringMatching(/^120\.txt:1: expected UTF-8/),
			'130.txt: expected a text of at most 50 characters, got a larger one. Leave it out, or raise maxRecord.',
			expect.stringMatching(/^133\.txt: expected a whole gzip file/),
		]);
		const before: unknown[] = [];
		const failing = async () => {
			for await (const doc of folder(root, options)) before.push(doc);
		};
		await expect(failing()).rejects.toThrow('120.txt:1: expected UTF-8');
		expect(before.length).toBe(20);
		await expect(collect(folder(root))).rejects.toThrow('133.txt: expected a whole gzip file');
	});

	it('reports a file that vanishes after the folder was listed', async () => {
		const root = tree('vanishing', Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`a/${100 + i}.txt`, 'text'])));
		const gone = join(root, 'a/119.txt');
		const errors: string[] = [];
		const docs: unknown[] = [];
		for await (const doc of folder(root, { onError: ({ message }) => errors.push(message) })) {
			docs.push(doc);
			rmSync(gone, { force: true });
		}
		expect(docs.length).toBe(19);
		expect(errors).toEqual([`folder: expected a readable file, got nothing at ${gone}. Check the path.`]);
	});

	it('stops when it is told to', async () => {
		const control = new AbortController();
		const reading = async () => {
			for await (const _ of folder(reviews, { signal: control.signal })) control.abort(new Error('enough'));
		};
		await reading();
		await expect(reading()).rejects.toThrow('enough');
	});
});

it('reads files that are in no folder where no labels are wanted', async () => {
	const flat = tree('flat', { 'a.txt': 'one', 'b.txt': 'two\nlines' });
	await expect(collect(folder(flat))).rejects.toThrow(
		/Its texts are in no folder of it, which would be their label: move them into some \(there are 2\)/,
	);
	const docs = await collect(folder(flat, { labels: false }));
	expect(docs.map(({ text, label }) => ({ text, label }))).toEqual([
		{ text: 'one', label: '' },
		{ text: 'two\nlines', label: '' },
	]);
});
