// Sparse matrices: made, cut, stacked, multiplied and searched as SciPy does it, and as its files.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
	checkSparse,
	cosine,
	dot,
	fromDense,
	loadNpz,
	pickRows,
	readNpz,
	rowIndex,
	rowOf,
	type SparseMatrix,
	saveNpz,
	sliceRows,
	sparseMatrix,
	stackColumns,
	stackRows,
	timesDense,
	timesVector,
	toDense,
	transposed,
	transposedTimesDense,
	writeNpz,
} from 'textloom/sparse';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';

const { folder } = temporary();
const golden = JSON.parse(readFileSync(new URL('../golden/sparse/matrices.json', import.meta.url), 'utf8')) as {
	made_by: string;
	dense: number[][];
	files: { name: string; file: string; dense: number[][] }[];
	coo: string;
	vector: number[];
	times_vector: number[];
	right: number[][];
	times_right: number[][];
	left: number[][];
	transposed_times_left: number[][];
	cosines: number[][];
};
const matrix = fromDense(golden.dense.flat(), 9);
const close = (ours: ArrayLike<number>, theirs: readonly number[]) => {
	expect(ours.length).toBe(theirs.length);
	for (const [place, value] of theirs.entries()) expect(Math.abs(ours[place]! - value)).toBeLessThan(1e-6);
};
const numbers = (rows: number, columns: number) =>
	fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: -5, max: 5 })), {
		minLength: rows * columns,
		maxLength: rows * columns,
	});

describe(`as ${golden.made_by}`, () => {
	it('products', () => {
		close(timesVector(matrix, golden.vector), golden.times_vector);
		close(timesDense(matrix, golden.right.flat(), 2), golden.times_right.flat());
		close(transposedTimesDense(matrix, golden.left.flat(), 3), golden.transposed_times_left.flat());
	});

	it('cosines', () => {
		const index = rowIndex(matrix);
		for (const [row, cosines] of golden.cosines.entries()) {
			close(index.similarities(rowOf(matrix, row)), cosines);
			for (const [other, wanted] of cosines.entries()) expect(cosine(rowOf(matrix, row), rowOf(matrix, other))).toBeCloseTo(wanted, 6);
			const order = [...cosines.keys()].sort((a, b) => cosines[b]! - cosines[a]! || a - b).slice(0, 3);
			expect(index.nearest(rowOf(matrix, row), 3).map(({ row }) => row)).toEqual(order);
		}
		expect(index.nearest(rowOf(matrix, 0), 0)).toEqual([]);
		expect(index.nearest(rowOf(matrix, 0), 99)).toHaveLength(6);
	});

	it.each(golden.files)('reads the file of $name', ({ file, dense }) => {
		const read = readNpz(Buffer.from(file, 'base64'));
		checkSparse('test', read);
		close(toDense(read), dense.flat());
	});
});

it('its files are read by SciPy, where there is one', async ({ skip }) => {
	const path = join(folder, 'matrix.npz');
	await saveNpz(path, matrix);
	expect(toDense(await loadNpz(path))).toEqual(toDense(matrix));
	const python = process.env.PEERS_PYTHON;
	if (!python) return skip('PEERS_PYTHON names no Python');
	const script = `import scipy.sparse as s, json; print(json.dumps(s.load_npz(${JSON.stringify(path)}).toarray().tolist()))`;
	close(JSON.parse(execFileSync(python, ['-c', script], { encoding: 'utf8' })).flat(), golden.dense.flat());
});

it('what is cut, stacked, turned and packed is what it is of dense numbers', () => {
	fc.assert(
		fc.property(numbers(5, 4), fc.nat(5), fc.nat(5), fc.array(fc.nat(4), { maxLength: 6 }), (dense, a, b, places) => {
			const whole = fromDense(dense, 4, { dtype: 'float64' });
			const rowsOf = (matrix: SparseMatrix) => {
				checkSparse('test', matrix);
				const all = [...toDense(matrix)].map((value) => value + 0);
				return Array.from({ length: matrix.rows }, (_, row) => all.slice(row * matrix.columns, (row + 1) * matrix.columns));
			};
			const rows = rowsOf(whole);
			expect(rows.flat()).toEqual(dense.map((value) => value + 0));
			const [from, to] = [Math.min(a, b), Math.max(a, b)];
			expect(rowsOf(sliceRows(whole, from, to))).toEqual(rows.slice(from, to));
			expect(rowsOf(stackRows(sliceRows(whole, 0, from), sliceRows(whole, from)))).toEqual(rows);
			expect(rowsOf(pickRows(whole, places))).toEqual(places.map((place) => rows[place]));
			expect(rowsOf(stackColumns(whole, whole))).toEqual(rows.map((row) => [...row, ...row]));
			expect(rowsOf(transposed(whole))).toEqual([0, 1, 2, 3].map((column) => rows.map((row) => row[column])));
			expect(rowsOf(readNpz(writeNpz(whole)))).toEqual(rows);
			expect(dot(rowOf(whole, 0), rowOf(whole, 1))).toBe(rows[0]!.reduce((sum, value, i) => sum + value * rows[1]![i]!, 0));
		}),
	);
});

it('damaged files are refused with a line', () => {
	const file = writeNpz(matrix);
	for (let at = 0; at < file.length; at += 7) {
		const damaged = file.slice();
		damaged[at]! ^= 0x41;
		try {
			readNpz(damaged);
		} catch (error) {
			expect((error as Error).message).toMatch(/^(readNpz): expected .*, got .*\. /);
		}
	}
	for (const length of [0, 10, 100, file.length - 30]) expect(() => readNpz(file.slice(0, length))).toThrow(/^readNpz: expected /);
	expect(() => readNpz(Buffer.from(golden.coo, 'base64'))).toThrow(
		'readNpz: expected a matrix in csr format, got coo. Save matrix.tocsr().',
	);
});

const row = { indices: Int32Array.of(0), values: Float32Array.of(1), size: 2 };
it.each<[string, () => unknown, string]>([
	['rows of other sizes', () => sparseMatrix([row, { ...row, size: 3 }]), 'sparseMatrix: expected rows of 2 numbers, got 3 in row 1.'],
	['dense numbers that are no rows', () => fromDense([1, 2, 3], 2), 'fromDense: expected rows of 2 numbers, got 3 numbers.'],
	['a row that is not there', () => rowOf(matrix, 6), 'rowOf: expected a row from 0 to 5, got 6.'],
	['rows from the end', () => sliceRows(matrix, 4, 2), 'sliceRows: expected rows from 0 up to 6, got 4 up to 2.'],
	['other columns below', () => stackRows(matrix, sparseMatrix([row])), 'stackRows: expected 9 columns in each, got 2.'],
	['other rows beside', () => stackColumns(matrix, sparseMatrix([row])), 'stackColumns: expected 6 rows in each, got 1.'],
	['a search with another row', () => rowIndex(matrix).nearest(row, 1), 'rowIndex: expected a row of 9 numbers, got 2.'],
	[
		'columns that fall',
		() => checkSparse('x', { ...sparseMatrix([row]), indices: Int32Array.of(5) }),
		'x: expected rising columns below 2 in row 0, got 5 after -1.',
	],
	[
		'NaN',
		() => checkSparse('x', sparseMatrix([{ ...row, values: Float32Array.of(Number.NaN) }])),
		'x: expected finite numbers, got NaN in row 0, column 0.',
	],
	[
		'what no memory holds',
		() => toDense({ ...matrix, rows: 1e6, columns: 1e6 }),
		'toDense: expected at most 8 GiB, got 1000000 × 1000000 numbers of 3725.3 GiB.',
	],
])('refuses %s', (_, run, says) => {
	expect(run).toThrow(says);
});
