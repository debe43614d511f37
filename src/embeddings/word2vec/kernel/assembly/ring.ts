// The words of the window, each with a vector of its own: what it was when the word came in, then what has become of it. When the word leaves, the difference goes to its rows:
// its own, and those of its n-grams. So a row is gathered and written once for each place of a text, not once for each pair, and threads seldom write to the same line.
import { add, addFour, addToFour, copy, difference, multiply } from './rows';
import { counts, input, pieceStarts, pieces, ring, ringMask, skipGram, spare, stride } from './plan';

/** The vector of a place of the text, as it is now. */
// @ts-ignore: decorator
@inline
export function vectorAt(place: i32): usize {
	return ring + <usize>((place & ringMask) << 1) * stride;
}

/** How many rows make up the vector of a place. */
// @ts-ignore: decorator
@inline
export function countAt(place: i32): f32 {
	return load<f32>(counts + (<usize>(place & ringMask) << 2));
}

/** The row of a word or n-gram in the list of pieces. */
// @ts-ignore: decorator
@inline
function rowAt(piece: usize): usize {
	return input + <usize>load<u32>(piece) * stride;
}

/** A word comes in: skip-gram predicts from its rows, scaled by their number, CBOW from the sum of the rows of all words. */
export function enter(place: i32, word: u32): void {
	const vector = vectorAt(place);
	let count: f32 = 1;
	if (pieceStarts == 0) {
		copy(vector, input + <usize>word * stride, stride);
	} else {
		let at = pieces + (<usize>load<u32>(pieceStarts + (<usize>word << 2)) << 2);
		const end = pieces + (<usize>load<u32>(pieceStarts + (<usize>word << 2), 4) << 2);
		count = <f32>((end - at) >> 2);
		copy(vector, rowAt(at), stride);
		for (at += 4; at + 12 < end; at += 16) addFour(vector, rowAt(at), rowAt(at + 4), rowAt(at + 8), rowAt(at + 12), stride);
		for (; at < end; at += 4) add(vector, rowAt(at), stride);
		// As gensim has it: the sum with the word's own row over the number of the others.
		if (skipGram && count > 1) multiply(vector, 1 / (count - 1), stride);
	}
	store<f32>(counts + (<usize>(place & ringMask) << 2), count);
	copy(vector + stride, vector, stride);
}

/** A word leaves: each of its rows moves as its vector has moved, of which CBOW has the sum over the rows. */
export function leave(place: i32, word: u32): void {
	const vector = vectorAt(place);
	if (pieceStarts == 0) {
		const row = input + <usize>word * stride;
		for (let at: usize = 0; at < stride; at += 16) {
			const moved = f32x4.sub(v128.load(vector + at), v128.load(vector + stride + at));
			v128.store(row + at, f32x4.add(v128.load(row + at), moved));
		}
		return;
	}
	difference(spare, vector, vector + stride, skipGram ? 1 : 1 / countAt(place), stride);
	let at = pieces + (<usize>load<u32>(pieceStarts + (<usize>word << 2)) << 2);
	const end = pieces + (<usize>load<u32>(pieceStarts + (<usize>word << 2), 4) << 2);
	for (; at + 12 < end; at += 16) addToFour(rowAt(at), rowAt(at + 4), rowAt(at + 8), rowAt(at + 12), spare, stride);
	for (; at < end; at += 4) add(rowAt(at), spare, stride);
}
