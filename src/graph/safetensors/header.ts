// The header of a safetensors file (github.com/huggingface/safetensors, README "Format"): 8 bytes of its length, then JSON of what each tensor
// is and where its bytes lie, then the bytes.
import { type DType, dtypes, sizeOf, type Tensor } from '../tensor.js';

/** What a tensor is, without its numbers. */
export type TensorInfo = Pick<Tensor, 'dtype' | 'shape'>;

/** A tensor's name, what it is, and where its bytes begin and end, counted from the end of the header. */
export interface Entry extends TensorInfo {
	readonly name: string;
	readonly start: number;
	readonly end: number;
}

/** What a header says. */
export interface Header {
	readonly entries: readonly Entry[];
	readonly metadata: Readonly<Record<string, string>>;
}

/** A header longer than this is no header (the format's own limit). Bytes. */
export const longestHeader = 100_000_000;

/** The bytes before a header that say how long it is. */
export const lengthBytes = 8;

/** How the format calls each element type. */
const codes: Readonly<Record<DType, string>> = {
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
};
const dtypeOfCode = new Map(Object.entries(codes).map(([dtype, code]) => [code, dtype as DType]));

const widthOf = (dtype: DType) => dtypes[dtype].array.BYTES_PER_ELEMENT;

/** The bytes of a tensor's numbers. */
export const bytesOf = ({ dtype, shape }: TensorInfo): number => sizeOf(shape) * widthOf(dtype);

/** The names that hold metadata and cannot be a tensor's. */
const reserved = '__metadata__';

/** Places for tensors: wide numbers lie before narrow ones, so that each begins at a multiple of its width, as readers that map the file need it. */
export function place(tensors: readonly (readonly [name: string, info: TensorInfo, ...rest: readonly unknown[]])[]): readonly Entry[] {
	const names = new Set([reserved]);
	for (const [name] of tensors) {
		if (names.has(name)) {
			const reason = name === reserved ? `which the format keeps for metadata` : 'which another tensor has';
			throw new RangeError(`writeSafetensors: expected each tensor under a name of its own, got ${name}, ${reason}. Rename it.`);
		}
		names.add(name);
	}
	let end = 0;
	const starts = new Map<string, number>();
	for (const [name, info] of tensors.toSorted(([, a], [, b]) => widthOf(b.dtype) - widthOf(a.dtype))) {
		starts.set(name, end);
		end += bytesOf(info);
	}
	return tensors.map(([name, { dtype, shape }]) => {
		const start = starts.get(name)!;
		return { name, dtype, shape, start, end: start + bytesOf({ dtype, shape }) };
	});
}

/** Entries in the order of their bytes. */
export const byPlace = (entries: readonly Entry[]): readonly Entry[] => entries.toSorted((a, b) => a.start - b.start || a.end - b.end);

/** The bytes of a header. Spaces fill it so that the numbers begin at a multiple of 8. */
export function headerBytes({ entries, metadata }: Header): Uint8Array<ArrayBuffer> {
	const described = entries.map(({ name, dtype, shape, start, end }) => [name, { dtype: codes[dtype], shape, data_offsets: [start, end] }]);
	const json = new TextEncoder().encode(JSON.stringify({ [reserved]: metadata, ...Object.fromEntries(described) }));
	const length = Math.ceil(json.length / 8) * 8;
	if (length > longestHeader) {
		throw new RangeError(
			`writeSafetensors: expected a header of at most ${longestHeader} bytes, got ${length}. Put fewer texts into metadata.`,
		);
	}
	const bytes = new Uint8Array(lengthBytes + length).fill(0x20);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
	bytes.set(json, lengthBytes);
	return bytes;
}

/** The length of the header of a file of `size` bytes, of its first bytes. */
export function headerLength(first: Uint8Array, size: number): number {
	if (first.length < lengthBytes) throw new RangeError('it has no header');
	const length = new DataView(first.buffer, first.byteOffset).getBigUint64(0, true);
	if (length > BigInt(Math.min(longestHeader, size - lengthBytes))) throw new RangeError('its header is longer than the file');
	return Number(length);
}

/**
 * Reads a header whose tensors fill `room` bytes.
 *
 * @throws {RangeError} that says what is wrong, where it is no header, and where the tensors leave bytes out or share them.
 */
export function readHeader(bytes: Uint8Array, room: number): Header {
	let header: unknown;
	try {
		header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		throw new RangeError('its header is not JSON');
	}
	if (!isObject(header)) throw new RangeError('its header is no JSON object');
	const { [reserved]: texts = {}, ...described } = header;
	if (!isObject(texts)) throw new RangeError('its metadata is no object');
	const metadata: Record<string, string> = Object.create(null);
	for (const [name, text] of Object.entries(texts)) {
		if (typeof text !== 'string') throw new RangeError(`its metadata ${short(name)} is no text`);
		metadata[name] = text;
	}
	const entries = Object.entries(described).map(([name, entry]) => readEntry(name, entry));
	// One after another, from the first byte to the last.
	let end = 0;
	for (const entry of byPlace(entries)) {
		if (entry.start !== end) throw new RangeError(`tensor ${short(entry.name)} begins at byte ${entry.start} and not at ${end}`);
		if (entry.end > room) throw new RangeError(`tensor ${short(entry.name)} ends at byte ${entry.end} of ${room}`);
		end = entry.end;
	}
	if (end !== room) throw new RangeError(`its tensors end at byte ${end} of ${room}`);
	return { entries, metadata };
}

function readEntry(name: string, entry: unknown): Entry {
	const fail = (reason: string): never => {
		throw new RangeError(`tensor ${short(name)} ${reason}`);
	};
	if (!isObject(entry)) return fail('is not described by an object');
	const { dtype: code, shape, data_offsets: range } = entry;
	const dtype = dtypeOfCode.get(code as string);
	if (!dtype) return fail(typeof code === 'string' ? `is of element type ${short(code)}, which is not read` : 'has no element type');
	if (!areSizes(shape)) return fail('has no shape of whole numbers');
	if (!areSizes(range) || range.length !== 2) return fail('has no two data_offsets');
	const [start, end] = range as [number, number];
	const bytes = bytesOf({ dtype, shape });
	if (end - start !== bytes) return fail(`has ${end - start} bytes where its shape needs ${bytes}`);
	return { name, dtype, shape, start, end };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const areSizes = (value: unknown): value is number[] =>
	Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);

/** A name of the file in a message: one short line whatever it holds. */
const short = (name: string) => JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
