// Numbers in memory with a type and a shape: what goes into a session and comes out of it.

/** Element types. Gradients flow through `float32` and `float64`; the last two rows are kept as files have them. */
export type DType =
	| ('float32' | 'float64' | 'int32' | 'int64' | 'bool' | 'uint8')
	| ('int8' | 'int16' | 'uint16' | 'uint32' | 'uint64')
	| ('float16' | 'bfloat16');

/** A tensor on the host, row-major. `int64` and `uint64` hold BigInts; `bool` holds 0 and 1; 16-bit floats are held as their bits. */
export interface Tensor {
	readonly dtype: DType;
	readonly shape: readonly number[];
	readonly data: TensorData;
}

/** The typed arrays a tensor's numbers live in. */
export type TensorData =
	| (Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array)
	| (Int8Array | Int16Array | Uint16Array | Uint32Array | BigUint64Array);

/** The array type of each element type, and its number in an ONNX file (TensorProto.DataType). */
export const dtypes = {
	float32: { array: Float32Array, onnx: 1 },
	uint8: { array: Uint8Array, onnx: 2 },
	int8: { array: Int8Array, onnx: 3 },
	uint16: { array: Uint16Array, onnx: 4 },
	int16: { array: Int16Array, onnx: 5 },
	int32: { array: Int32Array, onnx: 6 },
	int64: { array: BigInt64Array, onnx: 7 },
	bool: { array: Uint8Array, onnx: 9 },
	float16: { array: Uint16Array, onnx: 10 },
	float64: { array: Float64Array, onnx: 11 },
	uint32: { array: Uint32Array, onnx: 12 },
	uint64: { array: BigUint64Array, onnx: 13 },
	bfloat16: { array: Uint16Array, onnx: 16 },
} as const satisfies Record<DType, unknown>;

/** Whether gradients flow through values of this type. */
export function isFloat(dtype: DType): boolean {
	return dtype === 'float32' || dtype === 'float64';
}

/** Whether values of this type are held as the bits of 16-bit floats: kept, but not computed with. */
export function isHalf(dtype: DType): boolean {
	return dtype === 'float16' || dtype === 'bfloat16';
}

/** The number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
	return shape.reduce((product, dim) => product * dim, 1);
}

/** A tensor from plain numbers. */
export function tensor(dtype: DType, shape: readonly number[], values: ArrayLike<number>): Tensor {
	const size = sizeOf(shape);
	if (values.length !== size) {
		throw new RangeError(`tensor: expected ${size} values for shape ${shape.join('×') || 'scalar'}, got ${values.length}.`);
	}
	return { dtype, shape, data: arrayFrom(dtype, values) };
}

/** A vector of an array of numbers, which is its memory. */
export function vectorOf(data: TensorData): Tensor {
	// Of types with equal arrays the numbers come first: `bool` and the 16-bit floats stand after them.
	const [dtype] = Object.entries(dtypes).find(([, { array }]) => data instanceof array)!;
	return { dtype: dtype as DType, shape: [data.length], data };
}

/** A tensor of zeros. */
export function zeroTensor(dtype: DType, shape: readonly number[]): Tensor {
	return { dtype, shape, data: new dtypes[dtype].array(sizeOf(shape)) };
}

function arrayFrom(dtype: DType, values: ArrayLike<number>): TensorData {
	if (dtype === 'int64') return BigInt64Array.from(values, (value) => BigInt(value));
	if (dtype === 'uint64') return BigUint64Array.from(values, (value) => BigInt(value));
	return dtypes[dtype].array.from(values);
}
