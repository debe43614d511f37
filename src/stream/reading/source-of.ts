// From the spec of a source back to its documents.
import { argumentOf, is, type Kind, OptionError, optionsOf } from '../../base/index.js';
import type { SourceSpec } from '../data-spec.js';
import type { Documents } from '../documents.js';
import { type ByFormat, byFormat } from '../formats.js';
import { ownOf } from '../own.js';
import type { SourceForm } from './own-source.js';
import type { Counts } from './record-source.js';
import * as sources from './sources.js';

/** The sources of textloom's own by their formats, as a type. */
export type Sources = ByFormat<typeof sources>;

/** What can be read: the names of formats. */
export type SourceFormat = keyof Sources;

/** Every source of textloom's own, by the name of its format. */
export const sourceForms: Readonly<Record<string, SourceForm>> = byFormat(ownOf<SourceForm>('source', sources));

/** What belongs to a pass and not to what is read. */
export interface SourceRun {
	readonly signal?: AbortSignal;
	readonly counts?: Counts;
	/** The name that begins messages. Default `sourceOf`. */
	readonly who?: string;
}

const specKind: Kind = {
	expected: "the spec of a source, { source: 'csv', paths, options }",
	fits: (value) => typeof (value as SourceSpec | null | undefined)?.source === 'string',
	next: 'Pass the spec of documents that a source made.',
};

/**
 * The documents of a source again, of its spec.
 *
 * @throws {RangeError} where it has options that this version does not.
 *
 * @example
 * const again = sourceOf(csv('reviews.csv').spec!);
 */
export function sourceOf<D extends object = Record<string, unknown>>(spec: SourceSpec, running: SourceRun = {}): Documents<D> {
	const { signal, counts, who = 'sourceOf' } = optionsOf('sourceOf', running, { signal: is.signal, counts: is.object, who: is.text });
	const { source, paths, options = {} } = argumentOf(who, 'source', spec, specKind);
	if (!Object.hasOwn(sourceForms, source)) {
		throw new TypeError(`${who}: expected a source of textloom, got "${source}". Was it saved by a newer textloom? Update.`);
	}
	try {
		// What the options are is looked at by the source.
		return sourceForms[source]!.open(paths, { ...options, ...(signal && { signal }), ...(counts && { counts }) }) as Documents<D>;
	} catch (error) {
		if (!(error instanceof OptionError)) throw error;
		throw new RangeError(`${who}: expected a source that this version can make. ${error.message}`, { cause: error });
	}
}
