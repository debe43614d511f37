// Numbers in memory with a type and a shape: what goes into a session and comes out of it.

/** Element types the engine computes with. */
export type DType = 'float32' | 'float64' | 'int32' | 'int64' | 'bool' | 'uint8';

/** A tensor on the host, row-major. `int64` holds BigInts; `bool` holds 0 and 1. */
export interface Tensor {
	readonly dtype: DType;
	readonly shape: readonly number[];
	readonly data: TensorData;
}

/** The typed arrays a tensor's numbers live in. */
export type TensorData = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

/** The array type of each element type, and its number in an ONNX file (TensorProto.DataType). */
export const dtypes = {
	float32: { array: Float32Array, onnx: 1 },
	uint8: { array: Uint8Array, onnx: 2 },
	int32: { array: Int32Array, onnx: 6 },
	int64: { array: BigInt64Array, onnx: 7 },
	bool: { array: Uint8Array, onnx: 9 },
	float64: { array: Float64Array, onnx: 11 },
} as const satisfies Record<DType, unknown>;

/** Whether gradients flow through values of this type. */
export function isFloat(dtype: DType): boolean {
	return dtype === 'float32' || dtype === 'float64';
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
	const data = dtype === 'int64' ? BigInt64Array.from(values, (value) => BigInt(value)) : dtypes[dtype].array.from(values);
	return { dtype, shape, data };
}
