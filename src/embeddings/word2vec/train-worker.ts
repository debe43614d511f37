// A thread of a training run: takes blocks of the text until none is left, and learns from them in the memory that all threads share.
import { readSync } from 'node:fs';
import { serve } from '../../base/index.js';
import { type Kernel, kernelOver } from './kernel/kernel.js';
import { type Loss, nextBlock, type Pass, stopped, type Workplace } from './workplace.js';

let workplace: (Workplace & { readonly kernel: Kernel }) | undefined;

const handlers = {
	open(given: Workplace): void {
		const kernel = kernelOver(given.memory);
		kernel.usePlan(given.plan);
		kernel.useSigmoid(given.sigmoid);
		workplace = { ...given, kernel };
	},
	pass({ seed, before, epochs, alpha, minAlpha }: Pass): Loss {
		const { kernel, memory, ids, file, starts, wordStarts, control, done } = workplace!;
		const words = wordStarts.at(-1)!;
		kernel.seedRandom(seed, before);
		done[0] = 0;
		for (;;) {
			const block = Atomics.add(control, nextBlock, 1);
			if (block >= starts.length - 1 || Atomics.load(control, stopped) === 1) break;
			const length = starts[block + 1]! - starts[block]!;
			readWhole(file, new Uint8Array(memory.buffer, ids, 4 * length), 4 * starts[block]!);
			const share = (before + wordStarts[block]! / words) / epochs;
			kernel.train(ids, length, alpha - (alpha - minAlpha) * share);
			done[0] += wordStarts[block + 1]! - wordStarts[block]!;
		}
		return { sum: kernel.takeLoss(), count: kernel.takeLosses() };
	},
};

function readWhole(file: number, into: Uint8Array, from: number): void {
	for (let read = 0; read < into.length; ) {
		const more = readSync(file, into, read, into.length - read, from + read);
		if (more === 0) throw new Error('word2vec: expected a temporary file to stay, got its end. Leave files of textloom- folders alone.');
		read += more;
	}
}

export type TrainHandlers = typeof handlers;

serve(handlers);
