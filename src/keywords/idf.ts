// Tables of inverse document frequencies, as jieba and its ports have them in files: a word, a space and a number on each line.
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { argumentOf, DataError, is } from '../base/index.js';

/** The inverse document frequencies of words. */
export interface IdfTable {
	readonly words: readonly string[];
	/** That of each of `words`. */
	readonly values: Float64Array;
	/** What a word has that is not in the table: the upper of the middle values. */
	readonly median: number;
	/** That of a word; undefined where the table does not have it. */
	idf(word: string): number | undefined;
}

/** The table of words and their values; of a word that comes twice the last value counts. A table without words is a RangeError. */
export function idfTable(entries: Iterable<readonly [word: string, idf: number]>): IdfTable {
	const byWord = new Map(entries);
	if (byWord.size === 0)
		throw new RangeError('idfTable: expected at least one word with its idf, got none. Pass the lines of an idf file.');
	const values = Float64Array.from(byWord.values());
	const median = values.slice().sort()[values.length >> 1]!;
	return { words: [...byWord.keys()], values, median, idf: (word) => byWord.get(word) };
}

/**
 * The table in the text of an idf file. Lines that are not a word, a space and a number are a DataError with the line's number.
 *
 * @example
 * parseIdf('storm 5.2\nthe 0.1').idf('storm'); // 5.2
 */
export function parseIdf(text: string, name = 'idf'): IdfTable {
	argumentOf('parseIdf', 'text', text, is.text);
	const entries: [string, number][] = [];
	let line = 0;
	for (const row of text.split(/\r?\n/)) {
		line++;
		const trimmed = row.trim();
		if (trimmed === '') continue;
		const cut = trimmed.indexOf(' ');
		const value = Number(trimmed.slice(cut + 1));
		if (cut <= 0 || trimmed.indexOf(' ', cut + 1) >= 0 || !Number.isFinite(value)) {
			throw new DataError(`expected a word, a space and a number, got ${JSON.stringify(trimmed.slice(0, 60))}. Correct the line.`, {
				file: name,
				line,
			});
		}
		entries.push([trimmed.slice(0, cut), value]);
	}
	return idfTable(entries);
}

/** The table in an idf file, plain or gzip, in UTF-8. */
export async function readIdf(path: string): Promise<IdfTable> {
	const bytes = await readFile(argumentOf('readIdf', 'path', path, is.name));
	const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
	return parseIdf((isGzip ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\ufeff/, ''), path);
}
