// What all file sources share: passes over a file, errors with file and line, counts.
import { argumentOf, DataError, is, type Kinds, optionsOf } from '../../base/index.js';
import { type Documents, documentsFrom } from '../documents.js';
import { canReplay, filesOf, type Paths, pathsKind } from './files.js';
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
	/** The files' encoding, as `TextDecoder` names it: `latin1`, `gb18030` …. Default: UTF-8, or UTF-16 where the first bytes say so. */
	readonly encoding?: string;
	/** Bytes that are not of the encoding: put U+FFFD in their place (default) or refuse the file. */
	readonly invalidUtf8?: 'replace' | 'throw';
	/** The largest record, in characters. A larger one is a bad record. Default 64 million. */
	readonly maxRecord?: number;
	/** An object to count in, such as `{ read: 0, skipped: 0, replaced: 0 }`. */
	readonly counts?: Counts;
	/** Ends the pass; the iteration throws its reason. */
	readonly signal?: AbortSignal;
	/** Whether documents get the fields `file` and `line` (that of their first character), which errors of later stages name. Default false. */
	readonly places?: boolean;
}

/** The kinds of these options. */
export const sourceKinds: Kinds<SourceOptions> = {
	onError: is.either(is.one('throw', 'skip'), is.function),
	encoding: is.encoding,
	invalidUtf8: is.one('replace', 'throw'),
	maxRecord: is.limit(1),
	counts: is.object,
	signal: is.signal,
	places: is.flag,
};

/** What `readText` takes of them. */
export const decodingOf = ({ encoding, invalidUtf8, signal }: SourceOptions) => ({
	...(encoding !== undefined && { encoding }),
	...(invalidUtf8 && { invalidUtf8 }),
	...(signal && { signal }),
});

/** Where a document was read. */
export interface Place {
	/** The path, or `stdin`. */
	file: string;
	/** The line on which its record begins, from 1. */
	line: number;
}

/** Options that have a source add places. */
export interface WithPlaces {
	readonly places: true;
}

/** Where a source puts what it makes of records. */
export interface RecordSink<D> {
	/** The file being read, or `stdin`. */
	readonly file: string;
	/** Takes the document of a record that begins on `line`. */
	readonly add: (doc: D, line: number) => void;
	/** Reports a bad record. Throws unless `onError` says otherwise. */
	readonly fault: (line: number, reason: string, cause?: unknown) => void;
	/** Ends the pass: what follows cannot be read either. */
	readonly fail: (line: number, reason: string, cause?: unknown) => never;
}

/** A function that adds what `make` returns; for `undefined` nothing is added, and what it throws makes the record a bad one. */
export function adding<R, D>(
	make: (record: R, line: number, file: string) => D | undefined,
	sink: RecordSink<D>,
): (record: R, line: number) => void {
	return (record, line) => {
		let doc: D | undefined;
		try {
			doc = make(record, line, sink.file);
		} catch (error) {
			sink.fault(line, error instanceof Error ? error.message : String(error), error);
			return;
		}
		if (doc !== undefined) sink.add(doc, line);
	};
}

/** What becomes of a bad record, as `onError` says: it is thrown, or counted and told. */
export function reporter({ onError = 'throw' }: SourceOptions, counts: Counts): (error: DataError) => void {
	return (error) => {
		if (onError === 'throw') throw error;
		counts.skipped++;
		if (onError !== 'skip') onError(error);
	};
}

/** Counts of a pass that begins. */
export function fresh(counts: Counts = { read: 0, skipped: 0, replaced: 0 }): Counts {
	return Object.assign(counts, { read: 0, skipped: 0, replaced: 0 });
}

/**
 * Makes a source: for each file of each pass `start` makes a parser, which is fed the text and fills the sink. What was read
 * before an error is handed on before the error is thrown.
 */
export function recordSource<D>(
	who: string,
	paths: Paths,
	options: SourceOptions,
	start: (sink: RecordSink<D>) => TextParser,
): Documents<D> {
	argumentOf(who, 'paths', paths, pathsKind);
	const decoding = decodingOf(optionsOf(who, options, sourceKinds));
	return documentsFrom(async function* () {
		const counts = fresh(options.counts);
		const report = reporter(options, counts);
		for (const path of await filesOf(paths, who)) {
			const file = fileName(path);
			let docs: D[] = [];
			const fail = (line: number, reason: string, cause?: unknown): never => {
				throw new DataError(reason, { file, line, cause });
			};
			const parser = start({
				file,
				add: options.places
					? (doc, line) => {
							docs.push(withPlace(doc, { file, line }, fail));
						}
					: (doc) => {
							docs.push(doc);
						},
				fault: (line, reason, cause) => report(new DataError(reason, { file, line, cause })),
				fail,
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
			for await (const block of readText(path, { who, counts, ...decoding })) yield* flush(() => parser.push(block));
			yield* flush(() => parser.end());
		}
	}, canReplay(paths));
}

function withPlace<D>(doc: D, place: Place, fail: RecordSink<D>['fail']): D {
	if (typeof doc !== 'object' || doc === null) {
		fail(place.line, `expected an object to add places to, got a ${typeof doc}. Make one of each record, or leave places out.`);
	}
	const taken = Object.keys(place).find((field) => Object.hasOwn(doc as object, field));
	if (taken !== undefined) {
		fail(place.line, `expected no field "${taken}" of the document's own with places, got one. Rename it by record, or leave places out.`);
	}
	return { ...doc, ...place };
}
