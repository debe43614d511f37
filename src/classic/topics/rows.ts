// Rows of features: one as a matrix, those of documents as a matrix, and how much a matrix varies.
import { type SparseMatrix, type SparseVector, sparseMatrix } from '../../sparse/index.js';
import type { Documents } from '../../stream/index.js';

/** A row as a matrix of its own. */
export function asMatrix({ indices, values, size }: SparseVector): SparseMatrix {
	return { rows: 1, columns: size, starts: Uint32Array.of(0, indices.length), indices, values };
}

/** The features of documents, in their order, as a matrix. */
export async function matrixOf(docs: Documents<{ features: SparseVector }>): Promise<SparseMatrix> {
	const rows: SparseVector[] = [];
	for await (const chunk of docs.chunks()) for (const { features } of chunk) rows.push(features);
	return sparseMatrix(rows);
}

/** The variances of all columns of a sparse matrix, added up: Σ x² / n − Σ (Σ x / n)². */
export function totalVariance({ rows, columns, indices, values }: SparseMatrix): number {
	const sums = new Float64Array(columns);
	let squares = 0;
	for (let at = 0; at < indices.length; at++) {
		sums[indices[at]!]! += values[at]!;
		squares += values[at]! ** 2;
	}
	return squares / rows - sums.reduce((total, sum) => total + (sum / rows) ** 2, 0);
}
