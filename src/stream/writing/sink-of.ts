// From the spec of a sink back to the sink.
import { argumentOf, is, type Kind, OptionError, optionsOf } from '../../base/index.js';
import type { SinkSpec } from '../data-spec.js';
import { type ByFormat, byFormat } from '../formats.js';
import { ownOf } from '../own.js';
import type { Sink, SinkForm } from './sink.js';
import * as sinks from './sinks.js';

/** The sinks of textloom's own by their formats, as a type. */
export type Sinks = ByFormat<typeof sinks>;

/** What can be written: the names of formats. */
export type SinkFormat = keyof Sinks;

/** Every sink of textloom's own, by the name of its format. */
export const sinkForms: Readonly<Record<string, SinkForm>> = byFormat(ownOf<SinkForm>('sink', sinks));

const specKind: Kind = {
	expected: "the spec of a sink, { sink: 'csv', target, options }",
	fits: (value) => typeof (value as SinkSpec | null | undefined)?.sink === 'string' && is.name.fits((value as SinkSpec).target),
	next: 'Pass the spec of a sink that writes into a file.',
};

/**
 * A sink again, of its spec.
 *
 * @throws {RangeError} where it has options that this version does not.
 *
 * @example
 * const again = sinkOf(toCsv('reviews.csv').spec!);
 */
export function sinkOf(spec: SinkSpec, running: { readonly signal?: AbortSignal; readonly who?: string } = {}): Sink<object> {
	const { signal, who = 'sinkOf' } = optionsOf('sinkOf', running, { signal: is.signal, who: is.text });
	const { sink, target, options = {} } = argumentOf(who, 'sink', spec, specKind);
	if (!Object.hasOwn(sinkForms, sink)) {
		throw new TypeError(`${who}: expected a sink of textloom, got "${sink}". Was it saved by a newer textloom? Update.`);
	}
	try {
		// What the options are is looked at by the sink.
		return sinkForms[sink]!.make(target, { ...options, ...(signal && { signal }) });
	} catch (error) {
		if (!(error instanceof OptionError)) throw error;
		throw new RangeError(`${who}: expected a sink that this version can make. ${error.message}`, { cause: error });
	}
}
