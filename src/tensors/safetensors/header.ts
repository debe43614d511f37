// The header of a safetensors file (github.com/huggingface/safetensors, README "Format"): 8 bytes with its length, then JSON that says of each
// tensor its type, its shape and where its bytes lie after the header.
import { type DType, dtypes, sizeOf } from '../tensor.js';

/** The names of element types in the format. */
const names = {
	float64: 'F64',
	float32: 'F32',
	float16: 'F16',
	bfloat16: 'BF16',
	int64: 'I64',
	int32: 'I32',
	int16: 'I16',
	int8: 'I8',
	uint64: 'U64',
	uint32: 'U32',
	uint16: 'U16',
	uint8: 'U8',
	bool: 'BOOL',
} as const satisfies Record<DType, string>;

const typeOf = new Map(Object.entries(names).map(([dtype, name]) => [name as string, dtype as DType]));

/** A header longer than this is no header (the format's own limit). Bytes. */
const longest = 100_000_000;

/** The bytes that say how long a header is. */
export const lengthBytes = 8;

/** A tensor without its numbers. */
export interface TensorType {
	readonly dtype: DType;
	readonly shape: readonly number[];
}

/** A tensor of a file: where its bytes lie, counted from the header's end. */
export interface Placed extends TensorType {
	readonly name: string;
	readonly start: number;
	readonly end: number;
}

/** What a header says. */
export interface Header {
	/** In the order of their bytes. */
	readonly tensors: readonly Placed[];
	readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of a tensor. */
export const byteLength = ({ dtype, shape }: TensorType) => sizeOf(shape) * dtypes[dtype].array.BYTES_PER_ELEMENT;

/** The name that metadata have: no tensor's. */
export const reserved = '__metadata__';

/** Throws for bytes that are not what the format says. */
export type Fail = (reason: string) => never;

/** A file's header as bytes, its length before it. Spaces fill it, so that the numbers begin at a multiple of 8. */
export function encodeHeader({ tensors, metadata }: Header): Uint8Array {
	const entries = tensors.map(({ name, dtype, shape, start, end }) => [name, { dtype: names[dtype], shape, data_offsets: [start, end] }]);
	const json = JSON.stringify({ [reserved]: metadata, ...Object.fromEntries(entries) });
	const text = new TextEncoder().encode(json.padEnd(json.length + ((8 - (Buffer.byteLength(json) % 8)) % 8)));
	if (text.length > longest) {
		throw new RangeError(`writeSafetensors: expected a header of at most ${longest} bytes, got ${text.length}. Put less into metadata.`);
	}
	const bytes = new Uint8Array(lengthBytes + text.length);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
	bytes.set(text, lengthBytes);
	return bytes;
}

/** The length of the header in a file of `size` bytes, from its first eight. */
export function headerLength(bytes: Uint8Array, size: number, fail: Fail): number {
	if (bytes.length < lengthBytes) fail('no header');
	const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
	return length > longest || lengthBytes + length > size ? fail('the header is longer than the file') : length;
}

/** Reads a header; `numbers` is how many bytes follow it. They must be those of its tensors, without holes and overlaps. */
export function decodeHeader(text: Uint8Array, numbers: number, fail: Fail): Header {
	let header: unknown;
	try {
		header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
	} catch {
		return fail('the header is not JSON');
	}
	if (!isRecord(header)) return fail('the header is no object');
	const { [reserved]: metadata = {}, ...entries } = header;
	if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) return fail('its metadata are no texts');
	const tensors = Object.entries(entries)
		.map(([name, entry]) => placed(name, entry, fail))
		.sort((a, b) => a.start - b.start || a.end - b.end);
	let end = 0;
	for (const tensor of tensors) {
		if (tensor.start !== end) fail(`${short(tensor.name)} does not lie where the tensor before it ends`);
		end = tensor.end;
	}
	if (end !== numbers) fail(`the tensors end at byte ${end} of ${numbers}`);
	return { tensors, metadata: metadata as Record<string, string> };
}

function placed(name: string, entry: unknown, fail: Fail): Placed {
	const who = short(name);
	const { dtype: type, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
	const dtype = typeOf.get(type as string);
	if (!dtype) return fail(typeof type === 'string' ? `${who} is of type ${short(type)}, which is not read` : `${who} is of no known type`);
	if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) return fail(`${who} has no shape and place`);
	const [start, end] = offsets as [number, number];
	if (end - start !== byteLength({ dtype, shape })) fail(`${who} does not lie within the file`);
	return { name, dtype, shape, start, end };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCounts = (value: unknown): value is number[] =>
	Array.isArray(value) && value.length <= 64 && value.every((item) => Number.isSafeInteger(item) && item >= 0);

/** A name of the file in a message: short, and on one line whatever it holds. */
const short = (name: string) => JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name).slice(1, -1);
