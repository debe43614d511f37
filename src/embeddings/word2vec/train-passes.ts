// The passes of a training run, by threads.
import { type Remote, startWorker } from '../../base/index.js';
import type { Corpus } from './corpus.js';
import type { Layout } from './layout.js';
import type { RunOptions, Settings, Word2VecProgress, Word2VecRecord } from './options.js';
import type { TrainHandlers } from './train-worker.js';
import { nextBlock, stopped } from './workplace.js';

/** Milliseconds between two reports. */
const every = 200;

/** What the passes work on. */
export interface Passes extends Pick<RunOptions, 'signal' | 'onProgress'> {
	readonly settings: Settings;
	readonly corpus: Corpus;
	readonly layout: Layout;
	/** Passes that are done. */
	readonly done: number;
	/** Called after each pass. */
	readonly onPass: (record: Word2VecRecord) => void | Promise<void>;
}

/** Goes through the text until all passes are done; how many predictions were looked at for the loss, which is 0 where there was nothing to predict. */
export async function trainPasses({ settings, corpus, layout, done, onPass, signal, onProgress }: Passes): Promise<number> {
	const { epochs, alpha, minAlpha, seed } = settings;
	const control = new Int32Array(new SharedArrayBuffer(8));
	const counts = layout.threads.map(() => new Float64Array(new SharedArrayBuffer(8)));
	const shared = { memory: layout.memory, sigmoid: layout.sigmoid, file: corpus.file, control };
	const places = { starts: inShared(corpus.starts), wordStarts: inShared(corpus.wordStarts) };
	const module = new URL('./train-worker.js', import.meta.url);
	const workers: Remote<TrainHandlers>[] = [];
	let predictions = 0;
	let refused: { readonly error: unknown } | undefined;
	const stop = () => Atomics.store(control, stopped, 1);
	const attempt = (report: () => void) => {
		try {
			report();
		} catch (error) {
			refused ??= { error };
			stop();
		}
	};
	signal?.addEventListener('abort', stop);
	try {
		signal?.throwIfAborted();
		for (const [i, { plan, ids }] of layout.threads.entries()) {
			const worker = startWorker<TrainHandlers>(module);
			workers.push(worker);
			await worker.call('open', { ...shared, ...places, plan, ids, done: counts[i]! });
		}
		for (let before = done; before < epochs; before++) {
			const begun = performance.now();
			Atomics.store(control, nextBlock, 0);
			const perSecond = (words: number) => Math.round(words / Math.max(1e-3, (performance.now() - begun) / 1000));
			const progress = (): Word2VecProgress => {
				const words = counts.reduce((sum, count) => sum + count[0]!, 0);
				const share = (before + words / corpus.total) / epochs;
				const rate = alpha - (alpha - minAlpha) * share;
				return { epoch: before + 1, epochs, words, of: corpus.total, wordsPerSecond: perSecond(words), alpha: rate };
			};
			const timer = onProgress && setInterval(() => attempt(() => onProgress(progress())), every);
			const passes = workers.map((worker, i) =>
				worker.call('pass', { seed: seed * 65_537 + i, before, epochs, alpha, minAlpha }).catch((error) => {
					stop();
					throw error;
				}),
			);
			const losses = await Promise.all(passes).finally(() => clearInterval(timer));
			signal?.throwIfAborted();
			if (onProgress) attempt(() => onProgress(progress()));
			if (refused) throw refused.error;
			const sum = losses.reduce((a, b) => a + b.sum, 0);
			const count = losses.reduce((a, b) => a + b.count, 0);
			predictions += count;
			const seconds = (performance.now() - begun) / 1000;
			await onPass({ epoch: before + 1, loss: count === 0 ? 0 : sum / count, seconds, wordsPerSecond: perSecond(corpus.total) });
		}
	} finally {
		signal?.removeEventListener('abort', stop);
		stop();
		await Promise.all(workers.map((worker) => worker.close()));
	}
	return predictions;
}

function inShared(array: Float64Array): Float64Array {
	const copy = new Float64Array(new SharedArrayBuffer(array.byteLength));
	copy.set(array);
	return copy;
}
