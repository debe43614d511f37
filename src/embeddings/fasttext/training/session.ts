// A training in memory that threads share: what they need is laid out and written there, they learn, and the matrices are taken out.

import type { Remote } from '../../../base/index.js';
import { createSharedMemory, type SharedMemory } from '../../../base/index.js';
import { aliasTable } from '../../softmax/alias.js';
import { huffmanTree } from '../../softmax/huffman.js';
import type { FastTextDictionary } from '../dictionary.js';
import { chunkRowsOf, type DenseMatrix, denseMatrix } from '../matrix.js';
import type { Corpus } from './corpus.js';
import { checkedLayout, type Layout } from './layout.js';
import { longestLine } from './longest-line.js';
import type { WholeOptions } from './options.js';
import type { Plan } from './plan.js';
import type { Start } from './start.js';
import type { Trained, TrainerHandlers } from './trainer-worker.js';
import { tokenRows } from './vocabulary.js';

/** How far a training is. */
export interface FastTextProgress {
	/** The share of all tokens of all epochs. */
	readonly done: number;
	/** The mean loss of the examples so far. */
	readonly loss: number;
	readonly wordsPerSecond: number;
}

/** What a training tells, and what may end it. */
export interface FastTextRun {
	/** Called five times a second. */
	readonly onProgress?: ((progress: FastTextProgress) => void) | undefined;
	/** Ends the training; it is rejected with the signal's reason. */
	readonly signal?: AbortSignal | undefined;
}

/** A training. */
export interface Session extends FastTextRun {
	readonly options: Omit<WholeOptions, 'from' | 'pretrainedVectors'>;
	readonly threads: readonly Remote<TrainerHandlers>[];
	readonly dictionary: FastTextDictionary;
	readonly inputRows: number;
	readonly start: Start;
}

/** Tokens that a thread learns from in one call of the kernel. */
const blockTokens = 4096;

/** Learns the matrices of a model. */
export async function learnMatrices(who: string, corpus: Corpus, session: Session): Promise<{ input: DenseMatrix; output: DenseMatrix }> {
	const { options, threads, dictionary, inputRows, start, signal } = session;
	signal?.throwIfAborted();
	const labels = dictionary.starts.length - 1 - dictionary.words;
	const counts = dictionary.counts.subarray(dictionary.words);
	const rows = tokenRows(corpus.list, dictionary, options);
	const tree = options.loss === 'hs' ? huffmanTree(counts) : undefined;
	const longest = longestLine(corpus.chunks, rows, options.bucket > 0 ? options.wordNgrams : 1);
	const block = Math.max(blockTokens, longest.tokens);
	const { kept } = dictionary;
	const layout = checkedLayout(who, {
		...{ threads: threads.length, dim: options.dim, inputRows, outputRows: labels, tokens: corpus.list.hashes.length },
		...{ tokenRows: rows.rows.length, nodes: tree?.path.length ?? 0, kept: kept ? options.bucket : 0, block, line: longest.rows },
	});
	const memory = createSharedMemory(layout.bytes);
	const [ints, floats] = [new Uint32Array(memory.buffer), new Float32Array(memory.buffer)];
	const put = (numbers: Uint32Array | Int32Array, address: number) => ints.set(numbers, address / 4);
	put(corpus.list.hashes, layout.hashes);
	put(rows.targets, layout.targets);
	put(rows.starts, layout.starts);
	put(rows.rows, layout.rows);
	if (kept) {
		ints.fill(0xffffffff, layout.kept / 4, layout.kept / 4 + options.bucket);
		for (const [bucket, row] of kept) ints[layout.kept / 4 + bucket] = row;
	}
	if (tree) {
		put(tree.starts, layout.choices);
		put(tree.path, layout.nodes);
	}
	if (options.loss === 'ns') {
		const { shares, others } = aliasTable(Array.from(counts, Math.sqrt));
		for (let label = 0; label < labels; label++) {
			floats[layout.choices / 4 + 2 * label] = shares[label]!;
			ints[layout.choices / 4 + 2 * label + 1] = others[label]!;
		}
	}
	const { dim, bucket, wordNgrams, loss, neg, lr, lrUpdateRate, epoch, seed } = options;
	const plan: Plan = {
		...{
			layout,
			dim,
			words: dictionary.words,
			bucket,
			isPruned: kept !== undefined,
			wordNgrams,
			loss,
			labels,
			neg,
			lr,
			lrUpdateRate,
			epoch,
			seed,
		},
		...{ total: Math.max(1, corpus.tokens * epoch), block },
	};
	await Promise.all(threads.map((thread, number) => thread.call('prepare', { memory, plan, thread: number })));
	const share = (part: number) => Math.floor((inputRows * part) / threads.length);
	await Promise.all(threads.map((thread, part) => thread.call('fill', { from: share(part), to: share(part + 1) })));
	const writer = (address: number) => (row: number, values: Float32Array) => floats.set(values, (address + row * layout.stride) / 4);
	start(writer(layout.input), writer(layout.output));
	const trained = await watched(memory, plan, session, () =>
		Promise.all(threads.map((thread) => thread.call('train', { chunks: corpus.chunks }))),
	);
	signal?.throwIfAborted();
	checkLoss(who, trained, options);
	return {
		input: matrixOf(floats, layout.input, { layout, rows: inputRows, width: dim }),
		output: matrixOf(floats, layout.output, { layout, rows: labels, width: dim }),
	};
}

/** Tells how far the threads are, and stops them where the signal says so. */
async function watched(
	memory: SharedMemory,
	{ layout, total }: Plan,
	{ onProgress, signal }: FastTextRun,
	work: () => Promise<Trained[]>,
): Promise<Trained[]> {
	const [read, stop] = [new BigUint64Array(memory.buffer, layout.progress, 1), new Int32Array(memory.buffer, layout.stop, 1)];
	const sums = layout.threads.map((thread) => new Float64Array(memory.buffer, thread.sums, 2));
	const begin = performance.now();
	const tell = () => {
		const tokens = Number(Atomics.load(read, 0));
		const [loss, examples] = [0, 1].map((i) => sums.reduce((sum, of) => sum + of[i]!, 0)) as [number, number];
		onProgress?.({
			done: Math.min(1, tokens / total),
			loss: loss / Math.max(1, examples),
			wordsPerSecond: (1000 * tokens) / (performance.now() - begin),
		});
	};
	const abort = () => Atomics.store(stop, 0, 1);
	signal?.addEventListener('abort', abort, { once: true });
	let failure: unknown;
	const timer = setInterval(() => {
		try {
			tell();
		} catch (error) {
			failure ??= error;
			abort();
		}
	}, 200);
	try {
		const trained = await work();
		clearInterval(timer);
		if (failure !== undefined) throw failure;
		if (!signal?.aborted) tell();
		return trained;
	} catch (error) {
		// Of one thread: the others would go on to their end.
		abort();
		throw error;
	} finally {
		clearInterval(timer);
		signal?.removeEventListener('abort', abort);
	}
}

function checkLoss(who: string, trained: readonly Trained[], { lr }: Pick<WholeOptions, 'lr'>): void {
	if (trained.every(({ loss }) => Number.isFinite(loss))) return;
	throw new RangeError(`${who}: expected a loss that is a number, got NaN: the learning rate ${lr} is too high. Lower lr.`);
}

/** The rows without what pads them, in memory of their own. */
function matrixOf(
	floats: Float32Array,
	address: number,
	{ layout, rows, width }: { layout: Layout; rows: number; width: number },
): DenseMatrix {
	const [chunkRows, stride] = [chunkRowsOf(width), layout.stride / 4];
	const chunks: Float32Array[] = [];
	for (let first = 0; first < rows; first += chunkRows) {
		const chunk = new Float32Array(Math.min(chunkRows, rows - first) * width);
		for (let to = 0, from = address / 4 + first * stride; to < chunk.length; from += stride) {
			for (let i = 0; i < width; i++) chunk[to++] = floats[from + i]!;
		}
		chunks.push(chunk);
	}
	return denseMatrix(rows, width, chunks, chunkRows);
}
