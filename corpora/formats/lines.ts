// Text files of one record a line.
import { adding, type Documents, detached, LineSplitter, type RecordSink, recordSource, type SourceOptions } from 'textloom/stream';

/** Reads a file of one record a line. `record` gives the document of a line, `undefined` leaves it out, what it throws makes it a bad one. */
export function textLines<D>(
	path: string,
	{ record, ...options }: SourceOptions & { readonly record: (text: string, line: number) => D | undefined },
): Documents<D> {
	return recordSource('textLines', path, options, (sink: RecordSink<D>) => {
		const add = adding(record, sink);
		const take = (text: string, line: number) => add(detached(text), line);
		return new LineSplitter({ record: take, fault: sink.fault }, options);
	});
}
