// All ways to cut words into pieces, in flat arrays: for each place in a word the pieces that begin there.

/** Words as the pieces that could make them. Places are those of characters, the words one after the other. */
export interface Lattices {
	/** Where each word begins, and the end of the last. */
	readonly starts: Int32Array;
	/** How often each word occurs. */
	readonly counts: readonly number[];
	/** Where in `matches` those of each place begin, and the end of the last. */
	readonly offsets: Int32Array;
	/** Pieces that begin at each place, shorter ones first. The first of each place is the character itself, a piece that is never lost. */
	readonly matches: Int32Array;
	/** For each piece its characters, and a place where it occurs. Pieces 0 to `characters` − 1 are the characters. */
	readonly lengths: Int32Array;
	readonly places: Int32Array;
	readonly characters: number;
}

/** Takes pieces that are no longer alive out of the matches. Changes the arrays. */
export function dropDead({ offsets, matches }: Lattices, alive: Uint8Array): void {
	let end = 0;
	let from = 0;
	for (let place = 0; place + 1 < offsets.length; place++) {
		const to = offsets[place + 1]!;
		for (let m = from; m < to; m++) if (alive[matches[m]!]) matches[end++] = matches[m]!;
		from = to;
		offsets[place + 1] = end;
	}
}

/**
 * How often each piece is expected, over all ways to cut each word, weighted by their probability: forward and backward sums. Also the
 * mean log likelihood of a character.
 *
 * Every way to cut a word has the same number of characters, so that a factor eᵏ for each character of a piece cancels out. With k near
 * the mean log likelihood the sums stay near 1, and need no logarithms.
 */
export function expectedCounts(
	{ starts, counts, offsets, matches, lengths }: Lattices,
	scores: Float64Array,
	k: number,
): { expected: Float64Array; perCharacter: number } {
	const weights = scores.map((score, piece) => Math.exp(score + k * lengths[piece]!));
	const expected = new Float64Array(scores.length);
	const forward = new Float64Array(longest(starts) + 1);
	const backward = new Float64Array(forward.length);
	let [logs, characters] = [0, 0];
	for (let w = 0; w < counts.length; w++) {
		const start = starts[w]!;
		const length = starts[w + 1]! - start;
		forward.fill(0, 0, length + 1);
		forward[0] = 1;
		for (let i = 0; i < length; i++) {
			for (let m = offsets[start + i]!; m < offsets[start + i + 1]!; m++) {
				const piece = matches[m]!;
				forward[i + lengths[piece]!]! += forward[i]! * weights[piece]!;
			}
		}
		const total = forward[length]!;
		// Text so unlike the rest that its sums leave the range of numbers teaches nothing.
		if (!(total > 0 && total < Number.POSITIVE_INFINITY)) continue;
		const share = counts[w]! / total;
		backward[length] = 1;
		for (let i = length - 1; i >= 0; i--) {
			let sum = 0;
			for (let m = offsets[start + i]!; m < offsets[start + i + 1]!; m++) {
				const piece = matches[m]!;
				const rest = weights[piece]! * backward[i + lengths[piece]!]!;
				sum += rest;
				expected[piece]! += forward[i]! * rest * share;
			}
			backward[i] = sum;
		}
		logs += counts[w]! * (Math.log(total) - k * length);
		characters += counts[w]! * length;
	}
	return { expected, perCharacter: logs / characters };
}

/** How often each piece occurs when every word is cut in the best way. */
export function bestCounts(lattices: Lattices, scores: Float64Array): Float64Array {
	const { starts, counts } = lattices;
	const found = new Float64Array(scores.length);
	const best = bestCut(lattices, scores, longest(starts));
	for (let w = 0; w < counts.length; w++) for (const piece of best(starts[w]!, starts[w + 1]!).pieces) found[piece]! += counts[w]!;
	return found;
}

/** A function that cuts the text from `start` to `end` in the best way (Viterbi), if need be without one piece. */
export function bestCut({ offsets, matches, lengths }: Lattices, scores: Float64Array, longest: number) {
	const sums = new Float64Array(longest + 1);
	const last = new Int32Array(longest + 1);
	return (start: number, end: number, without = -1): { score: number; pieces: number[] } => {
		const length = end - start;
		sums.fill(Number.NEGATIVE_INFINITY, 0, length + 1);
		sums[0] = 0;
		for (let i = 0; i < length; i++) {
			for (let m = offsets[start + i]!; m < offsets[start + i + 1]!; m++) {
				const piece = matches[m]!;
				const to = i + lengths[piece]!;
				// Shorter pieces are first.
				if (to > length) break;
				const sum = sums[i]! + scores[piece]!;
				if (sum <= sums[to]! || piece === without) continue;
				sums[to] = sum;
				last[to] = piece;
			}
		}
		const pieces: number[] = [];
		for (let at = length; at > 0; at -= lengths[last[at]!]!) pieces.push(last[at]!);
		return { score: sums[length]!, pieces };
	};
}

function longest(starts: Int32Array): number {
	let most = 0;
	for (let w = 0; w + 1 < starts.length; w++) most = Math.max(most, starts[w + 1]! - starts[w]!);
	return most;
}
