// Archives of sizes that no test could write out: a tar whose large entries are holes of a sparse file, a zip of one repeated block.
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { constants, deflateRawSync } from 'node:zlib';

/** Writes a tar archive. A body that is a number is so many zeros, which take no room. */
export function sparseTar(path: string, entries: readonly (readonly [name: string, body: string | number])[]): string {
	const file = openSync(path, 'w');
	let at = 0;
	for (const [name, body] of entries) {
		const size = typeof body === 'number' ? body : Buffer.byteLength(body);
		writeSync(file, header(name, size), 0, 512, at);
		if (typeof body === 'string') writeSync(file, body, at + 512);
		at += 512 + Math.ceil(size / 512) * 512;
	}
	ftruncateSync(file, at + 1024);
	closeSync(file);
	return path;
}

function header(name: string, size: number): Buffer {
	const block = Buffer.alloc(512);
	const octal = (value: number, at: number, length: number) => block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
	block.write(name, 0);
	for (const [value, at, length] of [
		[0o644, 100, 8],
		[0, 108, 8],
		[0, 116, 8],
		[size, 124, 12],
		[0, 136, 12],
	] as const)
		octal(value, at, length);
	block.write('        0', 148);
	block.write('ustar\x0000', 257);
	octal(
		block.reduce((sum, byte) => sum + byte, 0),
		148,
		7,
	);
	return block;
}

/** Zeros packed by Deflate, a thousandth of their size, at once: blocks that do not look back can be repeated. */
export function packedZeros(size: number): Buffer {
	const piece = 1 << 24;
	const block = deflateRawSync(Buffer.alloc(piece), { finishFlush: constants.Z_FULL_FLUSH });
	return Buffer.concat([...Array.from({ length: Math.ceil(size / piece) }, () => block), Buffer.from([3, 0])]);
}

/** A zip archive of one member that is packed already. With `streamed`, its sizes come after it, as archives have that are written to a pipe. */
export function zipOf(name: string, packed: Buffer, { size, streamed = false }: { size: number; streamed?: boolean }): Buffer {
	const facts = (known: boolean) => {
		const bytes = Buffer.alloc(26);
		bytes.writeUInt16LE(20, 0);
		bytes.writeUInt16LE(streamed ? 8 : 0, 2);
		bytes.writeUInt16LE(8, 4);
		if (known) bytes.writeUInt32LE(packed.length, 14);
		if (known) bytes.writeUInt32LE(size, 18);
		bytes.writeUInt16LE(name.length, 22);
		return bytes;
	};
	const word = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);
	const local = Buffer.concat([word(0x04034b50), facts(!streamed), Buffer.from(name), packed]);
	const after = streamed ? word(0x08074b50, 0, packed.length, size) : Buffer.alloc(0);
	const central = Buffer.concat([word(0x02014b50), Buffer.from([20, 0]), facts(true), Buffer.alloc(14), Buffer.from(name)]);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(central.length, 12);
	end.writeUInt32LE(local.length + after.length, 16);
	return Buffer.concat([local, after, central, end]);
}
