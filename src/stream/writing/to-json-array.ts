// Documents into a file that is one JSON array.
import { optionsOf } from '../../base/index.js';
import { jsonText } from './json-text.js';
import { ownSink, type Sink, type SinkOptions, sinkKinds, type Target, textSink } from './sink.js';

/** Writes documents as the elements of an array. */
function jsonSink(target: Target, given: SinkOptions = {}): Sink<unknown> {
	const options = optionsOf('toJsonArray', given, sinkKinds);
	const start = () => ({
		head: '[',
		line: (doc: unknown, index: number) => `${index === 0 ? '' : ','}\n${jsonText('toJsonArray', doc, index)}`,
		tail: '\n]\n',
	});
	return textSink({ who: 'toJsonArray', format: 'json', target, options, start });
}

/**
 * A sink that writes documents as one JSON array, an element a line, as `toJsonl` writes each. For files of many documents JSON Lines is
 * the better format: programs other than this one read an array whole.
 *
 * @throws TypeError for a document that JSON cannot hold; the errors of the documents; an Error where nothing can be written.
 *
 * @example
 * await toJsonArray('reviews.json')(reviews);
 */
export const toJsonArray = ownSink('json', ['.json'], jsonSink);
