// Writes fastText's files: `.bin`, and `.ftz` where the matrices are quantized.
import { writeAtomic } from '../../base/index.js';
import { argOrder, type FastTextArgs, kindOrder, lossOrder } from './args.js';
import { entryBytes, entryText, type FastTextDictionary } from './dictionary.js';
import { type FastTextFile, fileMagic, fileVersion } from './file.js';
import { type FastTextMatrix, type ProductQuantizer, partsOf } from './matrix.js';

/** Entries of the dictionary that are written at once. */
const entriesOfBlock = 10_000;

/**
 * Writes a model as fastText does, whole or not at all: its programs load it.
 *
 * @throws {RangeError} for a word with U+0000 in it, which the format cannot hold.
 *
 * @example
 * await writeFastText('reviews.bin', model.file);
 */
export async function writeFastText(path: string, file: FastTextFile): Promise<void> {
	const { dictionary } = file;
	const zero = dictionary.bytes.indexOf(0);
	if (zero >= 0) {
		const entry = dictionary.starts.findIndex((start) => start > zero) - 1;
		throw new RangeError(
			`writeFastText: expected words without U+0000, which ends a word in this format, got ${JSON.stringify(entryText(dictionary, entry).slice(0, 60))}. Leave the character out of the text.`,
		);
	}
	await writeAtomic(path, fastTextBytes(file));
}

/** The bytes of a file, block by block. */
export function* fastTextBytes({ args, dictionary, input, output }: FastTextFile): Generator<Uint8Array> {
	yield numbers([fileMagic, fileVersion]);
	yield argBytes(args);
	yield* dictionaryBytes(dictionary);
	yield Uint8Array.of(input.kind === 'quantized' ? 1 : 0);
	yield* matrixBytes(input);
	yield Uint8Array.of(output.kind === 'quantized' ? 1 : 0);
	yield* matrixBytes(output);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
	new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
const numbers = (values: readonly number[]): Uint8Array => bytesOf(Int32Array.from(values));
const longs = (values: readonly number[]): Uint8Array => bytesOf(BigInt64Array.from(values, (value) => BigInt(value)));

function argBytes(args: FastTextArgs): Uint8Array {
	const coded = { ...args, loss: lossOrder.indexOf(args.loss) + 1, model: kindOrder.indexOf(args.model) + 1 };
	return Buffer.concat([numbers(argOrder.map((name) => coded[name])), bytesOf(Float64Array.of(args.t))]);
}

function* dictionaryBytes(dictionary: FastTextDictionary): Generator<Uint8Array> {
	const { words, starts, counts, tokens, kept } = dictionary;
	const size = starts.length - 1;
	yield numbers([size, words, size - words]);
	yield longs([tokens, kept?.size ?? -1]);
	for (let from = 0; from < size; from += entriesOfBlock) {
		const to = Math.min(size, from + entriesOfBlock);
		const block = Buffer.alloc(starts[to]! - starts[from]! + 10 * (to - from));
		for (let entry = from, at = 0; entry < to; entry++) {
			const text = entryBytes(dictionary, entry);
			block.set(text, at);
			at += text.length + 1;
			at = block.writeBigInt64LE(BigInt(counts[entry]!), at);
			block[at++] = entry < words ? 0 : 1;
		}
		yield block;
	}
	if (kept) yield numbers([...kept].flat());
}

function* matrixBytes(matrix: FastTextMatrix): Generator<Uint8Array> {
	const { rows, width } = matrix;
	if (matrix.kind === 'dense') {
		yield longs([rows, width]);
		for (const chunk of matrix.chunks) yield bytesOf(chunk);
		return;
	}
	const { codes, quantizer, norms } = matrix;
	yield Uint8Array.of(norms ? 1 : 0);
	yield longs([rows, width]);
	yield numbers([codes.length]);
	yield codes;
	yield* quantizerBytes(quantizer);
	if (!norms) return;
	yield norms.codes;
	yield* quantizerBytes(norms.quantizer);
}

function* quantizerBytes(quantizer: ProductQuantizer): Generator<Uint8Array> {
	const { dim, dsub, centroids } = quantizer;
	yield numbers([dim, partsOf(quantizer), dsub, dim % dsub || dsub]);
	yield bytesOf(centroids);
}
