// Loads word vectors from a file, whose format is found by what it holds.
import { argumentOf, type DataError, is, type Kinds, optionsOf } from '../../../base/index.js';
import { fileName, readBytes } from '../../../stream/index.js';
import type { WordVectors } from '../word-vectors.js';
import { readBinaryVectors } from './binary.js';
import { decoderOf, memoryLeft, type Reading } from './builder.js';
import { readFastTextWords } from './fasttext.js';
import { formatOf, type VectorFormat } from './format-of.js';
import { readTensorVectors } from './tensors.js';
import { readTextVectors } from './text.js';

/** How vectors are loaded. */
export interface LoadVectorsOptions {
	/** Default: as the file's content says. */
	readonly format?: VectorFormat;
	/** Words that are read at most: the first ones, in trained vectors the most frequent. Default all. */
	readonly limit?: number;
	/** The encoding of the words, as `TextDecoder` names it, of those that have ASCII as it is. Default UTF-8. */
	readonly encoding?: string;
	/** Words that are not of the encoding: a bad row (default), or U+FFFD in the place of what cannot be read. */
	readonly invalidUtf8?: 'replace' | 'throw';
	/**
	 * A bad row (too few numbers, NaN, a word that was there already): `throw` ends the reading (default), `skip` leaves the row out, a function is told
	 * and the row is left out.
	 */
	readonly onError?: 'throw' | 'skip' | ((error: DataError) => void);
	/** Bytes that the vectors may take. Default: what the system has left. */
	readonly maxMemory?: number;
	/** Ends the reading; the promise is rejected with its reason. */
	readonly signal?: AbortSignal;
}

const kinds: Kinds<LoadVectorsOptions> = {
	format: is.one('word2vec', 'word2vec-binary', 'glove', 'safetensors', 'fasttext'),
	limit: is.limit(1),
	encoding: {
		expected: 'the name of an encoding that has ASCII as it is, such as utf-8 or gb18030',
		fits: (value) => is.encoding.fits(value) && new TextDecoder(value as string).decode(Uint8Array.of(0x20, 0x41)) === ' A',
	},
	...{ invalidUtf8: is.one('replace', 'throw'), onError: is.either(is.one('throw', 'skip'), is.function) },
	...{ maxMemory: is.positive, signal: is.signal },
};

/**
 * Loads word vectors of a file, plain or gzip, as it streams by: word2vec's text and binary formats, which gensim and fastText write, too, GloVe's
 * text, safetensors as `saveVectors` writes them, and fastText's models, whose vectors have those of unseen words, too. `-` is stdin.
 *
 * @throws {DataError} with `file:line`, or the byte, for a row that cannot be read, a file that is cut off or other than its first line says, and
 * vectors that do not fit into memory (of fastText's models: beside the model, which is read whole).
 *
 * @example
 * const vectors = await loadVectors('glove.6B.100d.txt.gz', { limit: 200_000 });
 * vectors.mostSimilar('frog');
 */
export async function loadVectors(path: string, options: LoadVectorsOptions = {}): Promise<WordVectors> {
	const who = 'loadVectors';
	argumentOf(who, 'path', path, is.name);
	const given = optionsOf(who, options, kinds);
	const { format, limit = Number.POSITIVE_INFINITY, encoding = 'utf-8', invalidUtf8 = 'throw', onError = 'throw', signal } = given;
	const { maxMemory = memoryLeft() } = given;
	const report = (error: DataError) => {
		if (onError === 'throw') throw error;
		if (onError !== 'skip') onError(error);
	};
	const decode = decoderOf(encoding, invalidUtf8 === 'replace');
	const reading: Reading = { who, file: fileName(path), limit, maxMemory, signal, report, decode };
	signal?.throwIfAborted();
	const blocks = readBytes(path, who, signal);
	try {
		const first = await headOf(blocks);
		const known = format ?? formatOf(first, reading);
		// Tensors lie at places of the file.
		if (known === 'safetensors') return await readTensorVectors(path, reading);
		return await readers[known](joined(first, blocks, signal), reading);
	} finally {
		await blocks.return(undefined);
	}
}

const readers: Readonly<
	Record<Exclude<VectorFormat, 'safetensors'>, (blocks: AsyncIterable<Buffer>, reading: Reading) => Promise<WordVectors>>
> = {
	word2vec: (blocks, reading) => readTextVectors(blocks, reading, true),
	'word2vec-binary': readBinaryVectors,
	glove: (blocks, reading) => readTextVectors(blocks, reading, false),
	fasttext: readFastTextWords,
};

/** So many bytes show what a file holds, unless its rows are very long. */
const headBytes = 65536;

/** The first bytes, without a byte order mark. */
async function headOf(blocks: AsyncIterator<Buffer>): Promise<Buffer> {
	const head: Buffer[] = [];
	for (let size = 0; size < headBytes; ) {
		const next = await blocks.next();
		if (next.done) break;
		head.push(next.value);
		size += next.value.length;
	}
	const first = head.length === 1 ? head[0]! : Buffer.concat(head);
	return first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf ? first.subarray(3) : first;
}

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>, signal?: AbortSignal): AsyncGenerator<Buffer> {
	if (first.length > 0) yield first;
	for await (const block of rest) {
		signal?.throwIfAborted();
		yield block;
	}
}
