// Encoding that waits: the package's work is asynchronous, and `stage.apply` is not. A thread encodes while this one sleeps.
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { DataError, placeless } from '../../stream/index.js';
import type { Encodable, Subwords, SubwordsOptions } from './encoder.js';
import type { TokenizerJson } from './tokenizer-json.js';

/** What the thread is started with. */
export interface BlockingStart {
	readonly json: TokenizerJson;
	readonly options: SubwordsOptions;
	readonly port: MessagePort;
	/** 1 when the answer is there, 2 when the thread has ended. */
	readonly ready: Int32Array;
}

/** What the thread answers: the encodings, or the message of a DataError. */
export type BlockingAnswer = { readonly done: Subwords[] } | { readonly failed: string };

/**
 * The thread between: it starts the one that encodes, and wakes who waits when that one ends, for whatever reason. The events of a thread
 * reach only the one that started it, and that must not be the one that sleeps. As text, so that there is no file that could be missing.
 */
const watch = `
import('node:worker_threads').then(({ Worker, workerData }) => {
	const { url, start, watched } = workerData;
	const worker = new Worker(new URL(url), { workerData: start, transferList: [start.port] });
	let reason = 'it ended';
	worker.on('error', (error) => { reason = String(error?.message ?? error); });
	worker.on('exit', () => {
		watched.postMessage(reason);
		Atomics.store(start.ready, 0, 2);
		Atomics.notify(start.ready, 0);
	});
});
`;

/** Encodes at once, in a thread that is started at the first call and does not keep the process alive. */
export function blockingEncoder(json: TokenizerJson, options: SubwordsOptions): (texts: readonly Encodable[]) => Subwords[] {
	const url = new URL('./blocking-worker.js', import.meta.url).href;
	let thread: { readonly ready: Int32Array; readonly port: MessagePort; readonly watched: MessagePort } | undefined;

	const startThread = () => {
		const answers = new MessageChannel();
		const ends = new MessageChannel();
		const ready = new Int32Array(new SharedArrayBuffer(4));
		const start: BlockingStart = { json, options, port: answers.port2, ready };
		const workerData = { url, start, watched: ends.port2 };
		// Without the arguments of this process: --input-type would be taken for that of the text.
		new Worker(watch, { eval: true, execArgv: [], workerData, transferList: [answers.port2, ends.port2] }).unref();
		for (const port of [answers.port1, ends.port1]) port.unref();
		return { ready, port: answers.port1, watched: ends.port1 };
	};
	return (texts) => {
		if (texts.length === 0) return [];
		thread ??= startThread();
		const { ready, port, watched } = thread;
		port.postMessage(texts);
		Atomics.wait(ready, 0, 0);
		const answer = receiveMessageOnPort(port)?.message as BlockingAnswer | undefined;
		if (answer === undefined) {
			thread = undefined;
			const reason = receiveMessageOnPort(watched)?.message;
			throw placeless(
				new Error(
					`subwords: expected the encoding of ${texts.length} texts, got the end of the thread that encodes: ${reason}. Pass fewer texts at once, or send them through the stage as a stream.`,
				),
			);
		}
		Atomics.compareExchange(ready, 0, 1, 0);
		if ('failed' in answer) throw new DataError(answer.failed);
		return answer.done;
	};
}
