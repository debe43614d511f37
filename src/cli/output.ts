// Writing to the terminal: lines to stdout, and a progress bar to stderr where somebody looks.
import { once } from 'node:events';
import { Writable } from 'node:stream';

/** Why stdout takes no more: its reader went away, its disk is full. Set by the stream, thrown by `print`. */
let failure: OutputError | undefined;

/** Nothing more can be written to stdout. A reader that goes away, as `head` does, is no error: `quiet`. */
export class OutputError extends Error {
	override readonly name = 'OutputError';
	readonly quiet: boolean;

	constructor({ code, message }: NodeJS.ErrnoException) {
		super(`expected to write to stdout, got: ${message}. Make room, or write elsewhere.`);
		this.quiet = code === 'EPIPE';
	}
}

process.stdout.on('error', (error) => {
	failure ??= new OutputError(error);
});

/**
 * Writes a line to stdout; waits while the reader is behind. Throws an OutputError where there is no reader any more: commands end
 * by it and not by `process.exit`, which aborts while ONNX Runtime is at work in another thread.
 */
export async function print(line = ''): Promise<void> {
	if (failure) throw failure;
	if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain').catch(() => {});
	if (failure) throw failure;
}

/** A stream whose blocks of lines are printed. */
export function printed(): Writable {
	return new Writable({
		write(block: Buffer, _, done) {
			print(block.toString().replace(/\n$/, '')).then(() => done(), done);
		},
	});
}

/** Waits until everything is written; throws an OutputError where that failed. */
export async function flush(): Promise<void> {
	await new Promise<unknown>((resolve) => process.stdout.write('', resolve));
	if (failure) throw failure;
}

/** Where a command's result goes. */
export interface Output {
	print(line?: string): Promise<void>;
	/** Writes the file. */
	done(): Promise<void>;
}

/** Lines for a file, which is written whole or not at all, or for stdout. */
export function openOutput(file: string | undefined): Output {
	if (file === undefined) return { print, done: async () => {} };
	const lines: string[] = [];
	return {
		async print(line = '') {
			lines.push(`${line}\n`);
		},
		async done() {
			const { writeAtomic } = await import('../base/index.js');
			await writeAtomic(file, lines.join(''));
		},
	};
}

/** A line that is written again and again on a terminal, and not at all elsewhere. */
export class ProgressLine {
	#last = 0;
	#shown = false;
	readonly #stream = process.stderr;

	/** Shows a line, ten times a second at most; what makes it may heed how many columns there are. */
	show(line: (columns: number) => string): void {
		if (!this.#stream.isTTY) return;
		const now = performance.now();
		if (now - this.#last < 100) return;
		this.#last = now;
		this.#shown = true;
		const columns = this.#stream.columns || 80;
		this.#stream.write(`\r\x1b[2K${line(columns).slice(0, columns - 1)}`);
	}

	/** Takes the line away. */
	clear(): void {
		if (this.#shown) this.#stream.write('\r\x1b[2K');
		this.#shown = false;
	}
}

/** `[======>     ]` for a share from 0 to 1. */
export function bar(share: number, width = 24): string {
	const filled = Math.round(Math.min(Math.max(share, 0), 1) * width);
	return `[${'='.repeat(filled)}${filled < width ? '>' : ''}${' '.repeat(Math.max(width - filled - 1, 0))}]`;
}

/** A count with thousands set apart. */
export function count(number: number): string {
	return Math.round(number).toLocaleString('en');
}

/** `1 text`, `2 texts`. */
export function some(number: number, what: string): string {
	return `${count(number)} ${what}${number === 1 ? '' : 's'}`;
}

/** That bytes were not of the encoding, and what may be done about it; nothing where none were. */
export function replacedNote(replaced: number, encoding: string | undefined): string | false {
	if (replaced === 0) return false;
	if (encoding !== undefined) return `${some(replaced, 'sequence')} replaced that ${replaced === 1 ? 'is' : 'are'} no ${encoding}`;
	return `${some(replaced, 'invalid UTF-8 sequence')} replaced (files in another encoding: --encoding latin1)`;
}

/** What was read, to stderr: how many texts, in how long, and what of them was replaced. */
export function sayRead(
	{ replaced }: { readonly replaced: number },
	{ texts, start, encoding }: { readonly texts: number; readonly start: number; readonly encoding: string | undefined },
): void {
	const time = `${some(texts, 'text')} in ${((performance.now() - start) / 1000).toFixed(1)} s`;
	process.stderr.write(`${[time, replacedNote(replaced, encoding)].filter(Boolean).join(', ')}\n`);
}

/** A share as a percentage with one decimal. */
export function percent(share: number): string {
	return `${(100 * share).toFixed(1)}%`;
}

/** The beginning of a text in one line. */
export function excerpt(text: string, length = 70): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** An argument as a shell takes it. */
export function shellWord(word: string): string {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
