// Encoding that waits: the package's work is asynchronous, and `stage.apply` is not. A thread encodes while this one sleeps.
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Subwords, SubwordsOptions } from './encoder.js';
import type { TokenizerJson } from './tokenizer-json.js';

/** What the thread is started with. */
export interface BlockingStart {
	readonly json: TokenizerJson;
	readonly options: SubwordsOptions;
	readonly port: MessagePort;
	/** 1 when the answer is there. */
	readonly ready: Int32Array;
}

/** What the thread answers. */
export type BlockingAnswer = { readonly done: Subwords[] } | { readonly failed: unknown };

/** Encodes at once, in a thread that is started at the first call and does not keep the process alive. */
export function blockingEncoder(json: TokenizerJson, options: SubwordsOptions): (texts: readonly string[]) => Subwords[] {
	const ready = new Int32Array(new SharedArrayBuffer(4));
	let ours: MessagePort | undefined;

	const start = () => {
		const { port1, port2: port } = new MessageChannel();
		const workerData: BlockingStart = { json, options, port, ready };
		const worker = new Worker(new URL('./blocking-worker.js', import.meta.url), { workerData, transferList: [port] });
		worker.unref();
		port1.unref();
		return port1;
	};
	return (texts) => {
		if (texts.length === 0) return [];
		ours ??= start();
		ours.postMessage(texts);
		Atomics.wait(ready, 0, 0);
		Atomics.store(ready, 0, 0);
		const answer = receiveMessageOnPort(ours)!.message as BlockingAnswer;
		if ('failed' in answer) throw answer.failed;
		return answer.done;
	};
}
