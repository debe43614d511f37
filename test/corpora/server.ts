// A web server that misbehaves as a test wants, and a corpus of one file on it.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Corpus, corpus, type PublishedFile } from 'textloom/corpora/corpus';
import { textLines } from 'textloom/corpora/formats/lines';
import { onTestFinished } from 'vitest';

/** What a request asked for. */
export interface Asked {
	readonly path: string;
	readonly range: string | undefined;
	readonly ifRange: string | undefined;
}

/** How one request is answered; `n` counts from 0. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, n: number) => void;

/** Starts a server for the test at hand. */
export async function misbehaving(behave: Behaviour): Promise<{ base: string; asked: Asked[] }> {
	const asked: Asked[] = [];
	const server = createServer((request, response) => {
		const { range, 'if-range': ifRange } = request.headers;
		asked.push({ path: request.url!, range, ifRange: ifRange as string | undefined });
		behave(request, response, asked.length - 1);
	});
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
}

/** An address at which nobody listens: a port that was free a moment ago. */
export async function nobody(): Promise<string> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return `http://127.0.0.1:${port}/`;
}

/** How a well-behaved answer is spoiled. */
export interface Spoiled {
	readonly etag?: string;
	/** Bytes after which the connection is cut. */
	readonly cut?: number;
	/** Bytes after which nothing comes any more. */
	readonly stall?: number;
	readonly ranges?: boolean;
	/** Whether a part of another edition is given out as asked. */
	readonly careless?: boolean;
	/** What the header says of the length. */
	readonly length?: number;
	readonly chunked?: boolean;
}

/** Answers as a server of files does: a range where it is asked for and the edition is the same. */
export function answer(
	{ headers }: IncomingMessage,
	response: ServerResponse,
	content: Uint8Array,
	{ etag, cut, stall, ranges = true, careless = false, length, chunked = false }: Spoiled = {},
): void {
	const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
	const same = careless || headers['if-range'] === undefined || headers['if-range'] === etag;
	const partial = ranges && headers.range !== undefined && same;
	const body = partial ? content.subarray(start) : content;
	if (partial && start >= content.length) {
		response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
		return;
	}
	response.writeHead(partial ? 206 : 200, {
		...(etag !== undefined && { etag }),
		...(!chunked && { 'content-length': length ?? body.length }),
		...(partial && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
	});
	const end = cut ?? stall ?? body.length;
	response.write(body.subarray(0, end), () => {
		if (cut !== undefined && cut < body.length) response.destroy();
		else if (stall === undefined) response.end();
	});
	response.flushHeaders();
}

/** Bytes that do not repeat. */
export function bytes(size: number, seed = 1): Buffer {
	const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, i) => createHash('sha256').update(`${seed}/${i}`).digest());
	return Buffer.concat(blocks).subarray(0, size);
}

/** The facts that a download checks. */
export function factsOf(content: Uint8Array): { size: number; sha256: string } {
	return { size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

/** Where the corpora of tests are published: never asked, a mirror takes its place. */
export const published = 'https://published.test/';

/** A corpus of one file. */
export function oneFile(file: Partial<PublishedFile>, more: object = {}): Corpus<{ text: string }, 'train'> {
	return corpus(
		{
			name: 'one-file',
			title: 'One file',
			kind: 'text',
			published,
			licence: 'MIT',
			splits: { train: 3 },
			files: { train: [{ path: 'one/file.txt', rows: 3, url: `${published}file.txt`, ...file, ...more }] },
		},
		({ path, options }) => textLines(path, { ...options, record: (text) => ({ text }) }),
	);
}
