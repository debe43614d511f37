// Zip archives in memory: what .npz files are.
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** CRC-32 by bytes. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	return value;
});
function crc32(bytes: Uint8Array): number {
	let crc = ~0;
	for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
	return ~crc >>> 0;
}

const [localMark, centralMark, endMark] = [0x04034b50, 0x02014b50, 0x06054b50];
const [localSize, centralSize, endSize] = [30, 46, 22];
const deflated = 8;
/** Sizes from here on need Zip64. */
const most = 0xffffffff;
/** 1 January 1980: archives of the same arrays are the same bytes. */
const date = 33;

/** The bytes of an archive of these files. */
export function zip(who: string, files: Readonly<Record<string, Uint8Array>>): Uint8Array {
	const parts: Uint8Array[] = [];
	const central: Uint8Array[] = [];
	let at = 0;
	for (const [name, bytes] of Object.entries(files)) {
		const packed = deflateRawSync(bytes, { level: 6 });
		const title = Buffer.from(name);
		if (Math.max(bytes.length, at + packed.length) >= most) {
			throw new RangeError(
				`${who}: expected less than 4 GiB, got ${bytes.length} bytes of ${name}. Save parts of the matrix: sliceRows().`,
			);
		}
		const facts = (view: DataView, from: number) => {
			view.setUint16(from, 20, true);
			view.setUint16(from + 4, deflated, true);
			view.setUint16(from + 8, date, true);
			view.setUint32(from + 10, crc32(bytes), true);
			view.setUint32(from + 14, packed.length, true);
			view.setUint32(from + 18, bytes.length, true);
			view.setUint16(from + 22, title.length, true);
		};
		const local = Buffer.alloc(localSize);
		local.writeUInt32LE(localMark);
		facts(new DataView(local.buffer, local.byteOffset), 4);
		const entry = Buffer.alloc(centralSize);
		entry.writeUInt32LE(centralMark);
		entry.writeUInt16LE(20, 4);
		facts(new DataView(entry.buffer, entry.byteOffset), 6);
		entry.writeUInt32LE(at, 42);
		parts.push(local, title, packed);
		central.push(entry, title);
		at += localSize + title.length + packed.length;
	}
	const end = Buffer.alloc(endSize);
	const count = Object.keys(files).length;
	end.writeUInt32LE(endMark);
	end.writeUInt16LE(count, 8);
	end.writeUInt16LE(count, 10);
	end.writeUInt32LE(
		central.reduce((sum, { length }) => sum + length, 0),
		12,
	);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...parts, ...central, end]);
}

/** The files of an archive, each below `limit` bytes. */
export function unzip(who: string, archive: Uint8Array, limit: number): Map<string, Uint8Array> {
	const fail = (got: string) => new RangeError(`${who}: expected a zip archive, got ${got}. Save the matrix again.`);
	const buffer = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
	// A comment of up to 64 KiB may follow.
	const end = buffer.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
	if (end < 0 || end + endSize > buffer.length) throw fail('bytes without its end');
	const files = new Map<string, Uint8Array>();
	let at = buffer.readUInt32LE(end + 16);
	for (let count = buffer.readUInt16LE(end + 10); count > 0; count--) {
		if (at + centralSize > buffer.length || buffer.readUInt32LE(at) !== centralMark) throw fail('a directory that is cut off');
		const [method, crc, packed, size] = [buffer.readUInt16LE(at + 10), ...[16, 20, 24].map((field) => buffer.readUInt32LE(at + field))] as [
			number,
			number,
			number,
			number,
		];
		const [named, extra, comment] = [28, 30, 32].map((field) => buffer.readUInt16LE(at + field)) as [number, number, number];
		const name = buffer.toString('utf8', at + centralSize, at + centralSize + named);
		if (size > limit || packed === most) throw fail(`${name} of ${size} bytes, where ${limit} are the most`);
		const local = buffer.readUInt32LE(at + 42);
		if (local + localSize > buffer.length || buffer.readUInt32LE(local) !== localMark) throw fail(`${name} that is not where it should be`);
		const from = local + localSize + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
		const raw = buffer.subarray(from, from + packed);
		const bytes = method === deflated ? inflated(raw, size, () => fail(`${name} that cannot be unpacked`)) : raw;
		if (bytes.length !== size || crc32(bytes) !== crc) throw fail(`${name} that is damaged`);
		files.set(name, bytes);
		at += centralSize + named + extra + comment;
	}
	return files;
}

function inflated(raw: Uint8Array, size: number, fail: () => Error): Uint8Array {
	try {
		return inflateRawSync(raw, { maxOutputLength: Math.max(1, size) });
	} catch {
		throw fail();
	}
}
