// The matrices of a fastText file: rows of float32 numbers, or of codes of a product quantizer.

/** A matrix whose rows are looked at one by one. */
export interface RowMatrix {
	readonly rows: number;
	readonly width: number;
	/** Adds a multiple of a row to a vector. */
	addRow(vector: Float32Array, row: number, factor?: number): void;
	/** The product of a row and a vector. */
	dot(row: number, vector: Float32Array): number;
}

/** A matrix of float32 numbers, in arrays that hold whole rows each. */
export interface DenseMatrix extends RowMatrix {
	readonly kind: 'dense';
	readonly chunks: readonly Float32Array[];
	/** Rows of each chunk but the last. */
	readonly chunkRows: number;
	/** A row as it lies there. */
	row(row: number): Float32Array;
}

/** Centroids of a product quantizer: 256 for each part of `dsub` numbers of a row; the last part may be shorter. */
export interface ProductQuantizer {
	readonly dim: number;
	readonly dsub: number;
	/** Part by part: 256 centroids, of `dsub` numbers each. */
	readonly centroids: Float32Array;
}

/** A matrix of codes. */
export interface QuantizedMatrix extends RowMatrix {
	readonly kind: 'quantized';
	/** A byte for each part of each row. */
	readonly codes: Uint8Array;
	readonly quantizer: ProductQuantizer;
	/** Where the rows were divided by their norms first, codes of these. */
	readonly norms?: { readonly codes: Uint8Array; readonly quantizer: ProductQuantizer };
}

/** A matrix as a file has it. */
export type FastTextMatrix = DenseMatrix | QuantizedMatrix;

/** Centroids of each part. */
export const centroidCount = 256;

/** Bytes of a chunk of rows: well below the largest array, and not lost where a file ends early. */
const chunkBytes = 2 ** 26;

/** Rows of a chunk. */
export const chunkRowsOf = (width: number): number => Math.max(1, Math.floor(chunkBytes / (4 * Math.max(1, width))));

/** Makes a matrix of its numbers: in one array, or in chunks of `chunkRows` rows. */
export function denseMatrix(rows: number, width: number, numbers: Float32Array | readonly Float32Array[], chunkRows?: number): DenseMatrix {
	const chunks = numbers instanceof Float32Array ? [numbers] : numbers;
	const each = chunkRows ?? (chunks.length > 1 ? chunkRowsOf(width) : Math.max(1, rows));
	const row = (at: number) => {
		const chunk = chunks[Math.floor(at / each)]!;
		const start = (at % each) * width;
		return chunk.subarray(start, start + width);
	};
	return {
		...{ kind: 'dense', rows, width, chunks, chunkRows: each, row },
		addRow(vector, at, factor = 1) {
			const chunk = chunks[Math.floor(at / each)]!;
			const start = (at % each) * width;
			for (let i = 0; i < width; i++) vector[i]! += factor * chunk[start + i]!;
		},
		dot(at, vector) {
			const chunk = chunks[Math.floor(at / each)]!;
			const start = (at % each) * width;
			let sum = 0;
			for (let i = 0; i < width; i++) sum += chunk[start + i]! * vector[i]!;
			return sum;
		},
	};
}

/** Codes that a row has. */
export const partsOf = ({ dim, dsub }: Pick<ProductQuantizer, 'dim' | 'dsub'>): number => Math.ceil(dim / dsub);

/** Makes a matrix of codes. */
export function quantizedMatrix(
	parts: Pick<QuantizedMatrix, 'rows' | 'codes' | 'quantizer'> & Partial<Pick<QuantizedMatrix, 'norms'>>,
): QuantizedMatrix {
	const { rows, codes, quantizer, norms } = parts;
	const { dim: width, dsub, centroids } = quantizer;
	const count = partsOf(quantizer);
	const normOf = (row: number) => (norms ? norms.quantizer.centroids[norms.codes[row]!]! : 1);
	/** Where the centroid of a part lies: those of the last, which may be shorter, are close together. */
	const placeOf = (row: number, part: number, length: number) => centroidCount * dsub * part + length * codes[row * count + part]!;
	return {
		...{ kind: 'quantized', rows, width, codes, quantizer },
		...(norms && { norms }),
		addRow(vector, row, factor = 1) {
			const scale = factor * normOf(row);
			for (let part = 0, at = 0; part < count; part++) {
				const length = Math.min(dsub, width - at);
				const place = placeOf(row, part, length);
				for (let i = 0; i < length; i++, at++) vector[at]! += scale * centroids[place + i]!;
			}
		},
		dot(row, vector) {
			let sum = 0;
			for (let part = 0, at = 0; part < count; part++) {
				const length = Math.min(dsub, width - at);
				const place = placeOf(row, part, length);
				for (let i = 0; i < length; i++, at++) sum += vector[at]! * centroids[place + i]!;
			}
			return sum * normOf(row);
		},
	};
}
