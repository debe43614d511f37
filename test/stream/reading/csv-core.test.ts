import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvParser } from '../../../dist/src/stream/reading/csv-core.js';

type Fault = { line: number; reason: string };

function read(blocks: string[], options: { delimiter?: string; maxRecord?: number } = {}) {
	const records: string[][] = [];
	const lines: number[] = [];
	const faults: Fault[] = [];
	const parser = new CsvParser(
		{
			record: (fields, line) => {
				records.push(fields);
				lines.push(line);
			},
			fault: (line, reason) => faults.push({ line, reason }),
		},
		options,
	);
	for (const block of blocks) parser.push(block);
	parser.end();
	return { records, lines, faults };
}

/** Cuts text into blocks of the given sizes, in turn. */
function cut(text: string, sizes: number[]): string[] {
	const blocks: string[] = [];
	for (let at = 0, i = 0; at < text.length; i++) {
		const size = sizes[i % sizes.length]!;
		blocks.push(text.slice(at, at + size));
		at += size;
	}
	return blocks;
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

describe('CsvParser', () => {
	it('reads what csv-parse reads, wherever the blocks end', () => {
		const piece = fc.constantFrom('a', 'é', '𝒳', '"', ',', '\n', '\r\n', '\r', ' ', ';', '__proto__');
		const field = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
		const written = fc.tuple(field, fc.boolean()).map(([value, quote]) => ({
			value,
			text: quote || /["\r\n,]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
		}));
		const rows = fc.array(fc.tuple(fc.array(written, { minLength: 1, maxLength: 4 }), lineEnd), { maxLength: 6 });
		fc.assert(
			fc.property(rows, sizes, fc.boolean(), (rows, sizes, ends) => {
				let text = rows.map(([fields, end]) => fields.map((field) => field.text).join(',') + end).join('');
				if (!ends) text = text.replace(/(\r\n|\r|\n)$/, '');
				const oracle: string[][] = parse(text, {
					relax_column_count: true,
					record_delimiter: ['\r\n', '\n', '\r'],
					skip_empty_lines: true,
				});
				const { records, faults } = read(cut(text, sizes));
				expect(faults).toEqual([]);
				expect(records).toEqual(oracle);
				expect(records).toEqual(
					rows.filter(([fields]) => fields.length > 1 || fields[0]!.text !== '').map(([fields]) => fields.map((field) => field.value)),
				);
			}),
			{ numRuns: 1000 },
		);
	});

	it('gives the same records, lines and faults for any text, wherever the blocks end', () => {
		const text = fc
			.array(fc.constantFrom('a', 'bc', '"', '""', ',', '\n', '\r\n', '\r', ',"', '",'), { maxLength: 40 })
			.map((all) => all.join(''));
		fc.assert(
			fc.property(text, sizes, (text, sizes) => {
				expect(read(cut(text, sizes))).toEqual(read([text]));
			}),
			{ numRuns: 2000 },
		);
	});

	it('gives the same faults for records that are too large, wherever the blocks end', () => {
		const text = fc.array(fc.constantFrom('a,b\n', 'a,b\r\n', 'aaaaaaaaaaaa\n', '"\na""a\r\n",x\r', '"aa,\n\naaaaaaaa""\r"\n'), {
			maxLength: 8,
		});
		fc.assert(
			fc.property(text, sizes, (lines, sizes) => {
				const whole = lines.join('');
				expect(read(cut(whole, sizes), { maxRecord: 8 })).toEqual(read([whole], { maxRecord: 8 }));
			}),
			{ numRuns: 1000 },
		);
	});

	it('counts physical lines, those inside quotes too', () => {
		const { lines } = read(['a,b\r\n"x\ny\rz\r\n",c\n\nd,e\rf,g\r', '\nh,i']);
		expect(lines).toEqual([1, 2, 7, 8, 9]);
	});

	it.each([
		[
			'an unclosed quote: the line that opens it',
			'a,b\nc,"d\ne',
			[['a', 'b']],
			[{ line: 2, reason: /closing quote, got the end of the file/ }],
		],
		['text after a closing quote', 'a\n"b"c,d\n"e"\n', [['a'], ['e']], [{ line: 2, reason: /after a closing quote, got "c"/ }]],
		['a quote inside a field is text', 'a"b",c\n', [['a"b"', 'c']], []],
		['an empty quoted field', '""\n', [['']], []],
		[
			'a delimiter at the end',
			'a,\n,',
			[
				['a', ''],
				['', ''],
			],
			[],
		],
	] as const)('%s', (_, text, records, faults) => {
		const got = read([text]);
		expect(got.records).toEqual(records);
		expect(got.faults.map((fault) => fault.line)).toEqual(faults.map((fault) => fault.line));
		faults.forEach((fault, i) => {
			expect(got.faults[i]!.reason).toMatch(fault.reason);
		});
	});

	it('refuses a record that is too large in bounded memory and goes on after it', () => {
		const block = 'x'.repeat(1000);
		const { records, lines, faults } = read(['a\n"', ...Array.from({ length: 50 }, () => `${block}""\n`), '",z\nb\n'], { maxRecord: 5000 });
		expect(records).toEqual([['a'], ['b']]);
		expect(lines).toEqual([1, 53]);
		expect(faults).toEqual([{ line: 2, reason: expect.stringMatching(/at most 5000 characters/) }]);
	});

	it('reads a record of many blocks in linear time', () => {
		const block = 'x'.repeat(1 << 18);
		const { records } = read(['"', ...Array.from({ length: 160 }, () => block), '",b\n']);
		expect(records[0]!.map((field) => field.length)).toEqual([160 << 18, 1]);
	});
});
