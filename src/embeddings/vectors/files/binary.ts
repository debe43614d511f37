// Reads vectors as word2vec's binary format has them: a first line "rows numbers", then for each word its bytes, a space, and the row as float32,
// little-endian. The original program ends each row with a line break, gensim does not.
import { DataError } from '../../../base/index.js';
import type { WordVectors } from '../word-vectors.js';
import { createBuilder, type Reading, shown } from './builder.js';
import { headerOf, widest } from './text.js';

const [newline, space] = [0x0a, 0x20];

/** Words longer than this are none. Bytes. */
const longestWord = 65_536;

/** Reads all rows of the blocks of a file. */
export async function readBinaryVectors(blocks: AsyncIterable<Buffer>, reading: Reading): Promise<WordVectors> {
	const source = blocks[Symbol.asyncIterator]();
	let pending: Buffer = Buffer.alloc(0);
	/** Bytes that were read before those pending. */
	let passed = 0;
	const more = async (): Promise<boolean> => {
		const next = await source.next();
		if (next.done) return false;
		pending = pending.length === 0 ? next.value : Buffer.concat([pending, next.value]);
		return true;
	};
	while (pending.indexOf(newline) < 0 && pending.length < 1024 && (await more()));
	const end = pending.indexOf(newline);
	const line = pending.toString('latin1', 0, end < 0 ? Math.min(60, pending.length) : end).trim();
	const sizes = headerOf(line.split(/[ \t]+/));
	if (!sizes || sizes.width < 1 || sizes.width > widest) {
		throw new DataError(
			`${reading.who}: expected a first line "rows numbers", such as 400000 100, got ${shown(line)} in ${reading.file}. Check that it is word2vec's binary format.`,
			{ file: reading.file },
		);
	}
	const { rows: said, width } = sizes;
	const builder = createBuilder(reading, width, said);
	const row = new Float32Array(width);
	const bytes = new Uint8Array(row.buffer);
	let at = end + 1;
	while (builder.met < said && !builder.full) {
		while (pending[at] === newline) at++;
		const middle = pending.indexOf(space, at);
		const place = { byte: passed + at };
		if (middle < 0 ? pending.length - at > longestWord : middle - at > longestWord)
			builder.fail(
				`expected a word that a space ends, got more than ${longestWord} bytes without one. Is it word2vec's binary format, and ${width} numbers in a row?`,
				place,
			);
		if (middle < 0 || middle + 1 + bytes.length > pending.length) {
			passed += at;
			pending = pending.subarray(at);
			at = 0;
			if (await more()) continue;
			builder.fail(`expected ${said} rows as the first line says, got the end of the file after ${builder.met}. Fetch it again.`, place);
		}
		bytes.set(pending.subarray(middle + 1, middle + 1 + bytes.length));
		const word = pending.subarray(at, middle);
		at = middle + 1 + bytes.length;
		if (row.every(Number.isFinite)) builder.add(word, row, place);
		else
			builder.fault(
				`expected finite numbers after the word ${shown(word.toString())}, got NaN or Infinity. Leave the row out with onError: 'skip'.`,
				place,
			);
	}
	if (!builder.full) {
		do while (pending[at] === newline) at++;
		while (at === pending.length && (await more()));
		if (at < pending.length)
			// Rows of another width end anywhere: what was read of them is nothing.
			builder.fail(`expected the end after ${said} rows, as the first line says, got more. Correct its numbers.`, { byte: passed + at });
	}
	return builder.finish();
}
