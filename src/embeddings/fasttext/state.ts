// A model as plain data and arrays of numbers, and back.
import type { State } from '../../stream/index.js';
import { argOrder, type FastTextArgs, kindOrder, lossOrder } from './args.js';
import type { FastTextDictionary } from './dictionary.js';
import type { FastTextFile } from './file.js';
import { centroidCount, denseMatrix, type FastTextMatrix, type ProductQuantizer, partsOf, quantizedMatrix } from './matrix.js';

type Fields = Readonly<Record<string, unknown>>;

/** What a model's stage keeps. */
export function stateOf({ args, dictionary, input, output }: FastTextFile, label: string): State {
	const { words, bytes, starts, counts, tokens, kept } = dictionary;
	return {
		...{ kind: 'fastText', label, args: { ...args } },
		dictionary: { words, bytes, starts, counts, tokens, ...(kept && { kept: Int32Array.from([...kept].flat()) }) },
		...{ input: matrixState(input), output: matrixState(output) },
	};
}

function matrixState(matrix: FastTextMatrix): State {
	const { rows, width } = matrix;
	if (matrix.kind === 'dense') return { rows, width, chunkRows: matrix.chunkRows, chunks: matrix.chunks };
	const { codes, quantizer, norms } = matrix;
	const quantizerState = ({ dim, dsub, centroids }: ProductQuantizer) => ({ dim, dsub, centroids });
	return {
		...{ rows, codes, quantizer: quantizerState(quantizer) },
		...(norms && { norms: { codes: norms.codes, quantizer: quantizerState(norms.quantizer) } }),
	};
}

/**
 * The model of a state, and what its labels begin with.
 *
 * @throws {TypeError} where the state is not one that a model wrote.
 */
export function fileOfState(state: State, who: string): { file: FastTextFile; label: string } {
	const { kind, label, args, dictionary, input, output } = (state ?? {}) as Fields;
	if (kind === 'fastText' && typeof label === 'string' && areArgs(args)) {
		const words = dictionaryOfState((dictionary ?? {}) as Fields);
		const [inputMatrix, outputMatrix] = [input, output].map((matrix) => matrixOfState((matrix ?? {}) as Fields, args.dim));
		if (words && inputMatrix && outputMatrix) {
			const labels = words.starts.length - 1 - words.words;
			const buckets = words.kept ? words.kept.size : args.maxn > 0 || args.wordNgrams > 1 ? args.bucket : 0;
			if (outputMatrix.rows === labels && inputMatrix.rows >= words.words + buckets) {
				return { file: { args, dictionary: words, input: inputMatrix, output: outputMatrix }, label };
			}
		}
	}
	throw new TypeError(
		`${who}: expected the state of a fitted fastText classifier, got something else. Was it saved by a newer textloom? Update.`,
	);
}

function areArgs(args: unknown): args is FastTextArgs {
	const numbers = (args ?? {}) as Fields;
	return (
		argOrder.every((name) => name === 'loss' || name === 'model' || Number.isSafeInteger(numbers[name])) &&
		typeof numbers.t === 'number' &&
		lossOrder.includes(numbers.loss as never) &&
		kindOrder.includes(numbers.model as never)
	);
}

function dictionaryOfState({ words, bytes, starts, counts, tokens, kept }: Fields): FastTextDictionary | undefined {
	const isWhole =
		isCount(words) &&
		isCount(tokens) &&
		bytes instanceof Uint8Array &&
		starts instanceof Uint32Array &&
		counts instanceof Float64Array &&
		starts.length === counts.length + 1 &&
		words <= counts.length &&
		starts.every((start, i) => start >= (starts[i - 1] ?? 0)) &&
		starts.at(-1) === bytes.length;
	if (!isWhole || (kept !== undefined && !(kept instanceof Int32Array))) return undefined;
	const rows = new Map<number, number>();
	for (let i = 0; i + 1 < (kept?.length ?? 0); i += 2) rows.set(kept![i]!, kept![i + 1]!);
	return { words, bytes, starts, counts, tokens, ...(kept && { kept: rows }) };
}

function matrixOfState({ rows, width, chunkRows, chunks, codes, quantizer, norms }: Fields, dim: number): FastTextMatrix | undefined {
	if (!isCount(rows)) return undefined;
	if (Array.isArray(chunks)) {
		const isWhole =
			width === dim &&
			isCount(chunkRows) &&
			chunkRows > 0 &&
			chunks.every((chunk, i) => chunk instanceof Float32Array && chunk.length === Math.min(chunkRows, rows - i * chunkRows) * dim) &&
			chunks.reduce((sum, chunk) => sum + chunk.length, 0) === rows * dim;
		return isWhole ? denseMatrix(rows, dim, chunks, chunkRows) : undefined;
	}
	const whole = quantizerOfState(quantizer, dim);
	if (!whole || !(codes instanceof Uint8Array) || codes.length !== rows * partsOf(whole)) return undefined;
	if (norms === undefined) return quantizedMatrix({ rows, codes, quantizer: whole });
	const { codes: normCodes, quantizer: given } = norms as Fields;
	const normQuantizer = quantizerOfState(given, 1);
	if (!normQuantizer || !(normCodes instanceof Uint8Array) || normCodes.length !== rows) return undefined;
	return quantizedMatrix({ rows, codes, quantizer: whole, norms: { codes: normCodes, quantizer: normQuantizer } });
}

function quantizerOfState(given: unknown, width: number): ProductQuantizer | undefined {
	const { dim, dsub, centroids } = (given ?? {}) as Fields;
	const isWhole =
		dim === width && isCount(dsub) && dsub > 0 && centroids instanceof Float32Array && centroids.length === width * centroidCount;
	return isWhole ? { dim: width, dsub, centroids } : undefined;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
