// Reads fastText's files: `.bin`, and `.ftz`, whose matrices are quantized.
import { argumentOf, DataError, is } from '../../base/index.js';
import { readBytes } from '../../stream/reading/read-bytes.js';
import { argOrder, type FastTextArgs, kindOrder, lossOrder } from './args.js';
import { ByteReader } from './byte-reader.js';
import { type FastTextDictionary, packedTexts } from './dictionary.js';
import { type FastTextFile, fileMagic, fileVersion } from './file.js';
import { centroidCount, chunkRowsOf, denseMatrix, type FastTextMatrix, type ProductQuantizer, partsOf, quantizedMatrix } from './matrix.js';

const who = 'readFastText';
/** Longer words are no words: what is read there is something else. */
const longestWord = 2 ** 20;
/** The largest width of a row that is believed. */
const widest = 2 ** 16;

/**
 * Reads a model that fastText or textloom wrote, gzipped or not, block by block.
 *
 * @throws {DataError} that names the byte where the file is cut off or holds what no model does.
 *
 * @example
 * const file = await readFastText('cc.en.300.bin');
 * file.args.dim; // 300
 */
export async function readFastText(path: string): Promise<FastTextFile> {
	argumentOf(who, 'path', path, is.name);
	return readFastTextBytes(readBytes(path, who), path);
}

/** The same from bytes. `name` is what errors call them, and `caller` what reads. */
export async function readFastTextBytes(bytes: AsyncIterable<Uint8Array>, name = 'the bytes', caller: string = who): Promise<FastTextFile> {
	const reader = new ByteReader(bytes, { file: name, who: caller });
	try {
		return await fileFrom(reader);
	} finally {
		await reader.close();
	}
}

async function fileFrom(reader: ByteReader): Promise<FastTextFile> {
	const magic = await reader.int32('the mark of a fastText file');
	if (magic !== fileMagic) throw reader.error(`the mark of a fastText file, ${fileMagic}`, String(magic), 0);
	const version = await reader.int32('the version');
	if (version !== fileVersion && version !== fileVersion - 1) throw reader.error('version 11 or 12', String(version), 4);
	const given = await readArgs(reader);
	// Before version 12 supervised models had no n-grams of characters, whatever their arguments say.
	const args = version < fileVersion && given.model === 'supervised' ? { ...given, maxn: 0 } : given;
	const dictionary = await readDictionary(reader);
	const isQuantized = await reader.flag('whether the input is quantized');
	if (!isQuantized && dictionary.kept) throw reader.error('a quantized input of a pruned model', 'one that is not quantized');
	const input = await readMatrix(reader, 'input', isQuantized, args.dim);
	const qout = await reader.flag('whether the output is quantized');
	const output = await readMatrix(reader, 'output', isQuantized && qout, args.dim);
	checkRows(reader, { args, dictionary, input, output });
	if (!(await reader.atEnd())) throw reader.error('the end of the file', 'more bytes');
	return { args, dictionary, input, output };
}

async function readArgs(reader: ByteReader): Promise<FastTextArgs> {
	const start = reader.offset;
	const view = await reader.bytes(4 * argOrder.length + 8, 'the arguments');
	const numbers = Object.fromEntries(argOrder.map((name, i) => [name, view.getInt32(4 * i, true)])) as Record<
		(typeof argOrder)[number],
		number
	>;
	const refuse = (name: (typeof argOrder)[number], expected: string) =>
		reader.error(`${name} to be ${expected}`, String(numbers[name]), start + 4 * argOrder.indexOf(name));
	const [loss, model] = [lossOrder[numbers.loss - 1], kindOrder[numbers.model - 1]];
	if (!loss) throw refuse('loss', `from 1 to ${lossOrder.length}`);
	if (!model) throw refuse('model', `from 1 to ${kindOrder.length}`);
	if (numbers.dim < 1 || numbers.dim > widest) throw refuse('dim', `from 1 to ${widest}`);
	if (numbers.bucket < 0) throw refuse('bucket', 'from 0');
	if (numbers.maxn > longestWord) throw refuse('maxn', `at most ${longestWord}`);
	return { ...numbers, loss, model, t: view.getFloat64(4 * argOrder.length, true) };
}

async function readDictionary(reader: ByteReader): Promise<FastTextDictionary> {
	const start = reader.offset;
	const [size, words, labels] = [
		await reader.int32('the number of entries'),
		await reader.int32('of words'),
		await reader.int32('of labels'),
	];
	if (size < 0 || words < 0 || labels < 0 || words + labels !== size) {
		throw reader.error('words and labels that are all entries', `${size} entries, ${words} words, ${labels} labels`, start);
	}
	const tokens = await reader.int64('the number of tokens');
	const keptAt = reader.offset;
	const kept = await reader.int64('the number of buckets kept');
	if (kept < -1 || kept > 2 ** 31) throw reader.error('the number of buckets kept, or −1', String(kept), keptAt);
	const [texts, counts]: [Uint8Array[], number[]] = [[], []];
	for (let entry = 0; entry < size; entry++) {
		texts.push((await reader.untilZero(longestWord, `the text of entry ${entry}`)).slice());
		counts.push(await reader.int64(`the count of entry ${entry}`));
		const at = reader.offset;
		const type = (await reader.bytes(1, `the type of entry ${entry}`)).getUint8(0);
		if (type !== (entry < words ? 0 : 1))
			throw reader.error(`entry ${entry} to be a ${entry < words ? 'word, 0' : 'label, 1'}`, String(type), at);
	}
	const dictionary = { words, tokens, ...packedTexts(texts), counts: Float64Array.from(counts) };
	if (kept < 0) return dictionary;
	const rows = new Map<number, number>();
	for (let i = 0; i < kept; i++) rows.set(await reader.int32('a bucket that was kept'), await reader.int32('its row'));
	return { ...dictionary, kept: rows };
}

async function readMatrix(reader: ByteReader, name: string, isQuantized: boolean, dim: number): Promise<FastTextMatrix> {
	const hasNorms = isQuantized && (await reader.flag(`whether the ${name} matrix has norms`));
	const start = reader.offset;
	const [rows, width] = [await reader.int64(`rows of the ${name} matrix`), await reader.int64(`columns of the ${name} matrix`)];
	if (rows < 0 || rows > 2 ** 32 || width !== dim) {
		throw reader.error(`an ${name} matrix of ${dim} columns`, `${rows} rows, ${width} columns`, start);
	}
	if (isQuantized) return readCodes(reader, name, { rows, width, hasNorms });
	const [chunks, chunkRows]: [Float32Array[], number] = [[], chunkRowsOf(width)];
	for (let done = 0; done < rows; done += chunkRows) {
		const chunk = new Float32Array(Math.min(chunkRows, rows - done) * width);
		await reader.fill(new Uint8Array(chunk.buffer), `rows of the ${name} matrix`);
		chunks.push(chunk);
	}
	return denseMatrix(rows, width, chunks, chunkRows);
}

async function readCodes(
	reader: ByteReader,
	name: string,
	{ rows, width, hasNorms }: { rows: number; width: number; hasNorms: boolean },
): Promise<FastTextMatrix> {
	const at = reader.offset;
	const size = await reader.int32(`the number of codes of the ${name} matrix`);
	if (rows > 0 ? size < rows || size > rows * width || size % rows !== 0 : size !== 0) {
		throw reader.error(`codes for ${rows} rows of the ${name} matrix`, String(size), at);
	}
	const codes = new Uint8Array(size);
	await reader.fill(codes, `codes of the ${name} matrix`);
	const quantizer = await readQuantizer(reader, width);
	if (partsOf(quantizer) * rows !== size) throw reader.error(`${partsOf(quantizer)} codes a row`, `${size} codes of ${rows} rows`, at);
	if (!hasNorms) return quantizedMatrix({ rows, codes, quantizer });
	const normCodes = new Uint8Array(rows);
	await reader.fill(normCodes, `norms of the ${name} matrix`);
	return quantizedMatrix({ rows, codes, quantizer, norms: { codes: normCodes, quantizer: await readQuantizer(reader, 1) } });
}

async function readQuantizer(reader: ByteReader, width: number): Promise<ProductQuantizer> {
	const start = reader.offset;
	const view = await reader.bytes(16, 'a quantizer');
	const [dim, count, dsub, last] = [0, 4, 8, 12].map((at) => view.getInt32(at, true)) as [number, number, number, number];
	if (dim !== width || dsub < 1 || count !== Math.ceil(dim / dsub) || last !== (dim % dsub || dsub)) {
		throw reader.error(`a quantizer of ${width} columns`, `dim ${dim}, ${count} parts of ${dsub}, the last of ${last}`, start);
	}
	const centroids = new Float32Array(dim * centroidCount);
	await reader.fill(new Uint8Array(centroids.buffer), 'centroids');
	return { dim, dsub, centroids };
}

/** Whether all rows are there that entries and n-grams point to. */
function checkRows(reader: ByteReader, { args, dictionary, input, output }: FastTextFile): void {
	const { words, starts, kept } = dictionary;
	const rows = kept ? words + kept.size : words + (args.maxn > 0 || args.wordNgrams > 1 ? args.bucket : 0);
	if (input.rows < rows) throw reader.error(`an input matrix of at least ${rows} rows`, String(input.rows));
	for (const row of kept?.values() ?? []) {
		if (row < 0 || words + row >= input.rows) throw reader.error(`rows of buckets below ${input.rows - words}`, String(row));
	}
	const targets = args.model === 'supervised' ? starts.length - 1 - words : words;
	if (output.rows !== targets) throw reader.error(`an output matrix of ${targets} rows`, String(output.rows));
}

/** An error where a file is not of a kind. */
export function checkKind(who: string, { args }: FastTextFile, isSupervised: boolean): void {
	if ((args.model === 'supervised') === isSupervised) return;
	const [wanted, next] = isSupervised
		? ['supervised', 'fastTextVectors reads vectors of others']
		: ['cbow or skipgram', 'fastTextClassifier reads classifiers'];
	throw new DataError(`${who}: expected a model of the kind ${wanted}, got ${args.model}. ${next}.`);
}
