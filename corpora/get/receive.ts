// One request of HTTP: a file, or the rest of one, as blocks of bytes.
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { DataError } from 'textloom/stream';
import { blocksOf, Dropped, request } from './request.js';

/** The beginning of a file that is there already. */
export interface Part {
	/** Bytes. */
	readonly offset: number;
	/** What the server called its edition of the file: a strong ETag, or the time it was changed. */
	readonly validator: string | undefined;
}

/** What a server sends. */
export interface Answer {
	/** The place of the first byte: 0, or where the part ends. */
	readonly start: number;
	/** Bytes of the whole file, where the server says. */
	readonly total: number | undefined;
	readonly validator: string | undefined;
	readonly blocks: AsyncIterable<Uint8Array>;
}

/** Answers after which another attempt may do. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Requests `url`, from a part on where there is one, and hands the answer to `take`. Redirects are followed. */
export async function receive<T>(
	url: string,
	{ from, idle, signal }: { from: Part | undefined; idle: number; signal: AbortSignal | undefined },
	take: (answer: Answer) => Promise<T>,
): Promise<T> {
	signal?.throwIfAborted();
	const controller = new AbortController();
	const stop = () => controller.abort(signal?.reason);
	signal?.addEventListener('abort', stop);
	const timer = setTimeout(() => controller.abort(new Dropped(`no byte for ${idle / 1000} s`)), idle);
	// Packed on the way, a file would have other bytes and another length.
	const headers: OutgoingHttpHeaders = { 'accept-encoding': 'identity', 'user-agent': 'textloom' };
	if (from) headers.range = `bytes=${from.offset}-`;
	if (from?.validator !== undefined) headers['if-range'] = from.validator;
	try {
		const response = await request(url, headers, controller.signal);
		const blocks = blocksOf(response, controller.signal, () => timer.refresh());
		return await take({ ...place(url, response, from), validator: validatorOf(response.headers), blocks });
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', stop);
		// What was not read is not wanted.
		controller.abort();
	}
}

/** Where the bytes of an answer belong. */
function place(url: string, { statusCode: status = 0, statusMessage = '', headers }: IncomingMessage, from: Part | undefined) {
	const encoding = headers['content-encoding'] ?? 'identity';
	if (encoding !== 'identity') throw new DataError(`expected ${url} as it is, got it encoded as ${encoding}.`);
	if (status === 200) {
		const length = headers['content-length'];
		return { start: 0, total: length === undefined ? undefined : Number(length) };
	}
	if (status === 206 && from) {
		const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
		if (Number(start) === from.offset) return { start: from.offset, total: Number(total) };
		throw new Dropped(`another part than asked for (${headers['content-range']})`, { useless: true });
	}
	// The part is as long as the file, or longer.
	if (status === 416 && from) throw new Dropped('a file that ends before the part that is here', { useless: true });
	const got = `HTTP ${status} ${statusMessage}`.trim();
	if (passing.has(status)) {
		const seconds = Number(headers['retry-after']);
		throw new Dropped(got, { wait: seconds > 0 ? 1000 * seconds : undefined });
	}
	throw new DataError(`expected ${url}, got ${got}. It may have moved.`);
}

/** A weak ETag vouches for no byte. */
function validatorOf({ etag, 'last-modified': changed }: IncomingHttpHeaders): string | undefined {
	return etag?.startsWith('"') ? etag : changed;
}
