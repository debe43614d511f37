// CSV of nonsense: what both accept is what csv-parse reads, and what is written again is read again.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvParser } from '../../src/stream/reading/csv-core.js';
import { must, oddText, same, target } from './target.js';

function read(blocks: readonly string[]) {
	const records: string[][] = [];
	const faults: number[] = [];
	let last = 0;
	const parser = new CsvParser({
		record: (fields, line) => {
			must(`a record in line ${line} after one in line ${last}`, line >= last);
			last = line;
			records.push(fields);
		},
		fault: (line) => faults.push(line),
	});
	for (const block of blocks) parser.push(block);
	parser.end();
	return { records, faults };
}

function oracle(text: string): string[][] | undefined {
	const dialect = { relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n', '\r'], skip_empty_lines: true };
	try {
		return parse(text, dialect);
	} catch {
		return undefined;
	}
}

const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;

/** csv-parse takes a byte order mark or a lone surrogate otherwise: it works on bytes. */
const comparable = (text: string) => !/\p{Cs}/u.test(text) && !text.includes('\ufeff') && !text.includes('\0');

export const csv = target('csv', fc.tuple(oddText, fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 })), ([text, sizes]) => {
	const whole = read([text]);
	const blocks: string[] = [];
	for (let at = 0, i = 0; at < text.length; i++) {
		const size = sizes[i % sizes.length] ?? text.length;
		blocks.push(text.slice(at, at + size));
		at += size;
	}
	same('in blocks', read(blocks), whole);
	const written = whole.records.map((fields) => fields.map(quoted).join(',')).join('\r\n');
	same('written again', read([written]), { records: whole.records, faults: [] });
	if (whole.faults.length > 0 || !comparable(text) || /[^,\r\n]"/.test(text.replaceAll(/"(?:[^"]|"")*"(?=[,\r\n]|$)/g, ''))) return;
	const expected = oracle(text);
	if (expected) same('as csv-parse', whole.records, expected);
});
