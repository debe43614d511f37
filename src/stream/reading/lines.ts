// Text files as documents, one a line.
import { detached } from '../../base/index.js';
import type { Documents } from '../documents.js';
import type { Paths } from './files.js';
import { LineSplitter } from './line-core.js';
import { ownSource, sourceWithSpec } from './own-source.js';
import { type Place, type RecordSink, recordSource, type SourceOptions, type WithPlaces } from './record-source.js';

function openLines(paths: Paths, options: SourceOptions & WithPlaces): Documents<{ text: string } & Place>;
function openLines(paths: Paths, options?: SourceOptions): Documents<{ text: string }>;
function openLines(paths: Paths, options: SourceOptions = {}): Documents<{ text: string }> {
	const docs = recordSource('lines', paths, options, (sink: RecordSink<{ text: string }>) => {
		const take = (text: string, line: number) => sink.add({ text: detached(text) }, line);
		return new LineSplitter({ record: take, fault: sink.fault }, options);
	});
	return sourceWithSpec(docs, 'lines', paths, { places: false, ...options });
}

/**
 * Reads a text file, one document `{ text }` a line, empty lines included. Lines end with LF or CRLF; gzip and a byte order mark
 * are taken care of. Files are opened anew for each iteration; `-` is stdin, which can be read once.
 *
 * @throws DataError in the iteration: a file that cannot be read, a line that is too large.
 */
export const lines = ownSource('lines', ['.txt', '.text', '.md', '.log'], openLines);
