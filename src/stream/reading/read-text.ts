// The one reader at the boundary: a file or stdin, plain or gzip, as blocks of text.
import { isUtf8 } from 'node:buffer';
import { argumentOf, DataError, is, type Kinds, optionsOf } from '../../base/index.js';
import { fileName, readBytes } from './read-bytes.js';

/** How `readText` reads. */
export interface ReadTextOptions {
	/** Bytes that are not UTF-8: `replace` puts U+FFFD in their place, `throw` refuses the file. Default `replace`. */
	readonly invalidUtf8?: 'replace' | 'throw';
	/** Its `replaced` grows by the number of U+FFFD put in. */
	readonly counts?: { replaced: number };
	/** Stops the reading; the iteration throws its reason. */
	readonly signal?: AbortSignal;
	/** The name that begins messages. Default `readText`. */
	readonly who?: string;
}

const kinds: Kinds<ReadTextOptions> = { invalidUtf8: is.one('replace', 'throw'), counts: is.object, signal: is.signal, who: is.text };

/**
 * Yields the text of a file in blocks of about 256 KB, never cut inside a character. Gzip is unpacked (known by its first
 * bytes, not by the file's name), a byte order mark is left out. The path `-` is stdin, which can be read once only.
 * Ending the iteration closes the file.
 *
 * @throws DataError for a file that cannot be read or changes while it is, damaged gzip, UTF-16, and for bytes that are not UTF-8 if asked to.
 */
export async function* readText(path: string, options: ReadTextOptions = {}): AsyncGenerator<string> {
	argumentOf('readText', 'path', path, is.name);
	const { invalidUtf8 = 'replace', counts, signal, who = 'readText' } = optionsOf('readText', options, kinds);
	signal?.throwIfAborted();
	const file = fileName(path);
	let line = 1;
	const decode = (bytes: Buffer): string => {
		const valid = isUtf8(bytes);
		if (invalidUtf8 === 'throw') {
			line += goodLines(bytes, valid);
			if (!valid) {
				throw new DataError('expected UTF-8, got bytes that are not. Convert the file with iconv, or set invalidUtf8: "replace".', {
					file,
					line,
				});
			}
		}
		const text = bytes.toString('utf8');
		if (!valid && counts) counts.replaced += replaced(bytes, text);
		return text;
	};
	let begun = false;
	let carry: Buffer | undefined;
	for await (const block of readBytes(path, who, signal)) {
		signal?.throwIfAborted();
		const bytes: Buffer = carry ? Buffer.concat([carry, block]) : block;
		const end = wholeCharacters(bytes);
		carry = end < bytes.length ? bytes.subarray(end) : undefined;
		if (end === 0) continue;
		const text = decode(bytes.subarray(0, end));
		if (begun) {
			yield text;
			continue;
		}
		begun = true;
		if (isUtf16(bytes)) {
			throw new DataError('expected UTF-8, got UTF-16. Convert the file: iconv -f UTF-16 -t UTF-8.', { file, line: 1 });
		}
		const rest = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
		if (rest !== '') yield rest;
	}
	if (carry) yield decode(carry);
}

/** Whether the bytes begin with the byte order mark of UTF-16, or with two of its Latin characters. */
function isUtf16(bytes: Buffer): boolean {
	const [a, b, c, d] = bytes;
	if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
	return d !== undefined && ((!a && !c && !!b && !!d) || (!b && !d && !!a && !!c));
}

/** Where the bytes of a last, unfinished character begin; the length if there is none. */
function wholeCharacters(bytes: Buffer): number {
	const { length } = bytes;
	for (let back = 1; back <= 3 && back <= length; back++) {
		const byte = bytes[length - back]!;
		if (byte < 0x80) return length;
		if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? length - back : length;
	}
	return length;
}

/** How many U+FFFD were put in: those in the text less those that the file has itself (EF BF BD, where EF always begins a character). */
function replaced(bytes: Buffer, text: string): number {
	let count = 0;
	for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count++;
	for (let at = bytes.indexOf('\ufffd'); at >= 0; at = bytes.indexOf('\ufffd', at + 3)) count--;
	return count;
}

/** Line breaks in the bytes; in bytes that are not valid, those before the first line that is not. */
function goodLines(bytes: Buffer, valid: boolean): number {
	let lines = 0;
	let start = 0;
	for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, start)) {
		if (!valid && !isUtf8(bytes.subarray(start, at))) break;
		lines++;
		start = at + 1;
	}
	return lines;
}
