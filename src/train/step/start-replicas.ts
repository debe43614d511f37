// Threads with replicas, started by the program's main thread.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type Remote, startWorker } from '../../base/index.js';
import { ShapeError } from '../../graph/index.js';
import type { ReplicaThreadHandlers } from './replica-worker.js';

/** Starts so many replicas for `createStepper`; each is to be closed when the stepper is released. */
export function startReplicas(count: number): Remote<ReplicaThreadHandlers>[] {
	const module = new URL('./replica-worker.js', import.meta.url);
	return Array.from({ length: count }, () => startWorker<ReplicaThreadHandlers>(module, { errors: [ShapeError] }));
}

/** A port to each replica, for a stepper in another thread. */
export async function portsTo(replicas: readonly Remote<ReplicaThreadHandlers>[]): Promise<MessagePort[]> {
	return Promise.all(
		replicas.map(async (replica) => {
			const { port1, port2 } = new MessageChannel();
			await replica.call('listen', port1, [port1]);
			return port2;
		}),
	);
}
