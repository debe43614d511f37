// What all file sources share: passes over a file, errors with file and line, counts.
import { DataError } from './data-error.js';
import { type Documents, documentsFrom } from './documents.js';
import type { TextParser } from './line-core.js';
import { fileName } from './read-bytes.js';
import { readText } from './read-text.js';

/** What a source counts: set to zero when a pass begins, then kept up to date, so that it holds the figures of the last pass. */
export interface Counts {
	/** Documents handed on. */
	read: number;
	/** Bad records left out. */
	skipped: number;
	/** Bytes or byte sequences that were not UTF-8, each replaced by U+FFFD. */
	replaced: number;
}

/** What every file source takes. */
export interface SourceOptions {
	/** A bad record: `throw` ends the pass (default), `skip` leaves the record out, a function is told and the record is left out. */
	readonly onError?: 'throw' | 'skip' | ((error: DataError) => void);
	/** Bytes that are not UTF-8: put U+FFFD in their place (default) or refuse the file. */
	readonly invalidUtf8?: 'replace' | 'throw';
	/** The largest record, in characters. A larger one is a bad record. Default 64 million. */
	readonly maxRecord?: number;
	/** An object to count in, such as `{ read: 0, skipped: 0, replaced: 0 }`. */
	readonly counts?: Counts;
	/** Ends the pass; the iteration throws its reason. */
	readonly signal?: AbortSignal;
}

/** Where a source puts what it makes of records. */
export interface RecordSink<D> {
	readonly add: (doc: D) => void;
	/** Reports a bad record. Throws unless `onError` says otherwise. */
	readonly fault: (line: number, reason: string, cause?: unknown) => void;
	/** Ends the pass: what follows cannot be read either. */
	readonly fail: (line: number, reason: string) => never;
}

/** A function that adds what `make` returns; for `undefined` nothing is added, and what it throws makes the record a bad one. */
export function adding<R, D>(make: (record: R, line: number) => D | undefined, sink: RecordSink<D>): (record: R, line: number) => void {
	return (record, line) => {
		let doc: D | undefined;
		try {
			doc = make(record, line);
		} catch (error) {
			sink.fault(line, error instanceof Error ? error.message : String(error), error);
			return;
		}
		if (doc !== undefined) sink.add(doc);
	};
}

/**
 * Makes a source: for each pass `start` makes a parser, which is fed the text of `path` and fills the sink. What was read
 * before an error is handed on before the error is thrown.
 */
export function recordSource<D>(
	who: string,
	path: string,
	options: SourceOptions,
	start: (sink: RecordSink<D>) => TextParser,
): Documents<D> {
	const { onError = 'throw', counts = { read: 0, skipped: 0, replaced: 0 } } = options;
	const file = fileName(path);
	return documentsFrom(async function* () {
		Object.assign(counts, { read: 0, skipped: 0, replaced: 0 });
		let docs: D[] = [];
		const parser = start({
			add: (doc) => {
				docs.push(doc);
			},
			fault: (line, reason, cause) => {
				const error = new DataError(reason, { file, line, cause });
				if (onError === 'throw') throw error;
				counts.skipped++;
				if (onError !== 'skip') onError(error);
			},
			fail: (line, reason) => {
				throw new DataError(reason, { file, line });
			},
		});
		const flush = function* (work: () => void) {
			let failure: { error: unknown } | undefined;
			try {
				work();
			} catch (error) {
				failure = { error };
			}
			const done = docs;
			docs = [];
			counts.read += done.length;
			if (done.length > 0) yield done;
			if (failure) throw failure.error;
		};
		const text = readText(path, { ...options, who, counts });
		for await (const block of text) yield* flush(() => parser.push(block));
		yield* flush(() => parser.end());
	}, path !== '-');
}
