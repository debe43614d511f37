// What all sinks share: documents as text, into a file (whole or not at all), a stream or stdout, as fast as it takes them.
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { argumentOf, is, type Kind, type Kinds, writeAtomic } from '../../base/index.js';
import { type SinkSpec, withSpec } from '../data-spec.js';
import { documents, type Source } from '../documents.js';
import type { Format } from '../formats.js';
import { type Own, own } from '../own.js';

/** Where documents go: the path of a file, `-` or `process.stdout` for stdout, or another stream, which is ended. */
export type Target = string | Writable;

/** What every sink takes. */
export interface SinkOptions {
	/** Whether to pack what is written. Default: if the file's name ends with `.gz`. */
	readonly gzip?: boolean;
	/** Ends the writing; the promise is rejected with its reason. */
	readonly signal?: AbortSignal;
}

/** The kinds of these options. */
export const sinkKinds: Kinds<SinkOptions> = { gzip: is.flag, signal: is.signal };

/** Writes documents; returns how many. */
export interface Sink<D> {
	(docs: Source<D>): Promise<number>;
	/** What is written where, as plain JSON: set where the target is a path and the options are data. */
	readonly spec?: SinkSpec;
}

/** How a sink of textloom's own is known and made. */
export interface SinkForm<Name extends string = string, Extension extends string = string> extends Format<Name, Extension> {
	readonly make: (target: Target, options: object) => Sink<object>;
}

/** A function that makes sinks of textloom's own. */
export type OwnSink<Name extends string = string, Extension extends string = string> = Own<'sink', SinkForm<Name, Extension>>;

/** Marks a function as one that makes sinks of textloom's own, for files of the format whose names have one of these endings. */
export function ownSink<
	F extends (target: Target, options: never) => Sink<never>,
	const Name extends string,
	const Extension extends string,
>(format: Name, extensions: readonly Extension[], make: F): F & OwnSink<Name, Extension> {
	return own(make, 'sink', { format, extensions, make: make as unknown as SinkForm['make'] });
}

/** What a target is. */
export const targetKind: Kind = {
	expected: "a path, '-' or a stream",
	fits: (value) => is.name.fits(value) || typeof (value as Writable | undefined)?.write === 'function',
	next: 'Say where to write.',
};

/** The text of documents: what goes first, each of them, counted from 0, and what goes last. */
export interface TextForm<D> {
	readonly head?: string;
	readonly line: (doc: D, index: number) => string;
	readonly tail?: string;
}

/** What is said of a sink. */
export interface SinkDescription<D> {
	/** The function that makes it, for messages. */
	readonly who: string;
	readonly format: string;
	readonly target: Target;
	/** All options, defaults written out. */
	readonly options: SinkOptions & object;
	/** Begins a text. */
	readonly start: () => TextForm<D>;
}

/** Makes a sink of text. A file takes its name when all is written; what was there stays when anything fails. */
export function textSink<D>({ who, format, target, options, start }: SinkDescription<D>): Sink<D> {
	argumentOf(who, 'target', target, targetKind);
	const { gzip = typeof target === 'string' && target.endsWith('.gz'), signal, ...own } = options;
	const sink = (docs: Source<D>) => writeDocuments(who, docs, target, { gzip, ...(signal && { signal }) }, start());
	const why = typeof target === 'string' ? undefined : 'one that writes into a stream';
	const spec = { sink: format, target: String(target), options: { ...own, gzip } } as SinkSpec;
	return withSpec(sink, spec, why);
}

/** Characters that are written together. */
const blockSize = 64 * 1024;

async function writeDocuments<D>(
	who: string,
	source: Source<D>,
	target: Target,
	{ gzip, signal }: SinkOptions,
	{ head = '', line, tail = '' }: TextForm<D>,
): Promise<number> {
	const docs = documents(source, who);
	signal?.throwIfAborted();
	let written = 0;
	/** An error of the documents, which is not one of writing. */
	let failure: { error: unknown } | undefined;
	const blocks = async function* () {
		let text = head;
		try {
			for await (const chunk of docs.chunks()) {
				for (const doc of chunk) {
					signal?.throwIfAborted();
					text += line(doc, written++);
					if (text.length < blockSize) continue;
					yield Buffer.from(text);
					text = '';
				}
			}
		} catch (error) {
			failure = { error };
			throw error;
		}
		text += tail;
		if (text !== '') yield Buffer.from(text);
	};
	const bytes = gzip ? gzipped(blocks()) : blocks();
	try {
		if (typeof target === 'string' && target !== '-') await writeAtomic(target, bytes);
		else await send(who, bytes, target);
	} catch (error) {
		throw failure ? failure.error : error;
	}
	return written;
}

/** Bytes as gzip. */
export async function* gzipped(bytes: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
	const zip = createGzip();
	const done = pipeline(bytes, zip).catch((error) => zip.destroy(error));
	try {
		yield* zip as AsyncIterable<Buffer>;
	} finally {
		zip.destroy();
		await done;
	}
}

async function send(who: string, bytes: AsyncIterable<Buffer>, target: Target): Promise<void> {
	// Ended, stdout would swallow what is printed later.
	const stdout = typeof target === 'string' || target === process.stdout;
	try {
		if (stdout) await toStdout(bytes);
		else await pipeline(bytes, target as Writable);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code !== 'EPIPE' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
		throw new Error(
			`${who}: expected ${stdout ? 'stdout' : 'a stream'} to take all documents, got its end before${stdout ? ' (a reader such as head went away). Catch this error, or write to a file.' : '. Keep it open.'}`,
			{
				cause: error,
			},
		);
	}
}

/** Stdout is never ended; a pipeline to it would leave its listeners there. */
async function toStdout(bytes: AsyncIterable<Buffer>): Promise<void> {
	// The callback of `write` tells of errors, but the event would end the process. After an error it may still come.
	const ignore = () => {};
	process.stdout.on('error', ignore);
	await pipeline(bytes, new Writable({ write: (block, _, done) => process.stdout.write(block, done) }));
	process.stdout.off('error', ignore);
}

/** The kind of a value, for messages. */
export function kindOf(value: unknown): string {
	if (value === null || value === undefined) return String(value);
	return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
