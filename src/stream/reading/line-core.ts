// The line splitter: text in blocks of any size in, lines out. It knows nothing of files and streams.

/** What a parser of text offers. */
export interface TextParser {
	/** Takes the next block, of any size. */
	push(block: string): void;
	/** Says that no block follows. */
	end(): void;
}

/** What a parser tells. Lines are physical, from 1. The record of a fault is left out, and the parser goes on after it. */
export interface RecordEvents<R> {
	record(record: R, line: number): void;
	fault(line: number, reason: string): void;
}

/** Splits text into lines, which end with LF or CRLF; the last one may end with nothing. */
export class LineSplitter implements TextParser {
	readonly #events: RecordEvents<string>;
	readonly #maxRecord: number;
	/** Parts of a line whose end has not come yet. */
	#pending: string[] = [];
	#size = 0;
	#skipping = false;
	#line = 1;

	constructor(events: RecordEvents<string>, { maxRecord = 64e6 }: { maxRecord?: number } = {}) {
		this.#events = events;
		this.#maxRecord = maxRecord;
	}

	push(block: string): void {
		let start = 0;
		for (let end = block.indexOf('\n'); end >= 0; end = block.indexOf('\n', start)) {
			if (this.#pending.length > 0) {
				this.#hold(block.slice(start, end));
				this.#finish();
			} else this.#tell(block.slice(start, end));
			start = end + 1;
		}
		if (start < block.length) this.#hold(block.slice(start));
	}

	end(): void {
		if (this.#pending.length > 0) this.#finish();
	}

	#hold(part: string): void {
		this.#size += part.length;
		// Of a line that is too large only the length is kept.
		if (this.#size > this.#maxRecord) this.#skipping = true;
		if (this.#skipping) this.#pending = [''];
		else this.#pending.push(part);
	}

	#finish(): void {
		const text = this.#pending.join('');
		const skipped = this.#skipping;
		this.#pending = [];
		this.#size = 0;
		this.#skipping = false;
		if (skipped) this.#tooLarge();
		else this.#tell(text);
	}

	#tell(text: string): void {
		if (text.length > this.#maxRecord) this.#tooLarge();
		else this.#events.record(text.endsWith('\r') ? text.slice(0, -1) : text, this.#line++);
	}

	#tooLarge(): void {
		this.#events.fault(
			this.#line++,
			`expected a line of at most ${this.#maxRecord} characters, got a larger one. Check that the file is text with line breaks, or raise maxRecord.`,
		);
	}
}
