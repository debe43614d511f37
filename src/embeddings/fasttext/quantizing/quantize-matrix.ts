// A matrix as codes of a product quantizer: its columns in parts, each learned by a thread.
import type { Remote } from '../../../base/index.js';
import { centroidCount, type DenseMatrix, partsOf, type QuantizedMatrix, quantizedMatrix } from '../matrix.js';
import type { TrainerHandlers } from '../training/trainer-worker.js';
import type { Part } from './centroids.js';
import { rowNorms } from './prune.js';

/** How a matrix is quantized. */
export interface MatrixQuantizing {
	/** Numbers of a part. */
	readonly dsub: number;
	/** Whether rows are divided by their norms, which are quantized by themselves. */
	readonly qnorm: boolean;
	readonly seed: number;
	readonly threads: readonly Remote<TrainerHandlers>[];
}

/** Quantizes a matrix of at least 256 rows. */
export async function quantizeMatrix(matrix: DenseMatrix, { dsub, qnorm, seed, threads }: MatrixQuantizing): Promise<QuantizedMatrix> {
	const { rows, width: dim } = matrix;
	const count = partsOf({ dim, dsub });
	const norms = qnorm ? rowNorms(matrix) : undefined;
	const codes = new Uint8Array(rows * count);
	const centroids = new Float32Array(dim * centroidCount);
	let next = 0;
	const work = async (thread: Remote<TrainerHandlers>) => {
		for (let part = next++; part < count; part = next++) {
			const width = Math.min(dsub, dim - part * dsub);
			const points = columnsOf(matrix, part * dsub, width, norms);
			const found: Part = await thread.call('quantize', { points, width, seed, part });
			centroids.set(found.centroids, part * dsub * centroidCount);
			for (let row = 0; row < rows; row++) codes[row * count + part] = found.codes[row]!;
		}
	};
	await Promise.all(threads.map(work));
	const quantizer = { dim, dsub, centroids };
	if (!norms) return quantizedMatrix({ rows, codes, quantizer });
	const found = await threads[0]!.call('quantize', { points: norms, width: 1, seed, part: count });
	return quantizedMatrix({
		rows,
		codes,
		quantizer,
		norms: { codes: found.codes, quantizer: { dim: 1, dsub: 1, centroids: found.centroids } },
	});
}

function columnsOf(matrix: DenseMatrix, from: number, width: number, norms: Float32Array | undefined): Float32Array {
	const points = new Float32Array(matrix.rows * width);
	let row = 0;
	for (const chunk of matrix.chunks) {
		for (let at = from; at < chunk.length; at += matrix.width, row++) {
			const norm = norms?.[row] || 1;
			for (let i = 0; i < width; i++) points[row * width + i] = chunk[at + i]! / norm;
		}
	}
	return points;
}
