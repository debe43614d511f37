// Vectors in safetensors: the tensor `vectors`, [words × width], the words as JSON in the header's metadata, and counts as a tensor beside.
import { DataError } from '../../../base/index.js';
import { openSafetensors, type Placed, type WrittenTensor, writeSafetensorsFile } from '../../../tensors/index.js';
import { isFiniteRow } from '../core.js';
import { storedOf, type WordVectors } from '../word-vectors.js';
import { createBuilder, type Reading } from './builder.js';

/** Bytes that are read at a time, about. */
const partBytes = 2 ** 24;

/** Reads a file part by part. */
export async function readTensorVectors(path: string, reading: Reading): Promise<WordVectors> {
	const { who, file } = reading;
	const fail = (expected: string): never => {
		throw new DataError(`${who}: expected ${expected}, got ${file} without. Write it with saveVectors.`, { file });
	};
	const read = openSafetensors(path, async ({ header: { tensors, metadata }, read }) => {
		if (metadata.format?.startsWith('textloom word2vec')) {
			throw new DataError(
				`${who}: expected vectors, got a model that can be trained on in ${file}. Take (await loadWord2Vec(path)).vectors.`,
				{
					file,
				},
			);
		}
		const named = (name: string): Placed | undefined => tensors.find((tensor) => tensor.name === name);
		const tables = tensors.filter(({ dtype, shape }) => dtype === 'float32' && shape.length === 2);
		const table = tables.find(({ name }) => name === 'vectors') ?? (tables.length === 1 ? tables[0] : undefined);
		if (!table || table.shape[1] === 0) return fail('a tensor "vectors" of float32 numbers, [words × width]');
		const words = wordsOf(metadata.words);
		const [count, width] = table.shape as [number, number];
		if (words?.length !== count) return fail(`the ${count} words of its rows as a JSON array in the metadata under "words"`);
		const builder = createBuilder(reading, width, count);
		const stride = width * 4;
		const some = Math.max(1, Math.floor(partBytes / stride));
		for (let first = 0; first < count && !builder.full; first += some) {
			reading.signal?.throwIfAborted();
			const last = Math.min(count, first + some);
			const rows = new Float32Array((await read(table.start + first * stride, table.start + last * stride)).buffer as ArrayBuffer);
			for (let i = first; i < last && !builder.full; i++) {
				const row = rows.subarray((i - first) * width, (i - first + 1) * width);
				const place = { byte: table.start + i * stride };
				if (isFiniteRow(row)) builder.add(words[i]!, row, place);
				else
					builder.fault(
						`expected finite numbers of the word ${JSON.stringify(words[i])}, got NaN or Infinity. Leave the row out with onError: 'skip'.`,
						place,
					);
			}
		}
		// Counts belong to rows: where some were left out they would no longer fit.
		const counts = named('counts');
		const fits = counts?.dtype === 'float64' && counts.shape[0] === count && builder.met === builder.kept;
		return builder.finish(fits ? new Float64Array((await read(counts.start, counts.end)).buffer as ArrayBuffer) : undefined);
	});
	return read.catch((error) => {
		if (!(error instanceof RangeError)) throw error;
		throw new DataError(`${who}: ${error.message.replace(/^\w+: /, '')}`, { file, cause: error });
	});
}

function wordsOf(text: string | undefined): string[] | undefined {
	try {
		const words: unknown = JSON.parse(text ?? '');
		return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
	} catch {
		return undefined;
	}
}

/** Writes vectors, whole or not at all. */
export async function writeTensorVectors(path: string, vectors: WordVectors): Promise<void> {
	const { words, rows, counts } = storedOf(vectors);
	const parts = rows.chunks.map(({ buffer, count }) => new Float32Array(buffer, 0, count * rows.width));
	const tensors: WrittenTensor[] = [['vectors', { dtype: 'float32', shape: [rows.count, rows.width] }, () => parts]];
	if (counts) tensors.push(['counts', { dtype: 'float64', shape: [rows.count] }, () => Float64Array.from(counts)]);
	await writeSafetensorsFile(path, { tensors, metadata: { words: JSON.stringify(words) } });
}
