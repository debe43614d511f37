// The order in which lines are learned from: another one in each epoch, whatever the order of the file, in which one label may come after the other.
import { randomFloat } from '../../../base/index.js';
import type { Chunk } from './corpus.js';

/** A line of tokens. */
export interface Line {
	readonly tokens: Int32Array;
	readonly from: number;
	readonly to: number;
}

/** Which lines. */
export interface Share {
	readonly seed: number;
	readonly epoch: number;
	readonly thread: number;
	readonly threads: number;
}

/**
 * The lines of a thread in an epoch. All of them stand in the order start, start + step, start + 2 step … modulo their number, with a step that has no factor in
 * common with it, so that each comes once; a thread has a run of these.
 */
export function* linesOf(chunks: readonly Chunk[], { seed, epoch, thread, threads }: Share): Generator<Line> {
	const firsts = [0];
	for (const { ends } of chunks) firsts.push(firsts.at(-1)! + ends.length);
	const count = firsts.at(-1)!;
	const step = stepOf(count, randomFloat(seed, epoch, 0));
	const [begin, end] = [Math.floor((count * thread) / threads), Math.floor((count * (thread + 1)) / threads)];
	let line =
		(Math.floor(randomFloat(seed, epoch, 1) * count) + Number((BigInt(begin) * BigInt(step)) % BigInt(Math.max(1, count)))) % count;
	for (let i = begin; i < end; i++) {
		let [low, high] = [0, chunks.length];
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if (firsts[middle]! <= line) low = middle;
			else high = middle;
		}
		const { tokens, ends } = chunks[low]!;
		const at = line - firsts[low]!;
		yield { tokens, from: at === 0 ? 0 : ends[at - 1]!, to: ends[at]! };
		line = (line + step) % count;
	}
}

/** A step between a fifth and four fifths of the count, so that neighbours come far apart. */
function stepOf(count: number, random: number): number {
	let step = Math.max(1, Math.floor(count * (0.2 + 0.6 * random)));
	while (commonDivisor(step, count) > 1) step++;
	return step;
}

function commonDivisor(a: number, b: number): number {
	return b === 0 ? a : commonDivisor(b, a % b);
}
