// Sparse matrices as files that SciPy reads and writes: `scipy.sparse.load_npz` and `save_npz` of csr_matrix.
import { readFile } from 'node:fs/promises';
import { writeAtomic } from '../base/index.js';
import { checkSparse, checkStarts, type SparseMatrix } from './matrix.js';
import { decodeNpy, encodeNpy, type NpyArray } from './npy.js';
import { unzip, zip } from './zip.js';

/** Larger arrays do not fit into memory either. */
const largest = 2 ** 32 - 2;

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);

/** The bytes of an .npz file. Equal matrices have equal ones. */
export function writeNpz({ rows, columns, starts, indices, values }: SparseMatrix): Uint8Array {
	const one = (descr: string, array: ArrayBufferView, length: number) => encodeNpy({ descr, shape: [length], bytes: bytesOf(array) });
	return zip('writeNpz', {
		'indices.npy': one('<i4', indices, indices.length),
		'indptr.npy': one('<i4', Int32Array.from(starts), starts.length),
		'format.npy': encodeNpy({ descr: '|S3', shape: [], bytes: Buffer.from('csr') }),
		'shape.npy': one('<i8', BigInt64Array.of(BigInt(rows), BigInt(columns)), 2),
		'data.npy': one(values instanceof Float64Array ? '<f8' : '<f4', values, values.length),
	});
}

/** The matrix of an .npz file: CSR of float32, float64 or whole numbers, with rows in any order. Throws a RangeError for another file. */
export function readNpz(file: Uint8Array): SparseMatrix {
	const files = unzip('readNpz', file, largest);
	const array = (name: string): NpyArray => {
		const bytes = files.get(`${name}.npy`);
		if (!bytes)
			throw new RangeError(
				`readNpz: expected ${name}.npy in the file, got ${[...files.keys()].join(', ') || 'nothing'}. Save it by scipy.sparse.save_npz.`,
			);
		return decodeNpy('readNpz', bytes);
	};
	const format = Buffer.from(array('format').bytes).toString('latin1').replaceAll('\0', '');
	if (format !== 'csr') throw new RangeError(`readNpz: expected a matrix in csr format, got ${format}. Save matrix.tocsr().`);
	const [rows, columns] = numbersOf(array('shape'), 'shape') as unknown as [number, number];
	const data = array('data');
	const values = data.descr === '<f4' ? new Float32Array(bytesCopied(data)) : Float64Array.from(numbersOf(data, 'data'));
	const matrix = {
		...{ rows, columns, values, indices: Int32Array.from(numbersOf(array('indices'), 'indices')) },
		starts: Uint32Array.from(numbersOf(array('indptr'), 'indptr')),
	};
	checkStarts('readNpz', matrix);
	const sorted = sortedRows(matrix);
	checkSparse('readNpz', sorted);
	return sorted;
}

/** Writes a matrix into a file, whole or not at all. */
export async function saveNpz(path: string, matrix: SparseMatrix): Promise<void> {
	await writeAtomic(path, writeNpz(matrix));
}

/** Reads a matrix from a file. */
export async function loadNpz(path: string): Promise<SparseMatrix> {
	return readNpz(await readFile(path));
}

const bytesCopied = ({ bytes }: NpyArray): ArrayBuffer => new Uint8Array(bytes).buffer;

const kinds: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayLike<number> | ArrayLike<bigint>>> = {
	...{ '<f4': Float32Array, '<f8': Float64Array, '<i4': Int32Array, '<i8': BigInt64Array, '<u4': Uint32Array, '<i2': Int16Array },
	...{ '|i1': Int8Array, '|u1': Uint8Array, '|b1': Uint8Array },
};

/** Numbers of any type as plain ones. */
function numbersOf(array: NpyArray, name: string): Float64Array {
	const kind = kinds[array.descr];
	if (!kind)
		throw new RangeError(
			`readNpz: expected numbers in ${name}, of one of ${Object.keys(kinds).join(', ')}, got ${array.descr}. Save matrix.astype('float32').`,
		);
	return Float64Array.from(new kind(bytesCopied(array)) as ArrayLike<number>, Number);
}

/** The same matrix with rising columns in each row: SciPy leaves them in any order. */
function sortedRows(matrix: SparseMatrix): SparseMatrix {
	const { rows, starts, indices, values } = matrix;
	for (let row = 0; row < rows; row++) {
		const [from, to] = [starts[row]!, starts[row + 1]!];
		let rises = true;
		for (let at = from + 1; at < to && rises; at++) rises = indices[at]! > indices[at - 1]!;
		if (rises) continue;
		const order = Array.from({ length: to - from }, (_, i) => from + i).sort((a, b) => indices[a]! - indices[b]!);
		const [columns, numbers] = [order.map((at) => indices[at]!), order.map((at) => values[at]!)];
		indices.set(columns, from);
		values.set(numbers, from);
	}
	return matrix;
}
