// Work on chunks elsewhere, several at a time; results come back in the order of the chunks.
import { chunkSize } from '../../stream/index.js';

/** Where the work is done. */
export interface Workplace<D, R> {
	/** Starts the work on documents, the first of which is number `first` of the stream. */
	readonly send: (docs: D[], first: number) => Promise<R>;
	/** Whether someone there has nothing to do. */
	readonly idle: () => boolean;
	/** Results that may be under way or waiting to be taken. No more is read before they are. */
	readonly limit: number;
	/** Documents that are sent together where there are as many. Default 256. */
	readonly size?: number;
	readonly signal?: AbortSignal | undefined;
}

/** Milliseconds that a source may take to close when the iteration ends before it. */
const grace = 500;

/** Results of all chunks, in order. An error comes after the results before it; when the iteration ends, the source is closed. */
export async function* inOrder<D, R>(
	chunks: AsyncIterable<D[]>,
	{ send, idle, limit, size = chunkSize, signal }: Workplace<D, R>,
): AsyncGenerator<R> {
	const source = chunks[Symbol.asyncIterator]();
	const queue: { settled?: () => R }[] = [];
	let waiting: D[] = [];
	let sent = 0;
	let reading: Promise<void> | undefined;
	let ended: (() => void) | undefined;
	let wake = () => {};
	const fail = (error: unknown) => () => {
		throw error;
	};
	const read = async () => {
		try {
			const { done, value } = await source.next();
			if (done) ended = () => {};
			else waiting = waiting.length > 0 ? waiting.concat(value) : value;
		} catch (error) {
			ended = fail(error);
		}
		reading = undefined;
		wake();
	};
	const dispatch = () => {
		const entry: { settled?: () => R } = {};
		queue.push(entry);
		const settle = (settled: () => R) => {
			entry.settled = settled;
			wake();
		};
		send(waiting, sent).then(
			(result) => settle(() => result),
			(error) => settle(fail(error) as () => never),
		);
		sent += waiting.length;
		waiting = [];
	};
	const onAbort = () => wake();
	signal?.addEventListener('abort', onAbort);
	try {
		for (;;) {
			signal?.throwIfAborted();
			const head = queue[0]?.settled;
			const room = queue.length < limit;
			// Small chunks are sent together while all are at work.
			if (waiting.length > 0 && room && (waiting.length >= size || ended || idle())) dispatch();
			else if (!reading && !ended && room && waiting.length < size) reading = read();
			else if (head) {
				queue.shift();
				yield head();
			} else if (ended && queue.length === 0) return ended();
			else {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			}
		}
	} finally {
		signal?.removeEventListener('abort', onAbort);
		if (!ended) {
			const closed = within(grace, Promise.resolve(source.return?.()));
			if (!signal?.aborted) await closed;
		}
	}
}

/** Waits for what may never come, at most so many milliseconds. What goes wrong while closing says nothing of the documents. */
export async function within(ms: number, closing: Promise<unknown>): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<boolean>((resolve) => {
		timer = setTimeout(() => resolve(false), ms);
	});
	const done = closing.then(
		() => true,
		() => true,
	);
	try {
		return await Promise.race([done, late]);
	} finally {
		clearTimeout(timer);
	}
}
