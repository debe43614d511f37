// Decoders of one model that work at the same time: steps are small, and threads inside one small product wait for each other.
import { availableParallelism } from 'node:os';
import { is, type Kinds } from '../base/index.js';
import { type SessionOptions, sessionKinds } from '../graph/index.js';
import type { Decoder } from './decoder.js';

/** How a decoder is opened. */
export interface DecoderOptions extends SessionOptions {
	/** Sessions that the inputs under way are shared out to, in threads of their own, each with its share of `threads` and weights of its own. Default 1. */
	readonly replicas?: number | undefined;
}

/** The kinds of these options. */
export const decoderKinds: Kinds<DecoderOptions> = { ...sessionKinds, replicas: is.whole(1) };

/** Opens as many as are asked for, as one. */
export async function replicated(
	open: (options: SessionOptions) => Promise<Decoder>,
	{ replicas = 1, ...options }: DecoderOptions,
): Promise<Decoder> {
	if (replicas === 1) return open(options);
	const { threads = availableParallelism() } = options;
	const share = { ...options, threads: Math.max(1, Math.floor(threads / replicas)) };
	const opened = await Promise.allSettled(Array.from({ length: replicas }, () => open(share)));
	const decoders = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	const close = async () => {
		await Promise.all(decoders.map((decoder) => decoder.close()));
	};
	const failed = opened.find((one) => one.status === 'rejected');
	if (failed) {
		await close();
		throw failed.reason;
	}
	const [first, ...beside] = decoders as [Decoder, ...Decoder[]];
	return { ...first, beside, close };
}
