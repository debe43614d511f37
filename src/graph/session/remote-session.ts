// A session in a worker thread of its own.
import type { SessionOptions } from './create-session.js';
import { createSessionHost, type RemoteSession } from './session-host.js';

/**
 * Opens a model, its bytes or its path, in a worker thread of its own: `run` does not block the event loop. It does not keep the process
 * alive. To let several models share kept tensors, open them in one host (`createSessionHost`).
 */
export async function createRemoteSession(model: Uint8Array | string, options: SessionOptions = {}): Promise<RemoteSession> {
	const host = createSessionHost();
	try {
		return { ...(await host.open(model, options)), release: () => host.release() };
	} catch (error) {
		await host.release();
		throw error;
	}
}
