// Documents into a plain text file.

import { is, optionsOf } from '../../base/index.js';
import type { Source } from '../documents.js';
import { kindOf, type SinkOptions, sinkKinds, type Target, writeDocuments } from './sink.js';

/** What `toText` takes. */
export interface TextSinkOptions<D> extends SinkOptions {
	/** The text of a document. Default: its `text`. */
	readonly line?: (doc: D) => string;
	/** What ends each text. Default a line break. */
	readonly separator?: string;
}

/**
 * Writes the text of each document on a line of its own; returns how many. A lone surrogate becomes U+FFFD, since UTF-8 has none. The
 * path is a file, which is written whole or not at all, `-` for stdout, or a stream. `lines` reads the same texts again.
 *
 * @throws TypeError for a text that has a line break (the separator) in it; the errors of the documents; an Error where nothing can
 * be written.
 *
 * @example
 * await toText(pipe(lines('news.txt'), words()), 'tokens.txt', { line: (doc) => doc.tokens.join(' ') });
 */
export function toText<D extends { text: string }>(docs: Source<D>, path: Target, options?: TextSinkOptions<D>): Promise<number>;
export function toText<D>(
	docs: Source<D>,
	path: Target,
	options: TextSinkOptions<D> & { readonly line: (doc: D) => string },
): Promise<number>;
export function toText(docs: Source<unknown>, path: Target, given: TextSinkOptions<unknown> = {}): Promise<number> {
	const kinds = { ...sinkKinds, line: is.function, separator: is.text };
	const { line = (doc: unknown) => (doc as { text: string }).text, separator = '\n', ...options } = optionsOf('toText', given, kinds);
	return writeDocuments('toText', docs, path, options, {
		line: (doc, index) => {
			const text = line(doc);
			const got =
				typeof text !== 'string' ? kindOf(text) : divided(text, separator) ? `one with ${JSON.stringify(separator)} in it` : undefined;
			// Of two byte order marks at the beginning of a file one is taken away.
			if (got === undefined) return `${index === 0 && text.startsWith('\ufeff') ? '\ufeff' : ''}${text}${separator}`;
			throw new TypeError(
				`toText: expected a text without ${JSON.stringify(separator)}, got ${got} (document ${index + 1}). Say what to write: toText(docs, path, { line }).`,
			);
		},
	});
}

/** Whether who reads the text would cut it; a CR at the end of a line would be taken for part of the break. */
function divided(text: string, separator: string): boolean {
	return (separator !== '' && text.includes(separator)) || (separator === '\n' && text.endsWith('\r'));
}
