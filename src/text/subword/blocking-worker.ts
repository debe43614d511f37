// The thread of `blocking.ts`: answers each array of texts, then wakes who waits.
import { workerData } from 'node:worker_threads';
import type { BlockingAnswer, BlockingStart } from './blocking.js';
import { type Encoder, openEncoder } from './encoder.js';

const { json, options, port, ready } = workerData as BlockingStart;
let encoder: Encoder | undefined;
const encode = async (texts: readonly string[]) => {
	encoder ??= openEncoder(json, options);
	return encoder.encode(texts);
};

port.on('message', async (texts: readonly string[]) => {
	const answer: BlockingAnswer = await encode(texts).then(
		(done) => ({ done }),
		({ message: failed }: Error) => ({ failed }),
	);
	port.postMessage(answer);
	Atomics.store(ready, 0, 1);
	Atomics.notify(ready, 0);
});
