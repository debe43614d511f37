// Texts that are nearly those before them: word shingles, signatures, and an index of them, for whoever reads texts one after the other.
import { is, type Kind } from '../kinds.js';
import { type BandIndex, createBandIndex } from './band-index.js';
import { bandsForRecall } from './bands.js';
import { createShingles, wordShingles } from './shingles.js';
import { createSketch } from './sketch.js';

/** Numbers of a signature: the estimate's standard error is at most 0.044, at 0.8 it is 0.035. */
const permutations = 128;

/** What `near` can be. */
export const nearKind: Kind = { expected: 'a similarity above 0, at most 1', fits: (value) => is.share.fits(value) && value !== 0 };

/** A text that was met before, by its place among those that were added, and how similar it is. */
export interface NearText {
	readonly place: number;
	readonly similarity: number;
}

/** Texts that were added, and the search for those that are near. */
export interface NearTexts {
	readonly signature: (text: string) => Uint32Array;
	/** Whether one that was added is at least as similar as `near`. */
	readonly has: (signature: Uint32Array) => boolean;
	/** All of them, in the order in which they were added. */
	readonly find: (signature: Uint32Array) => NearText[];
	readonly add: (signature: Uint32Array) => void;
}

/** An empty set of texts in which those of at least this estimated Jaccard similarity are found, with runs of `shingle` words as the elements. */
export function createNearTexts({ near, shingle }: { near: number; shingle: number }): NearTexts {
	const sketch = createSketch(permutations, 0);
	const shingles = createShingles();
	const index: BandIndex = createBandIndex(permutations, bandsForRecall(near, permutations));
	// Rounded up, but for what the product is off.
	const least = Math.ceil(near * permutations - 1e-9);
	return {
		signature: (text) => sketch(wordShingles(shingles, text, shingle)),
		has(signature) {
			for (const place of index.candidates(signature)) if (index.agreeing(place, signature) >= least) return true;
			return false;
		},
		find(signature) {
			const found: NearText[] = [];
			for (const place of index.candidates(signature)) {
				const agreeing = index.agreeing(place, signature);
				if (agreeing >= least) found.push({ place, similarity: agreeing / permutations });
			}
			return found.sort((a, b) => a.place - b.place);
		},
		add: (signature) => index.add(signature),
	};
}
