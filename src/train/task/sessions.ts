// What runs a model's batches: one session, or several at once with their share of the threads each.
import { availableParallelism } from 'node:os';
import {
	createRemoteSession,
	expectPrecision,
	type Precision,
	type RemoteSession,
	type SessionOptions,
	type Tensor,
	zeroTensor,
} from '../../graph/index.js';
import type { Inputs } from './arrays.js';
import { feedsOf, ownNames } from './published-feeds.js';
import { runnable } from './runnable.js';

/** How a model runs. */
export interface SessionsOptions extends SessionOptions {
	/** Sessions that batches are shared out to, in threads of their own; `auto` measures whether as many as there are threads are faster than one; of models that say sequences it is one a thread, at most four. Default 1. */
	readonly replicas?: number | 'auto';
	/**
	 * `int8` computes products by weights in bytes (dynamic quantization; on the CPU): mostly faster, and a little less exact. What is multiplied is rounded
	 * by the range of its whole batch, so that what is said of a document may differ a little with those beside it; NaN among it is lost. Tables and
	 * convolutions stay in float32. Default `float32`.
	 */
	readonly precision?: Precision;
}

/** Sessions of one model. */
export interface Sessions extends Pick<RemoteSession, 'inputs' | 'outputs' | 'release'> {
	readonly replicas: number;
	run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
}

/** Opens the sessions of a model. */
export async function openSessions(file: Uint8Array, inputs: Inputs, given: SessionsOptions): Promise<Sessions> {
	const { replicas = 1, precision = 'float32', ...options } = given;
	const { threads = availableParallelism(), optimize = true, device = 'cpu' } = options;
	expectPrecision('load', precision, device);
	const onnx = device === 'cpu' ? runnable(file, { precision, optimize }) : file;
	if (replicas === 'auto') return threads === 1 ? open(onnx, 1, options) : faster(onnx, inputs, { ...options, threads });
	return open(onnx, replicas, replicas === 1 ? options : { ...options, threads: Math.max(1, Math.floor(threads / replicas)) });
}

async function open(onnx: Uint8Array, replicas: number, options: SessionOptions): Promise<Sessions> {
	const first = await createRemoteSession(onnx, options);
	const more = await Promise.all(Array.from({ length: replicas - 1 }, () => createRemoteSession(onnx, options))).catch(
		async (error: Error) => {
			await first.release();
			throw error;
		},
	);
	const sessions = [first, ...more].map((session) => ({ session, waiting: 0 }));
	return {
		...{ inputs: ownNames(first.inputs), outputs: first.outputs, replicas },
		async run(feeds) {
			const free = sessions.reduce((least, one) => (one.waiting < least.waiting ? one : least));
			free.waiting++;
			try {
				return await free.session.run(feedsOf(free.session.inputs, feeds), { outputs: ['logits'] });
			} finally {
				free.waiting--;
			}
		},
		async release() {
			await Promise.all(sessions.map(({ session }) => session.release()));
		},
	};
}

/** The sizes of the batches that are tried: documents, and any other axis. */
const [documents, tokens] = [64, 64];

/** One session with all threads, or one a thread: which does as many batches in less time. */
async function faster(onnx: Uint8Array, inputs: Inputs, options: SessionOptions & { threads: number }): Promise<Sessions> {
	const { threads } = options;
	const batch = Object.fromEntries(
		Object.entries(inputs).map(([name, { dtype, shape }]): [string, Tensor] => {
			const sizes = shape.map((size, axis) => (axis === 0 ? documents : typeof size === 'number' ? size : tokens));
			const tensor = zeroTensor(dtype, sizes);
			if (name === 'lengths') (tensor.data as Int32Array).fill(tokens);
			return [name, tensor];
		}),
	);
	const timeOf = async (sessions: Sessions) => {
		let least = Number.POSITIVE_INFINITY;
		// The first time for warming up.
		for (let round = 0; round < 3; round++) {
			const start = performance.now();
			await Promise.all(Array.from({ length: 2 * threads }, () => sessions.run(batch)));
			if (round > 0) least = Math.min(least, performance.now() - start);
		}
		return least;
	};
	// Several first: the threads of one session look for work for a while after a run, and would disturb these.
	const several = await open(onnx, threads, { ...options, threads: 1 });
	const time = await timeOf(several);
	const one = await open(onnx, 1, options);
	const [best, other] = time < (await timeOf(one)) ? [several, one] : [one, several];
	await other.release();
	return best;
}
