// Reads vectors as text: word2vec's and gensim's format, whose first line says how many rows of how many numbers follow, and GloVe's without it.
import { DataError } from '../../../base/index.js';
import type { WordVectors } from '../word-vectors.js';
import { type Builder, createBuilder, type Reading, shown } from './builder.js';
import { numberOf, parseNumbers } from './parse-numbers.js';

const [newline, space, tab, back] = [0x0a, 0x20, 0x09, 0x0d];
const isBlank = (byte: number | undefined) => byte === space || byte === tab || byte === back;

/** Wider rows are none. */
export const widest = 1_000_000;

/** A line longer than this is none. Bytes. */
const longestLine = 64e6;

/** Reads all rows of the blocks of a file. */
export async function readTextVectors(blocks: AsyncIterable<Buffer>, reading: Reading, header: boolean): Promise<WordVectors> {
	let builder: Builder | undefined;
	let said: number | undefined;
	let line = 0;
	let row = new Float32Array(0);
	const take = (bytes: Buffer, start: number, end: number): void => {
		line++;
		while (end > start && isBlank(bytes[end - 1])) end--;
		if (end === start) return;
		if (!builder) {
			const fields = bytes.toString('latin1', start, end).split(/[ \t]+/);
			const sizes = header ? headerOf(fields) : undefined;
			if (header && !sizes) throw refusal(reading, `a first line "rows numbers", such as 400000 100, got ${shown(fields.join(' '))}`);
			const width = sizes ? sizes.width : numbersAtEnd(fields);
			if (width < 1 || width > widest)
				throw refusal(reading, `rows of 1 to ${widest} numbers, got ${shown(fields.join(' '))} in the first line`);
			said = sizes?.rows;
			builder = createBuilder(reading, width, said);
			row = new Float32Array(width);
			if (sizes) return;
		}
		if (builder.full) return;
		if (said !== undefined && builder.met >= said)
			builder.fault(`expected ${said} rows as the first line says, got more. Correct that line.`, { line });
		if (said !== undefined && builder.met > said) return;
		let middle = start;
		while (middle < end && bytes[middle] !== space && bytes[middle] !== tab) middle++;
		if (parseNumbers(bytes, middle, end, row)) builder.add(bytes.subarray(start, middle), row, { line });
		else slowly(bytes.subarray(start, end), row, builder, line);
	};
	await eachLine(
		blocks,
		take,
		() => builder?.full === true,
		(line) => {
			throw refusal(reading, `lines of at most ${longestLine} bytes, got a longer one at line ${line}`);
		},
	);
	if (!builder) throw refusal(reading, 'vectors, got an empty file');
	if (said !== undefined && builder.met < said && !builder.full)
		builder.fault(`expected ${said} rows as the first line says, got ${builder.met} before the end. Is the file whole?`, { line });
	return builder.finish();
}

/** Hands on the bytes of each line, without its end, until there are enough. */
async function eachLine(
	blocks: AsyncIterable<Buffer>,
	take: (bytes: Buffer, start: number, end: number) => void,
	enough: () => boolean,
	tooLong: (line: number) => never,
): Promise<void> {
	/** Parts of a line whose end has not come yet. */
	let parts: Buffer[] = [];
	let held = 0;
	let line = 1;
	const finish = () => {
		const whole = Buffer.concat(parts);
		[parts, held] = [[], 0];
		take(whole, 0, whole.length);
	};
	for await (const block of blocks) {
		let start = 0;
		for (let end = block.indexOf(newline); end >= 0; end = block.indexOf(newline, start), line++) {
			if (held > 0) {
				parts.push(block.subarray(0, end));
				finish();
			} else take(block, start, end);
			start = end + 1;
		}
		if (enough()) return;
		if (start === block.length) continue;
		parts.push(block.subarray(start));
		held += block.length - start;
		if (held > longestLine) tooLong(line);
	}
	if (held > 0) finish();
}

const refusal = ({ who, file }: Reading, expected: string) =>
	new DataError(`${who}: expected ${expected} in ${file}. Check that it holds vectors as text.`, { file });

/** What a first line says of the rows. */
export function headerOf(fields: readonly string[]): { readonly rows: number; readonly width: number } | undefined {
	if (fields.length !== 2 || !fields.every((field) => /^\d{1,15}$/.test(field))) return undefined;
	const [rows, width] = fields.map(Number) as [number, number];
	return { rows, width };
}

/** How many fields at the end are numbers; the first is the word. */
function numbersAtEnd(fields: readonly string[]): number {
	let count = 0;
	while (count < fields.length - 1 && Number.isFinite(numberOf(fields[fields.length - 1 - count]!))) count++;
	return count;
}

/** A row that is not plainly a word and as many numbers: one whose word holds spaces, or one that cannot be read. */
function slowly(line: Buffer, row: Float32Array, builder: Builder, at: number): void {
	const width = row.length;
	// Where fields begin.
	const starts = [0];
	for (let i = 1; i < line.length; i++) if (isBlank(line[i - 1]) && !isBlank(line[i])) starts.push(i);
	const fields = starts.map((start, i) => line.toString('latin1', start, starts[i + 1] ?? line.length).trim());
	const count = fields.length - 1;
	const extra = count - width;
	const numbers = fields.slice(extra > 0 ? extra + 1 : 1);
	const bad = numbers.find((field) => !Number.isFinite(Math.fround(numberOf(field))));
	const spaced = extra > 0 && fields.slice(1, extra + 1).some((field) => Number.isNaN(numberOf(field)));
	if (bad === undefined && spaced) {
		parseNumbers(line, starts[extra + 1]!, line.length, row);
		const end = line.subarray(0, starts[extra + 1]).findLastIndex((byte) => !isBlank(byte)) + 1;
		builder.add(line.subarray(0, end), row, { line: at });
	} else if (extra !== 0 && !(extra > 0 && bad !== undefined)) {
		builder.fault(
			`expected a word and ${width} numbers, got ${count} after ${shown(fields[0]!)}. Is the line whole, and the first one right?`,
			{ line: at },
		);
	} else {
		builder.fault(
			`expected finite numbers after the word ${shown(fields[0]!)}, got ${shown(bad ?? '')}. Leave the row out with onError: 'skip'.`,
			{ line: at },
		);
	}
}
