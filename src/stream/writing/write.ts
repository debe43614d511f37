// Files by their names: the sink of the format that they are to have.
import { argumentOf, is, optionsOf } from '../../base/index.js';
import { type FormatOf, formatAt, unknownFormat } from '../formats.js';
import { type Sink, type Target, targetKind } from './sink.js';
import { type SinkFormat, type Sinks, sinkForms } from './sink-of.js';

/** The options of a format's sink. */
type OptionsOf<F extends SinkFormat> = NonNullable<Parameters<Sinks[[F] extends [never] ? SinkFormat : F]>[1]>;

/** How `write` writes: the options of the format's sink, and the format where the target does not say it. */
export type WriteOptions<F extends SinkFormat = never> = OptionsOf<F> & { readonly format?: [F] extends [never] ? SinkFormat : F };

/**
 * A sink of the format that the end of the target's name says (packed files end in `.gz` after that): `.csv` is written by `toCsv`, `.tsv`
 * by `toTsv`, `.jsonl` and `.ndjson` by `toJsonl`, `.json` by `toJsonArray`, `.txt`, `.text`, `.md` and `.log` by `toText`. `format` says it for
 * other names, for stdout (`-`) and for streams. Options that are functions are for the sinks themselves.
 *
 * @throws {TypeError} for a target that does not say its format.
 *
 * @example
 * await write('tokens.jsonl.gz')(pipe(read<{ text: string }>('reviews.csv'), clean(), words()));
 */
export function write<const T extends Target, F extends SinkFormat = FormatOf<T, Sinks>>(
	target: T,
	options?: WriteOptions<F>,
): [F] extends [never] ? Sink<object> : ReturnType<Sinks[F]>;
export function write(target: Target, given: { readonly format?: string } = {}): Sink<never> {
	argumentOf('write', 'target', target, targetKind);
	const path = typeof target === 'string' ? target : 'a stream';
	const { format = formatAt(path, sinkForms), ...options } = given;
	if (format === undefined) throw unknownFormat('write', path, sinkForms);
	optionsOf('write', { format }, { format: is.one(...Object.keys(sinkForms)) });
	return sinkForms[format]!.make(target, options);
}
