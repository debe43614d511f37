// Sources of textloom's own: known by their formats, chosen by the endings of paths, made again of their specs.
import { type SourceSpec, withSpec } from '../data-spec.js';
import type { Documents } from '../documents.js';
import type { Format } from '../formats.js';
import { type Own, own } from '../own.js';
import type { Paths } from './files.js';
import type { SourceOptions } from './record-source.js';

/** How a source of textloom's own is known and made. */
export interface SourceForm<Name extends string = string, Extension extends string = string> extends Format<Name, Extension> {
	readonly open: (paths: Paths, options: object) => Documents<object>;
}

/** A function that makes sources of textloom's own. */
export type OwnSource<Name extends string = string, Extension extends string = string> = Own<'source', SourceForm<Name, Extension>>;

/**
 * Marks a function as one that makes sources of textloom's own, for files of the format whose names have one of these endings.
 *
 * @example
 * export const lines = ownSource('lines', ['.txt'], readLines);
 */
export function ownSource<
	F extends (paths: never, options: never) => Documents<unknown>,
	const Name extends string,
	const Extension extends string,
>(format: Name, extensions: readonly Extension[], open: F): F & OwnSource<Name, Extension> {
	return own(open, 'source', { format, extensions, open: open as unknown as SourceForm['open'] });
}

/** The documents of a source with its spec: of the options all that says what is read, so neither signal nor counts. */
export function sourceWithSpec<D>(
	docs: Documents<D>,
	source: string,
	paths: Paths,
	{ signal: _, counts: __, onError = 'throw', invalidUtf8 = 'replace', maxRecord = 64e6, ...own }: SourceOptions & object,
): Documents<D> {
	// JSON has no Infinity, and no text has as many characters.
	const options = { ...own, onError, invalidUtf8, maxRecord: Math.min(maxRecord, Number.MAX_SAFE_INTEGER) };
	return withSpec(docs, { source, paths: [paths].flat(), options: options as SourceSpec['options'] });
}
