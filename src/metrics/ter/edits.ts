// The edits of TER (Snover et al. 2006): words put in, left out or changed, and runs of words that move, found greedily as Tercom and sacreBLEU do.
import { type Alignment, type EditMatrix, editMatrix } from './edit-matrix.js';

/** The longest run that moves, how far from its place in the reference it may begin, and how many moves of a text are tried. */
const limits = { length: 10, distance: 50, tried: 1000 };

/** A run of words that moves before the word at `target`. */
interface Shift {
	/** How much the edit distance falls. */
	readonly gain: number;
	readonly start: number;
	readonly length: number;
	readonly target: number;
}

/** The edits that make a reference of a hypothesis, both as numbers of words: the words of the hypothesis where the reference has none. */
export function terEdits(hypothesis: Int32Array, reference: Int32Array): number {
	if (reference.length === 0) return hypothesis.length;
	const matrix = editMatrix(hypothesis.length, reference);
	const search = { tried: 0 };
	let words = hypothesis;
	for (let shifts = 0; ; shifts++) {
		const distance = matrix.open(words);
		const best = distance === 0 ? undefined : bestShift(words, reference, distance, matrix, search);
		if (search.tried >= limits.tried || best === undefined || best.gain <= 0) return shifts + distance;
		const { from, to, moved } = shifted(words, best);
		words = Int32Array.from(words);
		words.set(moved.subarray(0, to - from), from);
	}
}

/** The shift that makes the distance fall most; of equal ones the longest, then the first, then that which goes least far to the right: so they are met. */
function bestShift(
	words: Int32Array,
	reference: Int32Array,
	distance: number,
	matrix: EditMatrix,
	search: { tried: number },
): Shift | undefined {
	const alignment = matrix.align();
	let best: Shift | undefined;
	for (let start = 0; start < words.length; start++) {
		const end = Math.min(reference.length, start + limits.distance + 1);
		for (let place = Math.max(0, start - limits.distance); place < end; place++) {
			for (let length = 1; length <= limits.length; length++) {
				const [last, other] = [start + length - 1, place + length - 1];
				if (last >= words.length || other >= reference.length || words[last] !== reference[other]) break;
				if (!worthwhile(alignment, start, place, length)) continue;
				let before = -1;
				for (let offset = -1; offset < length; offset++) {
					// Before the beginning, or after the word that a word of the reference is aligned with.
					const target = place + offset === -1 ? 0 : alignment.places[place + offset]! + 1;
					if (target === before) continue;
					before = target;
					search.tried++;
					const shift = { gain: 0, start, length, target };
					const { from, to, moved } = shifted(words, shift);
					const gain = distance - matrix.changed(moved, from, to);
					if (!best || gain > best.gain || (gain === best.gain && length > best.length)) best = { ...shift, gain };
				}
				if (search.tried >= limits.tried) return best;
			}
		}
	}
	return best;
}

/** Whether a word of the run is not right, a word of its place in the reference is missed, and that place is not within the run. */
function worthwhile({ places, wrong, missed }: Alignment, start: number, place: number, length: number): boolean {
	const within = places[place]!;
	if (within >= start && within < start + length) return false;
	return hasOne(wrong, start, length) && hasOne(missed, place, length);
}

function hasOne(flags: Uint8Array, start: number, length: number): boolean {
	for (let at = start; at < start + length; at++) if (flags[at] === 1) return true;
	return false;
}

/** What stands from `from` to `to` after a shift; the rest stays. A target within the run counts from where the run is taken out. */
function shifted(words: Int32Array, { start, length, target }: Shift): { from: number; to: number; moved: Int32Array } {
	const [end, from] = [start + length, Math.min(start, target)];
	const to = target < start ? end : target > end ? target : Math.min(target + length, words.length);
	const moved = new Int32Array(to - from);
	if (target < start) {
		moved.set(words.subarray(start, end));
		moved.set(words.subarray(target, start), length);
	} else {
		moved.set(words.subarray(end, to));
		moved.set(words.subarray(start, end), to - end);
	}
	return { from, to, moved };
}
