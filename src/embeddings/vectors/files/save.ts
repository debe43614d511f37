// Saves word vectors as files that this and other programs load, as they stream by.
import { argumentOf, is, type Kinds, optionsOf, writeAtomic } from '../../../base/index.js';
import { gzipped } from '../../../stream/index.js';
import { storedOf, vectorsKind, type WordVectors } from '../word-vectors.js';
import { shown } from './builder.js';
import { longestNumber, writeNumber } from './format-number.js';
import type { VectorFormat } from './format-of.js';
import { writeTensorVectors } from './tensors.js';

/** Formats of vectors alone. */
type SavedFormat = Exclude<VectorFormat, 'fasttext'>;

/** How vectors are saved. */
export interface SaveVectorsOptions {
	/** Default: as the file's name ends, before any `.gz`: `.txt` and `.vec` are word2vec's text, `.bin` its binary format, `.safetensors` that. */
	readonly format?: SavedFormat;
	/** Whether to pack the file. Default: if its name ends with `.gz`. Not for safetensors. */
	readonly gzip?: boolean;
}

const kinds: Kinds<SaveVectorsOptions> = { format: is.one('word2vec', 'word2vec-binary', 'glove', 'safetensors'), gzip: is.flag };

const endings: Readonly<Record<string, SavedFormat>> = {
	...{ '.txt': 'word2vec', '.vec': 'word2vec', '.bin': 'word2vec-binary', '.safetensors': 'safetensors' },
};

/**
 * Saves word vectors, whole or not at all. Text has as many digits as it takes to read the same numbers back. Counts are kept by safetensors only; what
 * makes vectors of words without a row is kept by none of these formats.
 *
 * @throws {RangeError} for words with white space in them, which text and the binary format cannot hold.
 *
 * @example
 * await saveVectors(vectors, 'vectors.txt.gz');
 */
export async function saveVectors(vectors: WordVectors, path: string, options: SaveVectorsOptions = {}): Promise<void> {
	const who = 'saveVectors';
	argumentOf(who, 'the vectors', vectors, vectorsKind);
	argumentOf(who, 'path', path, is.name);
	const { format = formatOfName(path), gzip = path.endsWith('.gz') } = optionsOf(who, options, kinds);
	if (!format) {
		const known = Object.keys(endings).join(', ');
		throw new RangeError(
			`${who}: expected a name that ends with ${known} or one of these and .gz, got ${path}. Rename it, or name the format.`,
		);
	}
	if (format === 'safetensors') {
		if (gzip)
			throw new RangeError(`${who}: expected safetensors unpacked, since readers jump to places in it, got gzip. Leave gzip and .gz out.`);
		return writeTensorVectors(path, vectors);
	}
	const bad = vectors.words.find((word) => /[ \t\r\n]/.test(word));
	if (bad !== undefined)
		throw new RangeError(
			`${who}: expected words without white space, which ends a word in this format, got ${shown(bad)}. Save as safetensors.`,
		);
	const parts = writers[format](vectors);
	await writeAtomic(path, gzip ? gzipped(parts) : parts);
}

const writers: Readonly<Record<Exclude<SavedFormat, 'safetensors'>, (vectors: WordVectors) => Iterable<Buffer>>> = {
	word2vec: (vectors) => textParts(vectors, true),
	'word2vec-binary': binaryParts,
	glove: (vectors) => textParts(vectors, false),
};

function formatOfName(path: string): SavedFormat | undefined {
	const name = path.replace(/\.gz$/, '').toLowerCase();
	const ending = Object.keys(endings).find((ending) => name.endsWith(ending));
	return ending === undefined ? undefined : endings[ending];
}

/** Bytes that are written together. */
const blockSize = 2 ** 18;

const headerOf = ({ size, width }: WordVectors) => Buffer.from(`${size} ${width}\n`);

function* textParts(vectors: WordVectors, header: boolean): Generator<Buffer> {
	const { words, width } = vectors;
	const { rows } = storedOf(vectors);
	if (header) yield headerOf(vectors);
	let block = Buffer.allocUnsafe(blockSize);
	let at = 0;
	for (let index = 0; index < words.length; index++) {
		const word = Buffer.from(words[index]!);
		const most = word.length + width * (longestNumber + 1) + 1;
		if (at + most > block.length) {
			if (at > 0) yield block.subarray(0, at);
			block = Buffer.allocUnsafe(Math.max(blockSize, most));
			at = 0;
		}
		at += word.copy(block, at);
		for (const value of rows.view(index)) {
			block[at++] = 0x20;
			at = writeNumber(value, block, at);
		}
		block[at++] = 0x0a;
	}
	yield block.subarray(0, at);
}

/** As gensim writes it: no line break after a row. */
function* binaryParts(vectors: WordVectors): Generator<Buffer> {
	const { words } = vectors;
	const { rows } = storedOf(vectors);
	let parts: Uint8Array[] = [headerOf(vectors)];
	let size = 0;
	for (let index = 0; index < words.length; index++) {
		const { buffer, byteOffset, byteLength } = rows.view(index);
		const word = Buffer.from(`${words[index]} `);
		parts.push(word, new Uint8Array(buffer, byteOffset, byteLength));
		size += word.length + byteLength;
		if (size < blockSize) continue;
		yield Buffer.concat(parts);
		[parts, size] = [[], 0];
	}
	yield Buffer.concat(parts);
}
