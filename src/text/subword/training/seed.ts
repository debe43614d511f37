// The pieces that a unigram model starts with: frequent parts of words, found length by length.
import type { Lattices } from './lattices.js';
import { PairTable } from './pair-table.js';

/** Words as lists of characters, and how often each occurs. */
export interface SpelledWords {
	readonly words: readonly (readonly string[])[];
	readonly counts: readonly number[];
}

/** The seed: the words as lattices over its pieces, and how much of the text each piece covers, in characters. */
export interface Seed {
	readonly lattices: Lattices;
	readonly weights: Float64Array;
}

/** Parts of one length: which one begins at each place (−1: none that is frequent), how often each occurs, which are pieces of the seed. */
interface Level {
	readonly at: Int32Array;
	readonly counts: number[];
	readonly pieces: number[];
}

/**
 * All parts of words of at most `maxLength` characters that occur twice and are no part of a longer one that occurs as often; of more than
 * `limit` those that cover most. A part of n + 1 characters is a pair of overlapping parts of n, both frequent.
 */
export function seedPieces({ words, counts }: SpelledWords, characters: readonly string[], maxLength: number, limit: number): Seed {
	const starts = new Int32Array(words.length + 1);
	words.forEach((word, w) => {
		starts[w + 1] = starts[w]! + word.length;
	});
	const levels = [singles(words, counts, starts, characters)];
	const all: { length: number; part: number; weight: number }[] = [];
	for (let n = 1; n <= maxLength; n++) {
		const level = levels[n - 1]!;
		const next = longer(level, n + 1, counts, starts);
		const covered = new Float64Array(level.counts.length);
		next.counts.forEach((count, pair) => {
			for (const part of [next.pairs.first[pair]!, next.pairs.second[pair]!]) covered[part] = Math.max(covered[part]!, count);
		});
		if (n > 1) {
			level.counts.forEach((count, part) => {
				if (count > 1 && count > covered[part]!) all.push({ length: n, part, weight: count * n });
			});
		}
		if (next.counts.length === 0) break;
		if (n < maxLength) levels.push(next);
	}
	if (all.length > limit) all.sort((a, b) => b.weight - a.weight).length = limit;
	all.forEach(({ length, part }, i) => {
		levels[length - 1]!.pieces[part] = characters.length + i;
	});
	const weights = Float64Array.from([...levels[0]!.counts, ...all.map(({ weight }) => weight)]);
	const lengths = Int32Array.from([...characters.map(() => 1), ...all.map(({ length }) => length)]);
	return { lattices: { ...matched(levels, starts, lengths), starts, counts, lengths, characters: characters.length }, weights };
}

/** Parts of one character: each is a piece. */
function singles(
	words: readonly (readonly string[])[],
	counts: readonly number[],
	starts: Int32Array,
	characters: readonly string[],
): Level {
	const ids = new Map(characters.map((character, id) => [character, id]));
	const at = new Int32Array(starts.at(-1)!);
	const found: number[] = characters.map(() => 0);
	words.forEach((word, w) => {
		word.forEach((character, i) => {
			const id = ids.get(character)!;
			at[starts[w]! + i] = id;
			found[id]! += counts[w]!;
		});
	});
	return { at, counts: found, pieces: characters.map((_, id) => id) };
}

/** Parts of `n` characters, from those that are one shorter. */
function longer(shorter: Level, n: number, counts: readonly number[], starts: Int32Array): Level & { pairs: PairTable } {
	const pairs = new PairTable();
	const found: number[] = [];
	const at = new Int32Array(shorter.at.length).fill(-1);
	for (let w = 0; w < counts.length; w++) {
		for (let place = starts[w]!; place + n <= starts[w + 1]!; place++) {
			const [first, second] = [shorter.at[place]!, shorter.at[place + 1]!];
			if (first < 0 || second < 0) continue;
			const part = pairs.of(first, second);
			found[part] = (found[part] ?? 0) + counts[w]!;
			at[place] = part;
		}
	}
	for (let place = 0; place < at.length; place++) if (at[place]! >= 0 && found[at[place]!]! < 2) at[place] = -1;
	return { at, counts: found, pieces: [], pairs };
}

/** The pieces that begin at each place, and a place of each piece. */
function matched(levels: readonly Level[], starts: Int32Array, lengths: Int32Array): Pick<Lattices, 'offsets' | 'matches' | 'places'> {
	const places = new Int32Array(lengths.length);
	const size = starts.at(-1)!;
	const offsets = new Int32Array(size + 1);
	const pieceAt = ({ at, pieces }: Level, place: number) => (at[place]! < 0 ? undefined : pieces[at[place]!]);
	for (let place = 0; place < size; place++) {
		let found = 0;
		for (const level of levels) if (pieceAt(level, place) !== undefined) found++;
		offsets[place + 1] = offsets[place]! + found;
	}
	const matches = new Int32Array(offsets[size]!);
	let next = 0;
	for (let place = 0; place < size; place++) {
		for (const level of levels) {
			const piece = pieceAt(level, place);
			if (piece === undefined) continue;
			matches[next++] = piece;
			places[piece] = place;
		}
	}
	return { offsets, matches, places };
}
