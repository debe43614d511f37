export {
	emptyEntries,
	fromDense,
	pickRows,
	type SparseOptions,
	sliceRows,
	sparseMatrix,
	stackColumns,
	stackRows,
	toDense,
	transposed,
} from './build.js';
export { checkSparse, entriesOf, type Floats, rowOf, type SparseMatrix, type SparseVector } from './matrix.js';
export { largest, type Neighbour, type RowIndex, rowIndex } from './nearest.js';
export { loadNpz, readNpz, saveNpz, writeNpz } from './npz.js';
export { columnSums, cosine, documentCounts, dot, norm, timesDense, timesVector, transposedTimesDense } from './products.js';
