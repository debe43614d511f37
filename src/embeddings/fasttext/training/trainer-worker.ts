// A thread of a training: reads a part of the text, fills a part of the matrix, learns from a part of the lines.
import { type SharedMemory, serve } from '../../../base/index.js';
import { createKernel, type Kernel } from '../kernel/kernel.js';
import { type Part, quantizePart } from '../quantizing/centroids.js';
import type { Chunk } from './corpus.js';
import { linesOf } from './line-order.js';
import { kernelLosses, type Plan } from './plan.js';
import { type ReadPart, readPart } from './read-lines.js';

/** What a thread is asked. */
export type TrainerHandlers = {
	read(argument: { path: string; part: number; parts: number }): ReadPart;
	renumber(argument: { chunks: readonly Chunk[]; numbers: Int32Array }): void;
	prepare(argument: { memory: SharedMemory; plan: Plan; thread: number }): void;
	fill(argument: { from: number; to: number }): void;
	train(argument: { chunks: readonly Chunk[] }): Trained;
	quantize(argument: { points: Float32Array; width: number; seed: number; part: number }): Part;
};

/** How a thread's training went. */
export interface Trained {
	/** Sum of the losses, and the number of examples. */
	readonly loss: number;
	readonly examples: number;
}

let work: { memory: SharedMemory; plan: Plan; thread: number; kernel: Kernel } | undefined;

serve({
	read: ({ path, part, parts }) => readPart(path, part, parts),
	renumber({ chunks, numbers }) {
		for (const { tokens } of chunks) for (let i = 0; i < tokens.length; i++) tokens[i] = numbers[tokens[i]!]!;
	},
	prepare({ memory, plan, thread }) {
		const kernel = createKernel(memory);
		const { layout } = plan;
		const own = layout.threads[thread]!;
		kernel.setMatrices(layout.input, layout.output, layout.stride, layout.panel, plan.words, plan.bucket, plan.isPruned ? layout.kept : 0);
		kernel.setTokens(layout.hashes, layout.targets, layout.starts, layout.rows, plan.bucket > 0 ? plan.wordNgrams : 1);
		kernel.setLoss(kernelLosses.indexOf(plan.loss), plan.labels, layout.choices, layout.nodes, plan.neg);
		kernel.setRate(layout.progress, plan.total, plan.lr, plan.lrUpdateRate);
		kernel.setThread(own.hidden, own.gradient, own.scores, own.wanted, own.list, plan.seed + thread);
		work = { memory, plan, thread, kernel };
	},
	fill: ({ from, to }) => work!.kernel.fillRows(from, to, work!.plan.dim, 1 / work!.plan.dim, work!.plan.seed),
	train,
	quantize: ({ points, width, seed, part }) => quantizePart(points, width, { seed, part }),
} satisfies TrainerHandlers);

function train({ chunks }: { chunks: readonly Chunk[] }): Trained {
	const { memory, plan, thread, kernel } = work!;
	const { layout, block: most, epoch: epochs, seed } = plan;
	const own = layout.threads[thread]!;
	const block = new Int32Array(memory.buffer, own.block, most);
	const sums = new Float64Array(memory.buffer, own.sums, 2);
	const stop = new Int32Array(memory.buffer, layout.stop, 1);
	let size = 0;
	const learn = () => {
		kernel.train(own.block, size, own.sums);
		size = 0;
		return Atomics.load(stop, 0) === 0 && Number.isFinite(sums[0]);
	};
	for (let epoch = 0; epoch < epochs; epoch++) {
		for (const { tokens, from, to } of linesOf(chunks, { seed, epoch, thread, threads: layout.threads.length })) {
			if (size + to - from > most && !learn()) return { loss: sums[0]!, examples: sums[1]! };
			block.set(tokens.subarray(from, to), size);
			size += to - from;
			// A line that does not end by a token would go on in the next one.
			if (tokens[to - 1] !== 0 && !learn()) return { loss: sums[0]!, examples: sums[1]! };
		}
	}
	learn();
	return { loss: sums[0]!, examples: sums[1]! };
}
