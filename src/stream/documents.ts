// A re-readable stream of documents. Inside, documents travel in chunks (arrays), so that a document costs nanoseconds of plumbing.

import { argumentOf, is } from '../base/index.js';
import type { SourceSpec } from './data-spec.js';

/** Anything that can be read as documents: an array, a source, a piped source, a generator. */
export type Source<D> = Iterable<D> | AsyncIterable<D>;

const chunked = Symbol('chunked');

/** A stream of documents that can be iterated again (unless it was made from something that cannot). */
export interface Documents<D> extends AsyncIterable<D> {
	/** The same documents in arrays, as they were read. */
	readonly chunks: () => AsyncIterable<D[]>;
	/** Whether a second iteration starts again from the first document. */
	readonly replayable: boolean;
	/** What is read, as plain JSON: set where a source whose options are data made the documents. */
	readonly spec?: SourceSpec;
	/** Set by `parallel`: has a learner's tally, or the one that `by` names, filled where the documents are made, in threads. `undefined` where that cannot be done. */
	readonly tally?: (learner: object, options?: object) => Promise<unknown[]> | undefined;
	readonly [chunked]: true;
}

/** Makes documents from a function that starts a new pass over their chunks. */
export function documentsFrom<D>(chunks: () => AsyncIterable<D[]>, replayable = true): Documents<D> {
	return {
		chunks,
		replayable,
		[chunked]: true,
		async *[Symbol.asyncIterator]() {
			for await (const chunk of chunks()) yield* chunk;
		},
	};
}

function isDocuments<D>(source: Source<D>): source is Documents<D> {
	return chunked in source;
}

/** Documents in a chunk that is put together: large enough to hide the cost of a step, small enough to stay in the cache. */
export const chunkSize = 256;

/** An array in chunks. */
export function* slices<D>(items: readonly D[]): Generator<D[]> {
	for (let start = 0; start < items.length; start += chunkSize) yield items.slice(start, start + chunkSize);
}

/** Documents from an array, an iterable or an async iterable; `who` is named in the error for what is none. Generators and streams, Node's and the web's, can be read once only. */
export function documents<D>(source: Source<D>, who = 'documents'): Documents<D> {
	argumentOf(who, 'source', source, is.source);
	if (isDocuments(source)) return source;
	if (Array.isArray(source)) {
		return documentsFrom(async function* () {
			yield* slices(source as readonly D[]);
		});
	}
	// A live stream must not wait for a full chunk: each document is its own.
	return documentsFrom(async function* () {
		for await (const item of source) yield [item];
	}, !isOneShot(source));
}

/**
 * What `work` makes of each chunk, the first document of which is number `first` of the stream; a chunk of which nothing is left is not handed on.
 * Each pass asks `start` for a `work` of its own, so that it may count.
 */
export function chunkwise<D, E>(
	docs: Documents<D>,
	start: () => (chunk: readonly D[], first: number) => readonly E[] | Promise<readonly E[]>,
): Documents<E> {
	return documentsFrom(async function* () {
		const work = start();
		let first = 0;
		for await (const chunk of docs.chunks()) {
			const done = await work(chunk, first);
			first += chunk.length;
			if (done.length > 0) yield done as E[];
		}
	}, docs.replayable);
}

/** Whether a source can be read once only: an iterator such as a generator, a stream of Node's or of the web. A look at its iterator would lock the latter. */
export function isOneShot(source: object): boolean {
	return ['next', 'pipe', 'getReader'].some((name) => typeof (source as Record<string, unknown>)[name] === 'function');
}

/** Documents that several passes can read; throws for a generator or a stream that would be empty the second time. */
export function replayable<D>(source: Source<D>, who: string): Documents<D> {
	const read = documents(source, who);
	if (!read.replayable) {
		throw new TypeError(
			`${who}: expected documents that can be read several times, got a generator or stream that can be read once. Pass an array, or a source such as csv(path).`,
		);
	}
	return read;
}

/** All documents in an array. For what fits in memory. */
export async function collect<D>(source: Source<D>): Promise<D[]> {
	const all: D[] = [];
	for await (const chunk of documents(source, 'collect').chunks()) for (const doc of chunk) all.push(doc);
	return all;
}
