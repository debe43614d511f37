// The lines of a dictionary file: UTF-8, or the encoding that is named.
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DataError } from '../../base/index.js';

/** Reads a file, plain or gzip. Throws a DataError for one that cannot be read, or is of another encoding, which the message names where it can be told. */
export function readLines(who: string, path: string, encoding: string | undefined): string[] {
	return decoded(who, path, bytesOf(who, path), encoding).split('\n');
}

function bytesOf(who: string, path: string): Buffer {
	try {
		const bytes = readFileSync(path);
		return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
	} catch (error) {
		throw new DataError(
			`${who}: expected a dictionary file that can be read, got "${(error as Error).message}" for ${path}. Check the path.`,
			{ file: path, cause: error },
		);
	}
}

function decoded(who: string, path: string, bytes: Buffer, encoding: string | undefined): string {
	const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
	const name = marked ?? encoding ?? 'utf-8';
	if (name === 'utf-8' && isUtf8(bytes)) return bytes.toString();
	const text = decodedAs(bytes, name);
	if (text !== undefined) return text;
	const isGb = name !== 'gb18030' && decodedAs(bytes, 'gb18030') !== undefined;
	throw new DataError(
		`${who}: expected ${path} in ${name.toUpperCase()}, got bytes that are none${isGb ? ' but can be read as GB18030' : ''}. ${isGb ? "Pass encoding: 'gb18030'" : 'Pass its encoding'}, or save it as UTF-8.`,
		{ file: path },
	);
}

function decodedAs(bytes: Buffer, encoding: string): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
