// Named arrays in one file: the safetensors format (github.com/huggingface/safetensors, README "Format"). float32 only.

/** What a file holds: arrays with shapes, and text beside them. */
export interface TensorFile {
	readonly tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>>;
	readonly metadata: Readonly<Record<string, string>>;
}

/** A header longer than this is no header (the format's own limit). Bytes. */
const longestHeader = 100_000_000;

/** The bytes of a safetensors file. */
export function writeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
	let end = 0;
	const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
		const start = end;
		end += data.byteLength;
		return [name, { dtype: 'F32', shape, data_offsets: [start, end] }];
	});
	const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
	// Spaces fill the header so that the numbers begin at a multiple of 8.
	const text = new TextEncoder().encode(json.padEnd(json.length + ((8 - (Buffer.byteLength(json) % 8)) % 8)));
	const bytes = new Uint8Array(8 + text.length + end);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
	bytes.set(text, 8);
	let at = 8 + text.length;
	for (const { data } of Object.values(tensors)) {
		bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
		at += data.byteLength;
	}
	return bytes;
}

/**
 * Reads a safetensors file.
 *
 * @throws {RangeError} for bytes that are not a whole file.
 */
export function readSafetensors(bytes: Uint8Array): TensorFile {
	const fail = (reason: string): never => {
		throw new RangeError(`readSafetensors: expected a whole safetensors file, got ${bytes.length} bytes that are not one (${reason}).`);
	};
	if (bytes.length < 8) fail('no header');
	const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
	if (length > longestHeader || 8 + length > bytes.length) fail('the header is longer than the file');
	let header: Record<string, unknown>;
	try {
		header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
	} catch {
		return fail('the header is not JSON');
	}
	const { __metadata__: metadata = {}, ...entries } = header as { __metadata__?: Record<string, string> };
	const numbers = bytes.subarray(8 + length);
	const tensors: Record<string, { shape: number[]; data: Float32Array }> = Object.create(null);
	for (const [name, entry] of Object.entries(entries)) {
		const { dtype, shape, data_offsets: offsets } = entry as { dtype?: unknown; shape?: number[]; data_offsets?: number[] };
		if (dtype !== 'F32' || !Array.isArray(shape) || !Array.isArray(offsets)) return fail(`${name} is no float32 tensor`);
		const [start = -1, end = -1] = offsets;
		const size = shape.reduce((product, dim) => product * dim, 4);
		if (start < 0 || end - start !== size || end > numbers.length) return fail(`${name} does not lie within the file`);
		// Copied: the bytes need not be aligned. Not by `slice`: that of a Buffer copies nothing.
		tensors[name] = { shape, data: new Float32Array(new Uint8Array(numbers.subarray(start, end)).buffer) };
	}
	return { tensors, metadata };
}
