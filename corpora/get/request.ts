// A request of HTTP and the bytes of its answer. `fetch` would do, but it drops what has come and was not yet read when a connection is cut.
import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { DataError } from 'textloom/stream';

/** A connection that was cut off, or a server that is not well: another attempt may do. */
export class Dropped extends Error {
	override readonly name = 'Dropped';
	/** Milliseconds that the server asks to wait. */
	readonly wait: number | undefined;
	/** Whether what has come is of no use. */
	readonly useless: boolean;

	constructor(reason: string, { wait, useless = false, cause }: { wait?: number | undefined; useless?: boolean; cause?: unknown } = {}) {
		super(reason, { cause });
		this.wait = wait;
		this.useless = useless;
	}
}

const redirects = new Set([301, 302, 303, 307, 308]);
const mostRedirects = 10;

/** Requests `url`, and what it redirects to. */
export async function request(url: string, headers: OutgoingHttpHeaders, signal: AbortSignal): Promise<IncomingMessage> {
	let address = new URL(url);
	for (let hops = 0; hops <= mostRedirects; hops++) {
		const protocol = { 'http:': http, 'https:': https }[address.protocol];
		if (!protocol) throw new DataError(`expected an address of http or https, got ${address}.`);
		const response = await new Promise<IncomingMessage>((resolve, reject) => {
			const sent = protocol.get(address, { headers, signal }, resolve);
			sent.on('error', (error) => reject(signal.aborted ? signal.reason : dropped(error)));
		});
		const { statusCode = 0, headers: got } = response;
		if (!redirects.has(statusCode) || got.location === undefined) return response;
		response.resume();
		address = new URL(got.location, address);
	}
	throw new DataError(`expected ${url}, got more than ${mostRedirects} redirects. It may have moved.`);
}

/** Bytes that may wait for the disk before the connection is told to wait. */
const mostWaiting = 1 << 20;

/** The bytes of an answer as they come: all that has come is handed out before an error is. */
export function blocksOf(response: IncomingMessage, signal: AbortSignal, onBlock: () => void): AsyncIterable<Uint8Array> {
	let waiting: Buffer[] = [];
	let size = 0;
	let end: { error?: unknown } | undefined;
	let wake = () => {};
	const finish = (error?: unknown) => {
		end ??= { error };
		wake();
	};
	response.on('data', (block: Buffer) => {
		onBlock();
		waiting.push(block);
		size += block.length;
		if (size > mostWaiting) response.pause();
		wake();
	});
	response.on('end', () => finish());
	response.on('error', (error) => finish(signal.aborted ? signal.reason : dropped(error)));
	response.on('close', () => finish(signal.aborted ? signal.reason : new Dropped('a connection that was closed')));
	// The listeners are there from the beginning: what happens before the first block is asked for is not missed.
	return (async function* () {
		for (;;) {
			if (waiting.length > 0) {
				const block = Buffer.concat(waiting);
				waiting = [];
				size = 0;
				response.resume();
				yield block;
			} else if (end) {
				if (end.error !== undefined) throw end.error;
				return;
			} else {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			}
		}
	})();
}

function dropped(error: Error): Dropped {
	return new Dropped(error.message || String((error as NodeJS.ErrnoException).code), { cause: error });
}
