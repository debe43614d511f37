// The words of a text as numbers, in a temporary file: documents are read once, however many passes there are, and memory grows with the words that differ.
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detached } from '../../base/index.js';
import { addToken, findToken, hashOf, type TokenTable, tokenTable } from '../../features/terms/token-table.js';
import { checkOf, documents, each, type Source } from '../../stream/index.js';

/** Halves of characters that stand alone become U+FFFD: files of vectors are UTF-8. */
const surrogate = /[\ud800-\udfff]/;

/** What ends a sentence. */
const end = -1;

/** The words of a text. */
export interface Corpus {
	/** Each word that is known at the end, its number, and how often it was seen. */
	readonly words: readonly string[];
	readonly numbers: Int32Array;
	readonly counts: Float64Array;
	/** Numbers are below it: those of words that were forgotten stay free. */
	readonly limit: number;
	/** Words in all. */
	readonly total: number;
	/** Where each block of the file begins, and the end: in numbers, and in words. */
	readonly starts: Float64Array;
	readonly wordStarts: Float64Array;
	/** The open file. */
	readonly file: number;
	close(): Promise<void>;
}

/** How a text is read. */
export interface ReadCorpusOptions {
	readonly who: string;
	/** Numbers in a block, those that end sentences included. */
	readonly block: number;
	readonly maxVocabSize: number;
	readonly signal?: AbortSignal | undefined;
	readonly onDocuments?: ((progress: { readonly documents: number }) => void) | undefined;
}

/** Reads the documents. The file is gone when it is closed, or, where open files need no name, when the process ends, however it does. */
export async function readCorpus(docs: Source<{ tokens: string[] }>, options: ReadCorpusOptions): Promise<Corpus> {
	const { who, block, signal, onDocuments } = options;
	const check = checkOf(who, { tokens: 'texts' });
	const { file, close } = await openTemporary().catch((error) => Promise.reject(noRoom(who, error)));
	try {
		const counting = startCounting(options.maxVocabSize);
		const starts = [0];
		const wordStarts = [0];
		const [numbers, held] = [new Int32Array(block), { length: 0, words: 0 }];
		const flush = async () => {
			if (held.words > 0) {
				const bytes = new Uint8Array(numbers.buffer, 0, held.length * 4);
				await file.writeFile(bytes).catch((error) => Promise.reject(noRoom(who, error)));
				starts.push(starts.at(-1)! + held.length);
				wordStarts.push(wordStarts.at(-1)! + held.words);
			}
			held.length = held.words = 0;
		};
		let read = 0;
		for await (const chunk of documents(docs, who).chunks()) {
			signal?.throwIfAborted();
			each(who, chunk, read, check);
			for (const { tokens } of chunk) {
				// A sentence that does not fit begins a block of its own.
				if (held.length + tokens.length >= block) await flush();
				for (const token of tokens) {
					if (held.length === block) await flush();
					numbers[held.length++] = counting.add(surrogate.test(token) ? Buffer.from(token).toString() : token);
					held.words++;
				}
				if (held.length < block) numbers[held.length++] = end;
			}
			read += chunk.length;
			onDocuments?.({ documents: read });
		}
		await flush();
		const sums = { total: wordStarts.at(-1)!, starts: Float64Array.from(starts), wordStarts: Float64Array.from(wordStarts) };
		return { ...counting.counted(), ...sums, file: file.fd, close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function openTemporary(): Promise<{ readonly file: FileHandle; readonly close: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'textloom-'));
	const remove = () => rm(folder, { recursive: true, force: true });
	try {
		const file = await open(join(folder, 'words'), 'wx+');
		if (process.platform !== 'win32') await remove();
		const close = async () => {
			await file.close();
			await remove();
		};
		return { file, close };
	} catch (error) {
		await remove();
		throw error;
	}
}

const noRoom = (who: string, cause: Error) =>
	new Error(`${who}: expected a temporary file in ${tmpdir()}, 4 bytes a word, got: ${cause.message}. Make room, or set TMPDIR.`, {
		cause,
	});

/** Counts words, and gives each a number. Above the limit those that were seen least are forgotten, as gensim does (`prune_vocab`). */
function startCounting(limit: number) {
	let table: TokenTable = tokenTable();
	let counts = new Float64Array(1024);
	let next = 0;
	let reduce = 1;
	const forget = () => {
		const smaller = tokenTable();
		for (const [place, name] of table.names.entries()) {
			if (counts[table.ids[place]!]! > reduce) addToken(smaller, name, table.hashes[place]!, table.ids[place]!);
			else counts[table.ids[place]!] = 0;
		}
		table = smaller;
		reduce++;
	};
	return {
		add(token: string): number {
			const hash = hashOf(token);
			const place = findToken(table, token, hash);
			if (place >= 0) {
				const number = table.ids[place]!;
				counts[number]!++;
				return number;
			}
			if (table.names.length >= limit) forget();
			if (next === counts.length) {
				const longer = new Float64Array(2 * counts.length);
				longer.set(counts);
				counts = longer;
			}
			addToken(table, detached(token), hash, next);
			counts[next] = 1;
			return next++;
		},
		counted() {
			const numbers = table.ids.slice(0, table.names.length);
			return { words: table.names, numbers, counts: Float64Array.from(numbers, (number) => counts[number]!), limit: next };
		},
	};
}
