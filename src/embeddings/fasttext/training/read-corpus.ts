// The text of a training: lines of a file in fastText's format, read by all threads, or documents with tokens and labels.
import { open } from 'node:fs/promises';
import { DataError, type Remote } from '../../../base/index.js';
import { checkOf, documents, each, type Source } from '../../../stream/index.js';
import { readBytes } from '../../../stream/reading/read-bytes.js';
import { fastTextHash } from '../hash.js';
import { type Chunk, ChunkWriter, type Corpus } from './corpus.js';
import { LineReader, type ReadPart } from './read-lines.js';
import { addTokens, TokenTable } from './token-table.js';
import type { TrainerHandlers } from './trainer-worker.js';

/** A document to learn from: its tokens, and its label or labels, without what labels begin with in a text. */
export interface LabelledTokens {
	tokens: readonly string[];
	label: string | readonly string[];
}

/** Reads a file: each thread the lines that begin in a part of it; a gzipped one by itself. */
export async function readFile(
	who: string,
	path: string,
	threads: readonly Remote<TrainerHandlers>[],
	signal: AbortSignal | undefined,
): Promise<Corpus> {
	if (await isPlain(path)) {
		const parts = await Promise.all(threads.map((thread, part) => thread.call('read', { path, part, parts: threads.length })));
		return together(parts, threads);
	}
	const reader = new LineReader();
	for await (const block of readBytes(path, who, signal)) reader.add(block);
	return reader.finish();
}

/** Whether a file can be read in parts. What cannot be read at all is left to the reader of all files, which says why. */
async function isPlain(path: string): Promise<boolean> {
	const file = await open(path).catch(() => undefined);
	if (!file) return false;
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(6), 0, 6, 0);
		const packed = [
			[0x1f, 0x8b],
			[0x50, 0x4b, 3, 4],
			[0x42, 0x5a, 0x68],
			[0xfd, 0x37],
			[0x28, 0xb5],
		];
		return (await file.stat()).isFile() && bytesRead > 0 && !packed.some((mark) => mark.every((byte, i) => buffer[i] === byte));
	} catch {
		return false;
	} finally {
		await file.close();
	}
}

/** One text of the parts: tokens are numbered as the first part and then the others met them. */
async function together(parts: readonly ReadPart[], threads: readonly Remote<TrainerHandlers>[]): Promise<Corpus> {
	if (parts.length === 1) return parts[0]!;
	const table = new TokenTable();
	await Promise.all(
		parts.map(({ chunks, list }, part) => {
			const numbers = addTokens(table, list);
			return part === 0 ? undefined : threads[part]!.call('renumber', { chunks, numbers });
		}),
	);
	return { chunks: parts.flatMap(({ chunks }) => chunks), list: table.list(), tokens: parts.reduce((sum, { tokens }) => sum + tokens, 0) };
}

const encoder = new TextEncoder();

/** The labels of a document. */
export function namesOf(who: string, label: string | readonly string[]): readonly string[] {
	if (typeof label === 'string') return [label];
	if (Array.isArray(label) && label.every((name) => typeof name === 'string')) return label;
	throw new TypeError(`${who}: expected label to be a text or an array of texts, got ${typeof label}. Add it before this stage.`);
}

/** What a document to learn from or to test with must have; its label is looked at by `namesOf`. */
export const labelledNeeds = { tokens: 'texts' } as const;

/** Reads documents; each is a line. */
export async function readDocuments(
	who: string,
	source: Source<LabelledTokens>,
	{ label: prefix }: { label: string },
	signal: AbortSignal | undefined,
): Promise<Corpus> {
	const check = checkOf(who, labelledNeeds);
	const table = new TokenTable();
	const writer = new ChunkWriter();
	const numbers = new Map<string, number>();
	const add = (text: string) => {
		let number = numbers.get(text);
		if (number === undefined) {
			const bytes = encoder.encode(text);
			number = table.add(bytes, 0, bytes.length, fastTextHash(bytes), 0);
			numbers.set(text, number);
		}
		counts[number] = (counts[number] ?? 0) + 1;
		writer.add(number);
	};
	const counts: number[] = [];
	let read = 0;
	for await (const chunk of documents(source, who).chunks()) {
		signal?.throwIfAborted();
		each(who, chunk, read, (doc) => {
			check(doc);
			const { tokens, label } = doc;
			for (const name of namesOf(who, label)) add(prefix + name);
			for (const token of tokens) if (token !== '') add(token);
			writer.add(0);
			counts[0] = (counts[0] ?? 0) + 1;
		});
		read += chunk.length;
	}
	const chunks: readonly Chunk[] = writer.finish();
	const list = table.list();
	for (const [token, count] of counts.entries()) list.counts[token] = count ?? 0;
	if (chunks.length === 0) throw new DataError(`${who}: expected documents, got none. Check the source.`);
	return { chunks, list, tokens: writer.total };
}
