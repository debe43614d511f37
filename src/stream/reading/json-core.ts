// The elements of one array in a JSON text of any size: text in blocks in, values out. It knows nothing of files and streams.
import { Assembler } from 'stream-json/core/assembler.js';
import { jsonParser, type parser } from 'stream-json/core/parser.js';
import { detached, type Json } from '../../base/index.js';
import type { RecordEvents, TextParser } from './line-core.js';

/** What the parser of JSON tells. */
export interface JsonEvents extends RecordEvents<Json> {
	/** The text is not JSON, or the array is not there: nothing more can be read. */
	fail(line: number, reason: string, cause?: unknown): never;
}

/** Deeper values overflow the stack of what reads them later (`structuredClone`, `JSON.stringify`). */
const maxDepth = 1000;

/** Refused even in what is passed over, because each open bracket costs memory. */
const maxNesting = 1_000_000;

/** Text is parsed in pieces of at most so many characters: a mistake loses the elements that end in its piece. */
const pieceSize = 64 * 1024;

/** An open array or object that the path leads through. */
interface Parent {
	readonly array: boolean;
	/** Of the value that comes next. */
	key: string;
	index: number;
}

/** Reads the array that `path` leads to, key by key; the place in an array counts as a key. */
export class JsonElements implements TextParser {
	readonly #events: JsonEvents;
	readonly #path: readonly string[];
	readonly #maxRecord: number;
	readonly #parse = jsonParser({ packValues: false, streamValues: true });
	/** Those that are open on the way to the array, and the array. */
	readonly #parents: Parent[] = [];
	/** How many arrays and objects are open. */
	#depth = 0;
	/** Whether the path leads through the value that begins. */
	#onWay = false;
	/** The element that is open; `built` is missing when it was a fault. */
	#element: { line: number; size: number; built: Assembler<Json> | undefined } | undefined;
	/** Parts of the open string, number or key. */
	#text = '';
	#line = 1;
	#found = false;
	#ended = false;

	constructor(events: JsonEvents, { path = [], maxRecord = 64e6 }: { path?: readonly string[]; maxRecord?: number } = {}) {
		this.#events = events;
		this.#path = path;
		this.#maxRecord = maxRecord;
	}

	/** The place of the last element that began, from 1. */
	get element(): number {
		return this.#parents[this.#path.length]?.index ?? 0;
	}

	// Tokens do not know their line, but those of a piece are on its line.
	push(block: string): void {
		for (let start = 0; start < block.length; ) {
			const next = block.indexOf('\n', start) + 1 || block.length;
			const end = Math.min(next, start + pieceSize);
			this.#feed(block.slice(start, end));
			if (block.charCodeAt(end - 1) === 10) this.#line++;
			start = end;
		}
	}

	end(): void {
		if (!this.#ended) this.#fail('expected the end of the JSON text, got the end of the file. It is cut off, or a bracket is not closed.');
		if (!this.#found) this.#fail(`expected an array ${this.#place()}, got nothing there. Check the path.`);
	}

	#feed(piece: string): void {
		let tokens: readonly parser.Token[];
		try {
			const result = this.#parse(piece);
			tokens = typeof result === 'object' && 'values' in result ? result.values : [];
		} catch (error) {
			const reason = (error as Error).message.replace(/^Parser (cannot parse input: |has )/, '');
			this.#fail(`expected JSON, got a mistake in it (${reason}). Correct the file; for one object a line use jsonl.`, error);
		}
		for (const token of tokens) this.#take(token);
	}

	#take(token: parser.Token): void {
		switch (token.name) {
			case 'startObject':
			case 'startArray':
				this.#begin(token.name === 'startArray' ? 'an array' : 'an object');
				this.#open(token);
				break;
			case 'endObject':
			case 'endArray':
				this.#depth--;
				this.#build(token);
				if (this.#depth < this.#parents.length) this.#parents.pop();
				this.#ended = this.#depth === 0;
				break;
			case 'startString':
			case 'startNumber':
				this.#begin(token.name === 'startString' ? 'a text' : 'a number');
				this.#text = '';
				break;
			case 'startKey':
				this.#text = '';
				break;
			case 'stringChunk':
			case 'numberChunk':
				this.#hold(token.value);
				break;
			case 'endKey':
				if (this.#element) this.#element.built?.consume({ name: 'keyValue', value: this.#text });
				else if (this.#depth === this.#parents.length) this.#parents[this.#depth - 1]!.key = this.#text;
				break;
			case 'endString':
				this.#build({ name: 'stringValue', value: detached(this.#text) });
				break;
			case 'endNumber':
				this.#build({ name: 'numberValue', value: this.#text });
				break;
			case 'trueValue':
			case 'falseValue':
			case 'nullValue':
				this.#begin(String(token.value));
				this.#build(token);
		}
	}

	/** A value begins: an element, or one that the path leads through or does not. */
	#begin(kind: string): void {
		if (this.#element || this.#depth > this.#parents.length) return;
		const parent = this.#parents.at(-1);
		const key = parent?.array ? String(parent.index) : parent?.key;
		if (parent) parent.index++;
		const level = this.#parents.length;
		if (level > this.#path.length) {
			this.#element = { line: this.#line, size: 0, built: new Assembler() };
			return;
		}
		this.#onWay = level === 0 || key === this.#path[level - 1];
		if (!this.#onWay || kind === 'an array' || (kind === 'an object' && level < this.#path.length)) return;
		const hint = level === 0 ? 'Name the path of the array, json(file, { path }); for one object a line use jsonl.' : 'Check the path.';
		this.#fail(`expected an array ${this.#place()}, got ${kind}${level < this.#path.length ? ' on the way there' : ''}. ${hint}`);
	}

	#open(token: parser.Token): void {
		this.#depth++;
		if (this.#depth > maxNesting) this.#fail(tooDeep);
		if (this.#onWay) {
			this.#onWay = false;
			this.#parents.push({ array: token.name === 'startArray', key: '', index: 0 });
			if (this.#parents.length > this.#path.length) this.#found = true;
		} else if (this.#element?.built) {
			this.#element.built.consume(token);
			if (this.#depth - this.#parents.length > maxDepth) this.#refuse(tooDeep);
			else this.#grow(1);
		}
	}

	/** Takes part of a string, number or key, if anyone will want it. */
	#hold(part: string): void {
		if (this.#element) {
			this.#grow(part.length);
			if (this.#element.built) this.#text += part;
		} else if (this.#depth === this.#parents.length && this.#text.length < this.#maxRecord) this.#text += part;
	}

	#grow(by: number): void {
		this.#element!.size += by;
		if (this.#element!.size <= this.#maxRecord) return;
		this.#refuse(`expected a value of at most ${this.#maxRecord} characters, got a larger one. Check the path, or raise maxRecord.`);
	}

	/** What is left of the element is passed over. */
	#refuse(reason: string): void {
		if (!this.#element!.built) return;
		this.#element!.built = undefined;
		this.#text = '';
		this.#events.fault(this.#element!.line, reason);
	}

	/** A value has ended, perhaps the element. */
	#build(token: parser.Token): void {
		const element = this.#element;
		if (!element) return;
		element.built?.consume(token);
		if (this.#depth > this.#parents.length) return;
		this.#element = undefined;
		if (element.built) this.#events.record(element.built.current!, element.line);
	}

	#place(): string {
		return this.#path.length === 0 ? 'at the top' : `at ${this.#path.join('.')}`;
	}

	#fail(reason: string, cause?: unknown): never {
		return this.#events.fail(this.#line, reason, cause);
	}
}

const tooDeep = `expected values nested at most ${maxDepth} deep, got deeper ones. Check that the file is what it should be.`;
