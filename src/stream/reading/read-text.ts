// The one reader at the boundary: a file or stdin, plain or gzip, as blocks of text.
import { isUtf8 } from 'node:buffer';
import { argumentOf, DataError, is, type Kinds, optionsOf } from '../../base/index.js';
import { fileName, readBytes } from './read-bytes.js';

/** How `readText` reads. */
export interface ReadTextOptions {
	/** The encoding, as `TextDecoder` names it: `latin1`, `gb18030`, `utf-16le` …; a byte order mark is stronger. Default: UTF-8, or UTF-16 where the first bytes say so. */
	readonly encoding?: string;
	/** Bytes that are not of the encoding: `replace` puts U+FFFD in their place, `throw` refuses the file. Default `replace`. */
	readonly invalidUtf8?: 'replace' | 'throw';
	/** Its `replaced` grows by the number of U+FFFD put in; in encodings other than UTF-8 by those that the file has itself, too. */
	readonly counts?: { replaced: number };
	/** Stops the reading; the iteration throws its reason. */
	readonly signal?: AbortSignal;
	/** The name that begins messages. Default `readText`. */
	readonly who?: string;
}

const kinds: Kinds<ReadTextOptions> = {
	encoding: is.encoding,
	invalidUtf8: is.one('replace', 'throw'),
	counts: is.object,
	signal: is.signal,
	who: is.text,
};

/**
 * Yields the text of a file in blocks of about 256 KB, never cut inside a character. Gzip is unpacked (known by its first
 * bytes, not by the file's name), a byte order mark is left out; UTF-16 is known by its mark or by its zeros. The path `-` is stdin, which
 * can be read once only. Ending the iteration closes the file.
 *
 * @throws DataError for a file that cannot be read or changes while it is, damaged gzip, and for bytes that are not of the encoding if asked to.
 */
export async function* readText(path: string, options: ReadTextOptions = {}): AsyncGenerator<string> {
	argumentOf('readText', 'path', path, is.name);
	const { invalidUtf8 = 'replace', counts, signal, who = 'readText', encoding } = optionsOf('readText', options, kinds);
	signal?.throwIfAborted();
	const place = { file: fileName(path), refuse: invalidUtf8 === 'throw', counts };
	let decoder: Decoder | undefined;
	let begun = false;
	for await (const block of readBytes(path, who, signal)) {
		signal?.throwIfAborted();
		decoder ??= decoderOf(markOf(block) ?? encoding ?? guessed(block), place);
		const text = decoder.decode(block);
		if (text === '') continue;
		const rest = !begun && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
		begun = true;
		if (rest !== '') yield rest;
	}
	const last = decoder?.end() ?? '';
	if (last !== '') yield last;
}

/** Bytes to text, block by block. */
interface Decoder {
	decode(block: Buffer): string;
	/** What is left of a last character. */
	end(): string;
}

interface Place {
	readonly file: string;
	/** Whether bytes that are not of the encoding are an error. */
	readonly refuse: boolean;
	readonly counts: { replaced: number } | undefined;
}

/** The encoding that a byte order mark tells: it is right where a name says something else. */
function markOf([a, b, c]: Buffer): string | undefined {
	if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
	if (a === 0xff && b === 0xfe) return 'utf-16le';
	return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

/** UTF-8, or UTF-16 where the first bytes are two of its Latin characters. */
function guessed([a, b, c, d]: Buffer): string {
	if (d === undefined) return 'utf-8';
	if (!b && !d && a && c) return 'utf-16le';
	return !a && !c && b && d ? 'utf-16be' : 'utf-8';
}

const decoderOf = (encoding: string, place: Place) => (/^utf-?8$/i.test(encoding) ? utf8(place) : other(encoding, place));

function utf8({ file, refuse, counts }: Place): Decoder {
	let line = 1;
	let carry: Buffer | undefined;
	const decode = (bytes: Buffer): string => {
		const valid = isUtf8(bytes);
		if (refuse) {
			line += goodLines(bytes, valid);
			if (!valid) {
				const next = "Name the file's encoding, such as encoding: 'latin1', or set invalidUtf8: 'replace'.";
				throw new DataError(`expected UTF-8, got bytes that are not. ${next}`, { file, line });
			}
		}
		const text = bytes.toString('utf8');
		if (!valid && counts) counts.replaced += replaced(bytes, text);
		return text;
	};
	return {
		decode(block) {
			const bytes = carry ? Buffer.concat([carry, block]) : block;
			const end = wholeCharacters(bytes);
			carry = end < bytes.length ? bytes.subarray(end) : undefined;
			return end === 0 ? '' : decode(bytes.subarray(0, end));
		},
		end: () => (carry ? decode(carry) : ''),
	};
}

function other(encoding: string, { file, refuse, counts }: Place): Decoder {
	const decoder = new TextDecoder(encoding, { fatal: refuse });
	let line = 1;
	const decode = (block?: Buffer) => {
		try {
			const text = decoder.decode(block, { stream: block !== undefined });
			for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
			if (counts) for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) counts.replaced++;
			return text;
		} catch (cause) {
			throw new DataError(`expected ${encoding}, got bytes that are not, in the lines from here on. Name another encoding.`, {
				file,
				line,
				cause,
			});
		}
	};
	return { decode, end: () => decode() };
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
