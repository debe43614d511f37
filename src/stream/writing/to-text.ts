// Documents into a plain text file.

import { is, optionsOf } from '../../base/index.js';
import { kindOf, ownSink, type Sink, type SinkOptions, sinkKinds, type Target, textSink } from './sink.js';

/** What `toText` takes. */
export interface TextSinkOptions<D> extends SinkOptions {
	/** The text of a document. Default: its `text`. */
	readonly line?: (doc: D) => string;
	/** What ends each text. Default a line break. */
	readonly separator?: string;
}

/** Writes the text of each document. */
function linesSink<D>(target: Target, options: TextSinkOptions<D> & { readonly line: (doc: D) => string }): Sink<D>;
function linesSink(target: Target, options?: TextSinkOptions<{ text: string }>): Sink<{ text: string }>;
function linesSink(target: Target, given: TextSinkOptions<never> = {}): Sink<never> {
	const kinds = { ...sinkKinds, line: is.function, separator: is.text };
	const { line, separator = '\n', ...options } = optionsOf('toText', given, kinds);
	const textOf = (line ?? ((doc: { text: string }) => doc.text)) as (doc: unknown) => unknown;
	const start = () => ({
		line: (doc: unknown, index: number) => {
			const text = textOf(doc);
			const got =
				typeof text !== 'string' ? kindOf(text) : divided(text, separator) ? `one with ${JSON.stringify(separator)} in it` : undefined;
			// Of two byte order marks at the beginning of a file one is taken away.
			if (got === undefined) return `${index === 0 && (text as string).startsWith('\ufeff') ? '\ufeff' : ''}${text}${separator}`;
			throw new TypeError(
				`toText: expected a text without ${JSON.stringify(separator)}, got ${got} (document ${index + 1}). Say what to write: toText(target, { line }).`,
			);
		},
	});
	return textSink({ who: 'toText', format: 'lines', target, options: { ...options, line, separator } as SinkOptions, start });
}

/**
 * A sink that writes the text of each document on a line of its own. A lone surrogate becomes U+FFFD, since UTF-8 has none. The
 * target is a file, which is written whole or not at all, `-` for stdout, or a stream. `lines` reads the same texts again.
 *
 * @throws TypeError for a text that has a line break (the separator) in it; the errors of the documents; an Error where nothing can
 * be written.
 *
 * @example
 * await toText('tokens.txt', { line: (doc: { tokens: string[] }) => doc.tokens.join(' ') })(pipe(lines('news.txt'), words()));
 */
export const toText = ownSink('lines', ['.txt', '.text', '.md', '.log'], linesSink);

/** Whether who reads the text would cut it; a CR at the end of a line would be taken for part of the break. */
function divided(text: string, separator: string): boolean {
	return (separator !== '' && text.includes(separator)) || (separator === '\n' && text.endsWith('\r'));
}
