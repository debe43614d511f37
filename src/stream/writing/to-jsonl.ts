// Documents into a file of JSON Lines.
import { optionsOf } from '../../base/index.js';
import { jsonText } from './json-text.js';
import { ownSink, type Sink, type SinkOptions, sinkKinds, type Target, textSink } from './sink.js';

/** Writes each document as a line of JSON. */
function jsonlSink(target: Target, given: SinkOptions = {}): Sink<unknown> {
	const options = optionsOf('toJsonl', given, sinkKinds);
	const start = () => ({ line: (doc: unknown, index: number) => `${jsonText('toJsonl', doc, index)}\n` });
	return textSink({ who: 'toJsonl', format: 'jsonl', target, options, start });
}

/**
 * A sink that writes each document as a line of JSON. Typed arrays and sets that are fields are written as arrays, maps as
 * objects; all else as `JSON.stringify` has it (numbers that are not finite become null). The target is a file, which is written
 * whole or not at all, `-` for stdout, or a stream.
 *
 * @throws TypeError for a document that JSON cannot hold; the errors of the documents; an Error where nothing can be written.
 *
 * @example
 * await toJsonl('reviews.jsonl.gz')(pipe(lines('reviews.txt'), clean()));
 */
export const toJsonl = ownSink('jsonl', ['.jsonl', '.ndjson'], jsonlSink);
