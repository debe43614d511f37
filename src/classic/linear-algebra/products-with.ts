// Many products of one sparse matrix with dense ones: by a SIMD kernel, in whose memory the matrix stays.
import { entriesOf, type SparseMatrix } from '../../sparse/index.js';
import { createKernel, memoryLimit } from './kernel/kernel.js';
import { sparseTimes } from './sparse-times.js';

/** Products of one sparse matrix. */
export interface ProductsWith {
	/** Takes the dense matrix, `[columns × width]`, which must stay as it is until the next. */
	take(dense: Float64Array): void;
	/** Rows from `from` up to `to` of the product with it, to the beginning of `product`. */
	rows(product: Float64Array, from?: number, to?: number): Float64Array;
	/** Both: the whole product, in new numbers unless some are given. */
	times(dense: Float64Array, product?: Float64Array): Float64Array;
}

/** For so few rows a memory of one's own is not worth it. */
const fewRows = 64;

/** Rows whose product is made at a time. */
const block = 2048;

/** Products of a sparse matrix with dense ones of `width` numbers a row. The bits are those of `sparseTimes`, which does it where memory is short. */
export function productsWith(matrix: SparseMatrix, width: number): ProductsWith {
	const { rows, columns, starts, indices, values } = matrix;
	const count = entriesOf(matrix);
	const at = { dense: 0, values: columns * width * 8, product: 0, indices: 0, starts: 0 };
	at.product = at.values + count * 8;
	at.indices = at.product + block * width * 8;
	at.starts = at.indices + count * 4;
	const bytes = at.starts + (rows + 1) * 4;
	// To copy the dense matrix would cost more than the product with few entries.
	if (bytes > memoryLimit || count < columns || rows < fewRows) return plain(matrix, width);
	const { buffer, kernel } = createKernel(bytes);
	new Float64Array(buffer, at.values, count).set(values);
	new Int32Array(buffer, at.indices, count).set(indices);
	new Uint32Array(buffer, at.starts, rows + 1).set(starts);
	const own = new Float64Array(buffer, at.dense, columns * width);
	const out = new Float64Array(buffer, at.product, block * width);
	const take = (dense: Float64Array) => own.set(dense);
	const rowsOf = (product: Float64Array, from = 0, to = rows) => {
		for (let first = from; first < to; first += block) {
			const last = Math.min(first + block, to);
			kernel.times(at.starts, at.indices, at.values, at.dense, at.product, width, first, last);
			product.set(out.subarray(0, (last - first) * width), (first - from) * width);
		}
		return product;
	};
	return { take, rows: rowsOf, times: both(take, rowsOf, rows * width) };
}

function plain(matrix: SparseMatrix, width: number): ProductsWith {
	let own: Float64Array = new Float64Array(0);
	const take = (dense: Float64Array) => {
		own = dense;
	};
	const rowsOf = (product: Float64Array, from = 0, to = matrix.rows) => sparseTimes(matrix, own, width, product, from, to);
	return { take, rows: rowsOf, times: both(take, rowsOf, matrix.rows * width) };
}

const both =
	(take: ProductsWith['take'], rows: ProductsWith['rows'], size: number): ProductsWith['times'] =>
	(dense, product = new Float64Array(size)) => {
		take(dense);
		return rows(product);
	};
