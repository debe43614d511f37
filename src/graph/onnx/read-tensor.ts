// Reads a TensorProto: element type, shape and numbers.
import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { type DType, dtypes, sizeOf, type Tensor, type TensorData, tensor } from '../../tensors/tensor.js';
import * as field from './fields.js';
import { integer, nested, pairs, repeated, unsupported } from './wire.js';

/** Where a tensor keeps its numbers when they are not in the model: a file of the model's folder, and a range of its bytes. */
export interface Place {
	/** The tensor, for messages. */
	readonly tensor: string;
	/** Relative to the model's folder; empty for the model's own file. */
	readonly location: string;
	readonly offset: number;
	/** To the end of the file where it is not stated. */
	readonly length?: number;
}

/** Gives the memory that `bytes` bytes at a place are read into, now or later; throws where they cannot be there. */
export type Outside = (place: Place, bytes: number) => ArrayBuffer;

/** Names of element types that are not read. */
const elementTypes: Record<number, string> = { 0: 'undefined', 8: 'string', 14: 'complex64', 15: 'complex128' };

/** The element type of a number in the file. */
export function dtypeOf(code: number, owner: string): DType {
	const dtype = (Object.keys(dtypes) as DType[]).find((name) => dtypes[name].onnx === code);
	return dtype ?? unsupported(`${owner} of element type ${elementTypes[code] ?? code}`, 'Export it in float32.');
}

/** Reads a tensor and its name. */
export function readTensor(from: BinaryReader, outside: Outside): { name: string; value: Tensor } {
	let name = '';
	let code = 0;
	let elsewhere = false;
	let raw: Uint8Array | undefined;
	const shape: number[] = [];
	const numbers: number[] = [];
	const long: bigint[] = [];
	const external: Record<string, string> = Object.create(null);
	nested(from, {
		[field.tensor.dims]: repeated(shape, integer),
		[field.tensor.dataType]: (from) => {
			code = from.int32();
		},
		[field.tensor.name]: (from) => {
			name = from.string();
		},
		[field.tensor.rawData]: (from) => {
			raw = from.bytes();
		},
		[field.tensor.floatData]: repeated(numbers, (from) => from.float()),
		[field.tensor.int32Data]: repeated(numbers, (from) => from.int32()),
		[field.tensor.int64Data]: repeated(long, (from) => BigInt(from.int64())),
		[field.tensor.uint64Data]: repeated(long, (from) => BigInt(from.uint64())),
		[field.tensor.doubleData]: repeated(numbers, (from) => from.double()),
		[field.tensor.externalData]: pairs(external, field.property),
		// 0 says: here. onnx writes it into models that were loaded from two files and saved as one.
		[field.tensor.dataLocation]: (from) => {
			elsewhere = from.int32() !== 0;
		},
	});
	const owner = name ? `tensor ${name}` : 'a constant';
	const dtype = dtypeOf(code, owner);
	if (shape.some((dim) => dim < 0)) throw new RangeError(`${owner} has a negative size, ${shape.join('×')}`);
	const { array } = dtypes[dtype];
	const bytes = sizeOf(shape) * array.BYTES_PER_ELEMENT;
	const made = (data: TensorData) => ({ name, value: { dtype, shape, data } });
	if (elsewhere) return made(new array(outside(placeOf(owner, external), bytes)));
	if (!raw) {
		if (!['int64', 'uint64', 'uint32'].includes(dtype)) return { name, value: tensor(dtype, shape, numbers) };
		// Not through numbers: the largest int64, "to the end" of a Slice, would become negative.
		if (long.length !== sizeOf(shape)) throw new RangeError(`${owner} of shape ${shape.join('×')} has ${long.length} numbers`);
		return made(
			dtype === 'uint32' ? Uint32Array.from(long, Number) : dtype === 'uint64' ? BigUint64Array.from(long) : BigInt64Array.from(long),
		);
	}
	if (raw.length !== bytes) throw new RangeError(`${owner} of shape ${shape.join('×')} has ${raw.length} bytes, not ${bytes}`);
	// Copied: the bytes need not be aligned in the file. Not by `slice`: that of a Buffer copies nothing.
	return made(new array(new Uint8Array(raw).buffer));
}

function placeOf(tensor: string, { location = '', offset = '0', length }: Record<string, string>): Place {
	const whole = (text: string) =>
		/^\d{1,15}$/.test(text) ? Number(text) : unsupported(`${tensor} at byte "${text}" of a file`, 'Save it again.');
	return { tensor, location, offset: whole(offset), ...(length !== undefined && { length: whole(length) }) };
}
