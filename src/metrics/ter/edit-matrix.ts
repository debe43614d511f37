// Edit distances of words near the diagonal, forwards and backwards, so that the distance after a shift costs only the rows that it changes.

/** Words to either side of the diagonal that are looked at (Tercom's beam). */
const beam = 25;

/** More than any distance. */
const never = 2 ** 29;

/** How one text becomes another. */
export interface Alignment {
	/** For each word of the reference the place of the hypothesis' word that it is aligned with, or that it comes after; −1 for none. */
	readonly places: Int32Array;
	/** Which words of the hypothesis, and of the reference, are not right. */
	readonly wrong: Uint8Array;
	readonly missed: Uint8Array;
}

/** Edit distances between a hypothesis, which may change, and a reference. */
export interface EditMatrix {
	/** Begins with another hypothesis, in place of the one before; its edit distance. */
	open(hypothesis: Int32Array): number;
	/** How the hypothesis becomes the reference: the same word or another rather than one left out, that rather than one put in. */
	align(): Alignment;
	/** The distance after the words from `from` to `to` are others. */
	changed(words: Int32Array, from: number, to: number): number;
}

/**
 * Distances from hypotheses of `rows` words to a reference. Row i has the columns within 25 of i · reference / rows, and no others are kept; these are
 * what sacreBLEU's beam has, so that of very different texts the distance may be larger than the least one.
 */
export function editMatrix(rows: number, reference: Int32Array): EditMatrix {
	const columns = reference.length;
	const ratio = rows > 0 ? columns / rows : 1;
	const width = beam < ratio / 2 ? Math.ceil(ratio / 2 + beam) : beam;
	// The columns of each row: the first, and that after the last. Row 0 has all; column j of row i is at starts[i] + j.
	const lows = Int32Array.from({ length: rows + 1 }, (_, i) => (i === 0 ? 0 : Math.max(0, Math.floor(i * ratio) - width)));
	const highs = Int32Array.from({ length: rows + 1 }, (_, i) =>
		i === 0 || i === rows ? columns + 1 : Math.min(columns + 1, Math.floor(i * ratio) + width),
	);
	const starts = new Int32Array(rows + 1);
	let [size, widest] = [columns + 1, columns + 1];
	for (let i = 1; i <= rows; i++) {
		starts[i] = size - lows[i]!;
		size += highs[i]! - lows[i]!;
		widest = Math.max(widest, highs[i]! - lows[i]!);
	}
	const forward = new Int32Array(size);
	for (let j = 0; j <= columns; j++) forward[j] = j;
	const backward = new Int32Array(size);
	let [scratch, above] = [new Int32Array(widest), new Int32Array(widest)];
	let words: Int32Array = new Int32Array(0);
	let hasBackward = false;
	const distance = () => forward[starts[rows]! + columns]!;
	/** A distance from the beginning. */
	const at = (i: number, j: number) => (j >= lows[i]! && j < highs[i]! ? forward[starts[i]! + j]! : never);

	/** Row i of distances from the beginning into `row`, whose column j is at `to + j`, of row i − 1, where it is at `from + j`. */
	const fill = (i: number, word: number, upper: Int32Array, from: number, row: Int32Array, to: number) => {
		const [low, high, known] = [lows[i]!, highs[i]!, highs[i - 1]!];
		let corner = low > lows[i - 1]! ? upper[from + low - 1]! : never;
		let left = never;
		for (let j = low; j < high; j++) {
			const over = j < known ? upper[from + j]! : never;
			const same = j > 0 && word === reference[j - 1];
			left = Math.min(same ? corner : corner + 1, over + 1, left + 1);
			row[to + j] = left;
			corner = over;
		}
	};
	/** Distances to the end. Row 0 is never asked for. */
	const fillBackward = () => {
		for (let i = rows; i > 0; i--) {
			const [start, low, high, word] = [starts[i]!, lows[i]!, highs[i]!, words[i]];
			const [under, known, end] = i < rows ? [starts[i + 1]!, lows[i + 1]!, highs[i + 1]!] : [0, columns + 1, columns];
			let right = i === rows ? -1 : never;
			let corner = high < end ? backward[under + high]! : never;
			for (let j = high - 1; j >= low; j--) {
				const below = j >= known ? backward[under + j]! : never;
				right = Math.min(word === reference[j] ? corner : corner + 1, below + 1, right + 1);
				backward[start + j] = right;
				corner = below;
			}
		}
		hasBackward = true;
	};

	return {
		open(hypothesis) {
			words = hypothesis;
			hasBackward = false;
			for (let i = 1; i <= rows; i++) fill(i, words[i - 1]!, forward, starts[i - 1]!, forward, starts[i]!);
			return distance();
		},
		align() {
			const [places, wrong, missed] = [new Int32Array(columns), new Uint8Array(rows), new Uint8Array(columns)];
			for (let [i, j] = [rows, columns]; i > 0 || j > 0; ) {
				const here = at(i, j);
				const isWrong = i > 0 && j > 0 && words[i - 1] !== reference[j - 1] ? 1 : 0;
				if (i > 0 && j > 0 && at(i - 1, j - 1) + isWrong === here) {
					places[--j] = --i;
					wrong[i] = missed[j] = isWrong;
				} else if (i > 0 && at(i - 1, j) + 1 === here) {
					wrong[--i] = 1;
				} else {
					places[--j] = i - 1;
					missed[j] = 1;
				}
			}
			return { places, wrong, missed };
		},
		changed(moved, from, to) {
			if (from === to) return distance();
			if (!hasBackward) fillBackward();
			let [upper, offset] = [forward, starts[from]!];
			for (let i = from + 1; i <= to; i++) {
				fill(i, moved[i - 1 - from]!, upper, offset, scratch, -lows[i]!);
				[above, scratch] = [scratch, above];
				[upper, offset] = [above, -lows[i]!];
			}
			let least = never;
			for (let j = lows[to]!; j < highs[to]!; j++) least = Math.min(least, upper[offset + j]! + backward[starts[to]! + j]!);
			return least;
		},
	};
}
