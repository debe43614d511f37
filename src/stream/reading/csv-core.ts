// The CSV parser: text in blocks of any size in, records out. It knows nothing of files and streams.
import { detached } from '../../base/index.js';
import type { RecordEvents, TextParser } from './line-core.js';

const quoteCode = 34;
const lfCode = 10;
const crCode = 13;

/** Below this many characters an unfinished record is parsed again with each block; above, when it has doubled: linear time. */
const patience = 1 << 20;

/**
 * Splits CSV text into records of fields (RFC 4180). A record ends with LF, CRLF or CR, empty lines are passed over, and a quote
 * inside an unquoted field stands for itself. The record of a fault is left out, and reading goes on in the line after it.
 */
export class CsvParser implements TextParser {
	readonly #events: RecordEvents<string[]>;
	readonly #delimiter: string;
	/** The code of the quote; -1 where quotes are text. */
	readonly #quote: number;
	readonly #maxRecord: number;
	#pending: string[] = [];
	#size = 0;
	#wanted = 0;
	#text = '';
	#final = false;
	/** Physical line of the position reached. */
	#line = 1;
	/** A CR at the end of the last block ended a record: an LF that follows belongs to it. */
	#afterCr = false;
	/** After a fault: passing over a quoted field, or over the rest of the line. */
	#skipping: 'quoted' | 'line' | undefined;
	// The next of each in the text, searched for only when passed, so that the text is scanned once for each.
	#nextDelimiter = -1;
	#nextLf = -1;
	#nextCr = -1;

	constructor(
		events: RecordEvents<string[]>,
		{ delimiter = ',', quotes = true, maxRecord = 64e6 }: { delimiter?: string; quotes?: boolean; maxRecord?: number } = {},
	) {
		this.#events = events;
		this.#delimiter = delimiter;
		this.#quote = quotes ? quoteCode : -1;
		this.#maxRecord = maxRecord;
	}

	push(block: string): void {
		this.#pending.push(block);
		this.#size += block.length;
		if (this.#size >= this.#wanted) this.#parse();
	}

	end(): void {
		this.#final = true;
		this.#parse();
	}

	#parse(): void {
		const text = this.#pending.join('');
		this.#text = text;
		this.#nextDelimiter = this.#nextLf = this.#nextCr = -1;
		let start = 0;
		if (this.#afterCr && text !== '') {
			this.#afterCr = false;
			if (text.charCodeAt(0) === lfCode) start = 1;
		}
		while (start < text.length) {
			const next = this.#skipping ? this.#skip(start) : this.#record(start);
			if (next === start) break;
			start = next;
		}
		const rest = text.slice(start);
		this.#pending = [rest];
		this.#size = rest.length;
		this.#wanted = rest.length < patience ? 0 : Math.min(2 * rest.length, this.#maxRecord + 1);
		this.#text = '';
	}

	/** Reads one record and returns where the next begins: `start` itself when more text is needed. */
	#record(start: number): number {
		const text = this.#text;
		const delimiter = this.#delimiter.charCodeAt(0);
		const fields: string[] = [];
		let line = this.#line;
		let at = start;
		for (;;) {
			const begin = at;
			if (text.charCodeAt(at) === this.#quote) {
				const close = closingQuote(text, at + 1);
				if (!this.#certain(close)) return this.#unfinished(start, begin, line);
				const value = text.slice(at + 1, close);
				fields.push(value.includes('"') ? value.replaceAll('""', '"') : detached(value));
				at = close + 1;
				line += this.#breaks(begin, at);
			} else {
				if (this.#nextDelimiter < at) this.#nextDelimiter = find(text, this.#delimiter, at);
				at = Math.min(this.#nextDelimiter, this.#nextBreak(at));
				if (at === text.length && !this.#final) return this.#unfinished(start, begin, line);
				fields.push(detached(text.slice(begin, at)));
			}
			if (text.charCodeAt(at) !== delimiter) break;
			at++;
		}
		const first = this.#line;
		this.#line = line;
		if (at < text.length && text.charCodeAt(at) !== lfCode && text.charCodeAt(at) !== crCode) {
			this.#skipping = 'line';
			const expected = `expected ${JSON.stringify(this.#delimiter)} or the end of the line after a closing quote`;
			this.#events.fault(first, `${expected}, got ${JSON.stringify(text[at])}. Double the quotes that are part of the text.`);
			return at;
		}
		const next = this.#afterBreak(at);
		if (at - start > this.#maxRecord) this.#events.fault(first, tooLarge(this.#maxRecord));
		else if (at > start) this.#events.record(fields, first);
		return next;
	}

	/** The text ends inside the record that begins at `start`, in its field at `field`. */
	#unfinished(start: number, field: number, line: number): number {
		const quoted = this.#text.charCodeAt(field) === this.#quote;
		if (this.#text.length - start > this.#maxRecord) {
			this.#events.fault(this.#line, tooLarge(this.#maxRecord));
			this.#skipping = quoted ? 'quoted' : 'line';
			this.#line = line;
			return quoted ? field + 1 : field;
		}
		if (!this.#final) return start;
		this.#events.fault(line, 'expected a closing quote, got the end of the file. Close the quote that this line opens.');
		return this.#text.length;
	}

	/** Passes over a record that was a fault; returns where to go on. */
	#skip(start: number): number {
		const { length } = this.#text;
		if (this.#skipping === 'line') {
			const end = this.#nextBreak(start);
			if (end === length) return length;
			this.#skipping = undefined;
			return this.#afterBreak(end);
		}
		const close = closingQuote(this.#text, start);
		const closed = this.#certain(close);
		if (closed) this.#skipping = 'line';
		// A quote or a CR at the very end waits for what follows it.
		const end = close >= 0 ? close : this.#text.endsWith('\r') && !this.#final ? length - 1 : length;
		this.#line += this.#breaks(start, end);
		return closed ? end + 1 : end;
	}

	/** Whether a closing quote was found, and is not the last character of a block, which could be the first of two. */
	#certain(close: number): boolean {
		return close >= 0 && (close + 1 < this.#text.length || this.#final);
	}

	/** Where the next line break is; the length of the text if there is none. */
	#nextBreak(at: number): number {
		if (this.#nextLf < at) this.#nextLf = find(this.#text, '\n', at);
		if (this.#nextCr < at) this.#nextCr = find(this.#text, '\r', at);
		return Math.min(this.#nextLf, this.#nextCr);
	}

	/** Passes the line break at `at`, if one is there. */
	#afterBreak(at: number): number {
		const { length } = this.#text;
		if (at === length) return length;
		this.#line++;
		if (this.#text.charCodeAt(at) === lfCode) return at + 1;
		if (at + 1 === length) this.#afterCr = true;
		return this.#text.charCodeAt(at + 1) === lfCode ? at + 2 : at + 1;
	}

	/** How many line breaks there are between two positions. */
	#breaks(from: number, to: number): number {
		if (this.#nextBreak(from) >= to) return 0;
		return this.#text.slice(from, to).match(/\r\n?|\n/g)!.length;
	}
}

function find(text: string, what: string, from: number): number {
	const at = text.indexOf(what, from);
	return at < 0 ? text.length : at;
}

/** The first quote from `from` on that is not doubled; negative if there is none. */
function closingQuote(text: string, from: number): number {
	let at = text.indexOf('"', from);
	while (at >= 0 && text.charCodeAt(at + 1) === quoteCode) at = text.indexOf('"', at + 2);
	return at;
}

function tooLarge(maxRecord: number): string {
	return `expected a record of at most ${maxRecord} characters, got a larger one. Look for a quote that is not closed, or raise maxRecord.`;
}
