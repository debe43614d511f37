// A session in a worker thread.
import { startWorker } from '../../stream/index.js';
import type { Tensor } from '../tensor.js';
import type { SessionOptions } from './create-session.js';
import type { SessionHandlers } from './session-worker.js';

/** A session that runs elsewhere. Results are new tensors. */
export interface RemoteSession {
	readonly inputs: readonly string[];
	readonly outputs: readonly string[];
	run(feeds: Readonly<Record<string, Tensor>>, outputs?: readonly string[]): Promise<Record<string, Tensor>>;
	/** Lets session and thread end after the runs under way. */
	release(): Promise<void>;
}

/** Makes a session in a worker thread of its own: `run` does not block the event loop. It does not keep the process alive. */
export async function createRemoteSession(model: Uint8Array, options: SessionOptions = {}): Promise<RemoteSession> {
	const worker = startWorker<SessionHandlers>(new URL('./session-worker.js', import.meta.url));
	try {
		const { inputs, outputs } = await worker.call('create', { model, options });
		return {
			inputs,
			outputs,
			run: (feeds, wanted = outputs) => worker.call('run', { feeds, outputs: wanted }),
			async release() {
				await worker.call('release', undefined);
				await worker.close();
			},
		};
	} catch (error) {
		await worker.close();
		throw error;
	}
}
