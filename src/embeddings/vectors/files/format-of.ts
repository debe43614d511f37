// The format of a file with vectors, by its first bytes.
import { DataError } from '../../../base/index.js';
import { fileMagic } from '../../fasttext/file.js';
import { type Reading, shown } from './builder.js';
import { numberOf } from './parse-numbers.js';
import { headerOf } from './text.js';

/** Formats of files with vectors: word2vec's as text, which is gensim's, and binary; GloVe's, text without a first line of sizes; safetensors; fastText's models. */
export type VectorFormat = 'word2vec' | 'word2vec-binary' | 'glove' | 'safetensors' | 'fasttext';

/** The format that the first bytes show. */
export function formatOf(head: Buffer, { who, file }: Reading): VectorFormat {
	const fail = (got: string, next: string): never => {
		throw new DataError(`${who}: expected vectors as word2vec, GloVe, fastText or safetensors write them, got ${got} in ${file}. ${next}`, {
			file,
		});
	};
	if (head.length === 0) return fail('nothing', 'Check the path.');
	if (head.length >= 8 && head.readInt32LE(0) === fileMagic) return 'fasttext';
	if (head[8] === 0x7b && head.readBigUInt64LE(0) <= 100_000_000n) return 'safetensors';
	const end = head.indexOf(0x0a);
	const line = head.toString('latin1', 0, end < 0 ? head.length : end).trim();
	const fields = line.split(/[ \t]+/);
	const sizes = headerOf(fields);
	if (sizes) {
		const space = head.indexOf(0x20, end + 1);
		return end < 0 || space < 0 || isText(head.subarray(space + 1), sizes.width) ? 'word2vec' : 'word2vec-binary';
	}
	if (fields.length > 1 && Number.isFinite(Number(fields.at(-1)))) return 'glove';
	return fail(`a file that begins ${shown(line)}`, 'Name its format where it is one of these, or convert it.');
}

/** Whether what follows the first word is numbers as text, and not their bytes. */
function isText(after: Buffer, width: number): boolean {
	const end = after.indexOf(0x0a);
	const fields = after
		.toString('latin1', 0, end < 0 ? after.length : end)
		.trim()
		.split(/[ \t]+/);
	if (Number.isNaN(numberOf(fields[0]!))) return /^[+-]?(nan|inf)/i.test(fields[0]!);
	// The first bytes of a float32 may look like a digit and a line break; those of a row do not look like text.
	return (
		fields.length === width || after.subarray(0, width * 4).every((byte) => byte >= 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)
	);
}
