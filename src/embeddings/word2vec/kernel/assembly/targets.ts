// What is predicted at a word: the word against negative samples (Mikolov et al. 2013, section 2.2), the nodes on its way through the Huffman tree (2.1), or both.
import { aliases, labels, negative, negatives, nodes, paths, pathStarts, rates, spare, stride, targets, words } from './plan';
import { below, random } from './random';

/** Targets of a block. */
const block = 6;

// @ts-ignore: decorator
@inline
function put(at: usize, address: usize, label: f32, rate: f32): void {
	store<u32>(targets + at, <u32>address);
	store<f32>(labels + at, label);
	store<f32>(rates + at, rate);
}

/** Writes the targets of a word, blocks of six filled up with a row of zeros that nothing moves; their number. */
export function targetsOf(word: u32, rate: f32): i32 {
	let at: usize = 0;
	if (nodes != 0) {
		let path = paths + (<usize>load<u32>(pathStarts + (<usize>word << 2)) << 2);
		const end = paths + (<usize>load<u32>(pathStarts + (<usize>word << 2), 4) << 2);
		for (; path < end; path += 4, at += 4) {
			const node = load<u32>(path);
			put(at, nodes + <usize>(node >> 1) * stride, node & 1 ? <f32>1 : <f32>0, rate);
		}
	}
	if (negative > 0) {
		put(at, negatives + <usize>word * stride, 1, rate);
		at += 4;
		for (let i = 0; i < negative; i++) {
			// Alias method (Walker 1977): a place, and the word there or its alias.
			const bits = random();
			const place = below(<u32>(bits >> 32), words);
			const entry = aliases + (<usize>place << 3);
			const other = <u32>bits < load<u32>(entry) ? place : load<u32>(entry, 4);
			if (other == word) continue;
			put(at, negatives + <usize>other * stride, 0, rate);
			at += 4;
		}
	}
	let count = <i32>(at >> 2);
	for (; count % block != 0; count++, at += 4) put(at, spare + stride, 0, 0);
	return count;
}
