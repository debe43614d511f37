// The small verbs: steps of a pipe that choose, pass or look at documents without changing them.
import { createHash } from 'node:crypto';
import { detached } from './detached.js';
import { type Documents, documents, documentsFrom, type Source } from './documents.js';
import { each, eachAsync } from './located.js';

/** A step that hands on what `work` makes of a chunk; a new pass gets a new `work`, so that it may count. */
function byChunk<D, E>(start: () => (chunk: D[], first: number) => E[]): (docs: Source<D>) => Documents<E> {
	return (source) => {
		const docs = documents(source);
		return documentsFrom(async function* () {
			const work = start();
			let first = 0;
			for await (const chunk of docs.chunks()) {
				const done = work(chunk, first);
				first += chunk.length;
				if (done.length > 0) yield done;
			}
		}, docs.replayable);
	};
}

/** The documents of a chunk for which `keep` is true. */
function chosen<D>(who: string, chunk: readonly D[], first: number, keep: (doc: D, number: number) => boolean): D[] {
	const kept: D[] = [];
	each(who, chunk, first, (doc, number) => {
		if (keep(doc, number)) kept.push(doc);
	});
	return kept;
}

function whole(who: string, name: string, value: number, least: number): void {
	if (value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && value >= least)) return;
	throw new RangeError(`${who}: expected ${name} to be a whole number from ${least}, got ${value}. Correct it.`);
}

/**
 * A step that keeps the documents for which `keep` is true. `index` counts what comes in, from 0.
 *
 * @example
 * pipe(lines('reviews.txt'), filter((doc) => doc.text !== ''));
 */
export function filter<D, E extends D>(keep: (doc: D, index: number) => doc is E): (docs: Source<D>) => Documents<E>;
export function filter<D>(keep: (doc: D, index: number) => boolean): (docs: Source<D>) => Documents<D>;
export function filter<D>(keep: (doc: D, index: number) => boolean): (docs: Source<D>) => Documents<D> {
	return byChunk(() => (chunk, first) => chosen('filter', chunk, first, keep));
}

/** A step that hands on the first `count` documents, and closes the source then. */
export function take(count: number): <D>(docs: Source<D>) => Documents<D> {
	whole('take', 'count', count, 0);
	return <D>(source: Source<D>) => {
		const docs = documents(source);
		return documentsFrom(async function* () {
			let left = count;
			if (left === 0) return;
			for await (const chunk of docs.chunks()) {
				yield chunk.length > left ? chunk.slice(0, left) : chunk;
				left -= chunk.length;
				if (left <= 0) return;
			}
		}, docs.replayable);
	};
}

/** A step that leaves out the first `count` documents. */
export function skip(count: number): <D>(docs: Source<D>) => Documents<D> {
	whole('skip', 'count', count, 0);
	return <D>(source: Source<D>) =>
		byChunk<D, D>(() => {
			let left = count;
			return (chunk) => {
				const rest = left > 0 ? chunk.slice(left) : chunk;
				left = Math.max(0, left - chunk.length);
				return rest;
			};
		})(source);
}

/** Keys longer than this are kept as their hash of 128 bits, so that a document costs about 100 bytes of memory however long it is. */
const longestKey = 24;

/**
 * A step that hands on the first document of each key: by default its `text`. A pass remembers every key that it met.
 *
 * @example
 * pipe(jsonl('crawl.jsonl'), dedupe({ by: (doc) => String(doc.url) }));
 */
export function dedupe<D extends { text: string }>(): (docs: Source<D>) => Documents<D>;
export function dedupe<D>(options: { by: (doc: D) => string }): (docs: Source<D>) => Documents<D>;
export function dedupe<D>({ by = (doc: D) => (doc as { text: string }).text }: { by?: (doc: D) => string } = {}) {
	return byChunk<D, D>(() => {
		const seen = new Set<string>();
		return (chunk, first) =>
			chosen('dedupe', chunk, first, (doc) => {
				const key = by(doc);
				if (typeof key !== 'string') {
					throw new TypeError(`dedupe: expected a text as the key of a document, got ${typeof key}. Say what the key is: dedupe({ by }).`);
				}
				// UTF-16, because lone surrogates are all one in UTF-8. A hash has another length than a short key.
				const short = key.length > longestKey ? `${createHash('md5').update(key, 'utf16le').digest('base64')} ` : detached(key);
				const { size } = seen;
				return seen.add(short).size > size;
			});
	});
}

/** A step that hands documents on unchanged after `look` has seen them, one at a time; a promise is waited for. */
export function tap<D>(look: (doc: D) => unknown): (docs: Source<D>) => Documents<D> {
	return (source) => {
		const docs = documents(source);
		return documentsFrom(async function* () {
			let first = 0;
			for await (const chunk of docs.chunks()) {
				await eachAsync('tap', chunk, first, look);
				first += chunk.length;
				yield chunk;
			}
		}, docs.replayable);
	};
}

/** A step that gathers documents into arrays of `size`; the last may be shorter. For padded batches of ids see `batches`. */
export function batch(size: number): <D>(docs: Source<D>) => Documents<D[]> {
	whole('batch', 'size', size, 1);
	return <D>(source: Source<D>) => {
		const docs = documents(source);
		return documentsFrom(async function* () {
			let held: D[] = [];
			for await (const chunk of docs.chunks()) {
				const full: D[][] = [];
				for (const doc of chunk) {
					if (held.push(doc) < size) continue;
					full.push(held);
					held = [];
				}
				if (full.length > 0) yield full;
			}
			if (held.length > 0) yield [held];
		}, docs.replayable);
	};
}
