// Files by their names: the source of the format that they have.
import { statSync } from 'node:fs';
import { argumentOf, is, optionsOf } from '../../base/index.js';
import type { Documents } from '../documents.js';
import { type FormatOf, formatAt, unknownFormat } from '../formats.js';
import { type Paths, pathsKind } from './files.js';
import { type SourceFormat, type Sources, sourceForms } from './source-of.js';
import type { JsonObject } from './sources.js';

/** The options of a format's source. */
type OptionsOf<F extends SourceFormat> = [F] extends [never] ? AnyOptions : NonNullable<Parameters<Sources[F]>[1]>;
type AnyOptions = { [F in SourceFormat]: NonNullable<Parameters<Sources[F]>[1]> }[SourceFormat];

/** How `read` reads: the options of the format's source, and the format where the paths do not say it. */
export type ReadOptions<F extends SourceFormat = never> = OptionsOf<F> & { readonly format?: [F] extends [never] ? SourceFormat : F };

/** The documents of a format's source. */
type Read<F extends SourceFormat> = [F] extends [never] ? JsonObject : { [Name in F]: ReadBy<Name> }[F];
type ReadBy<F extends SourceFormat> = F extends 'csv' | 'tsv'
	? Record<string, string>
	: ReturnType<Sources[F]> extends Documents<infer D>
		? object extends D
			? JsonObject
			: D
		: never;

type PathOf<P> = P extends readonly string[] ? P[number] : P;

/**
 * Reads files by the source of their format, which the ends of their names say (packed files end in `.gz` after that): `.csv` is read by
 * `csv`, `.tsv` by `tsv`, `.jsonl` and `.ndjson` by `jsonl`, `.json` by `json`, `.txt`, `.text`, `.md` and `.log` by `lines`; a folder that
 * is there by `folder`. `format` says it for other names and for stdin (`-`). Of a CSV file the delimiter, unless it is given, is the one of
 * comma, semicolon and tab that the first line has most of. Options that are functions are for the sources themselves.
 *
 * @throws {TypeError} for paths that do not say their format, or say several.
 *
 * @example
 * const reviews = read<{ text: string; stars: number }>('reviews/*.jsonl.gz', { onError: 'skip' });
 * const rows = read('-', { format: 'csv', columns: ['id', 'text'] });
 */
export function read<const P extends Paths, F extends SourceFormat = FormatOf<PathOf<P>, Sources>>(
	paths: P,
	options?: ReadOptions<F>,
): Documents<Read<F>>;
export function read<D extends object>(paths: Paths, options?: ReadOptions): Documents<D>;
export function read(paths: Paths, given: { readonly format?: string; readonly delimiter?: string } = {}): Documents<object> {
	argumentOf('read', 'paths', paths, pathsKind);
	const { format = formatOf(paths), ...options } = given;
	optionsOf('read', { format }, { format: is.one(...Object.keys(sourceForms)) });
	return sourceForms[format]!.open(paths, format === 'csv' ? { ...options, delimiter: options.delimiter ?? 'auto' } : options);
}

function formatOf(paths: Paths): string {
	const found = [paths].flat().map((path) => {
		const format = isFolder(path) ? 'folder' : formatAt(path, sourceForms);
		if (format === undefined) throw unknownFormat('read', path, sourceForms);
		return format;
	});
	const other = found.findIndex((format) => format !== found[0]);
	if (found.length === 0) throw new TypeError('read: expected a path, got none. Name a file, or a folder.');
	if (other < 0) return found[0]!;
	throw new TypeError(
		`read: expected files of one format, got ${found[0]} (${paths[0]}) and ${found[other]} (${paths[other]}). Read them apart and concat them, or name one format.`,
	);
}

function isFolder(path: string): boolean {
	try {
		return path.endsWith('/') || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
	} catch {
		// Whoever reads it says what is wrong.
		return false;
	}
}
