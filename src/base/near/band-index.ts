// Signatures by their bands (locality-sensitive hashing; Indyk & Motwani 1998): those that share a whole band with a given one are found at once.
import { mix } from '../random.js';
import type { Bands } from './bands.js';

/** Signatures by their places, in the order in which they were added. */
export interface BandIndex {
	readonly size: number;
	add(signature: Uint32Array): void;
	/** The places of the signatures that share a band with this one, in no order; each once. The list is written anew by the next call. */
	candidates(signature: Uint32Array): readonly number[];
	/** How many numbers of the signature at a place are those of this one. */
	agreeing(place: number, signature: Uint32Array): number;
	/** All signatures, one after the other; a view until the next `add`. */
	readonly signatures: Uint32Array;
}

/**
 * An empty index of signatures of `width` numbers; those behind bands × rows are kept, but not searched by. A signature takes 4 · width bytes and up
 * to 20 a band, while arrays grow twice that.
 */
export function createBandIndex(width: number, { bands, rows }: Bands): BandIndex {
	let size = 0;
	let all = new Uint32Array(64 * width);
	// An entry is a band of a signature, place · bands + band. `next` has for each the one before it of equal numbers, plus 1.
	let next = new Int32Array(64 * bands);
	// Open addressing: the newest entry of each bucket, plus 1.
	let slots = new Int32Array(1024);
	let buckets = 0;
	let seen = new Int32Array(64);
	let searches = 0;
	const found: number[] = [];

	/** The slot of the bucket of a band that begins at `start` of `numbers`, or the free one where it belongs. */
	const slotOf = (numbers: Uint32Array, start: number, band: number): number => {
		let hash = band;
		for (let row = 0; row < rows; row++) hash = Math.imul(hash ^ numbers[start + row]!, 0x9e3779b1) ^ (hash >>> 15);
		const last = slots.length - 1;
		for (let slot = mix(hash) & last; ; slot = (slot + 1) & last) {
			const entry = slots[slot]! - 1;
			if (entry < 0) return slot;
			const place = Math.floor(entry / bands);
			if (entry - place * bands !== band) continue;
			const other = place * width + band * rows;
			let row = 0;
			while (row < rows && all[other + row] === numbers[start + row]) row++;
			if (row === rows) return slot;
		}
	};

	const spread = () => {
		const old = slots;
		slots = new Int32Array(2 * old.length);
		for (const head of old) {
			if (head === 0) continue;
			const place = Math.floor((head - 1) / bands);
			const band = head - 1 - place * bands;
			slots[slotOf(all, place * width + band * rows, band)] = head;
		}
	};

	return {
		get size() {
			return size;
		},
		add(signature) {
			if ((size + 1) * width > all.length) {
				all = longer(all);
				next = longer(next);
				seen = longer(seen);
			}
			all.set(signature, size * width);
			for (let band = 0; band < bands; band++) {
				const slot = slotOf(signature, band * rows, band);
				next[size * bands + band] = slots[slot]!;
				if (slots[slot] === 0) buckets++;
				slots[slot] = size * bands + band + 1;
				if (2 * buckets > slots.length) spread();
			}
			size++;
		},
		candidates(signature) {
			found.length = 0;
			searches++;
			for (let band = 0; band < bands; band++) {
				for (let entry = slots[slotOf(signature, band * rows, band)]! - 1; entry >= 0; entry = next[entry]! - 1) {
					const place = Math.floor(entry / bands);
					if (seen[place] === searches) continue;
					seen[place] = searches;
					found.push(place);
				}
			}
			return found;
		},
		agreeing(place, signature) {
			const start = place * width;
			let count = 0;
			for (let i = 0; i < width; i++) if (all[start + i] === signature[i]) count++;
			return count;
		},
		get signatures() {
			return all.subarray(0, size * width);
		},
	};
}

function longer<A extends Uint32Array | Int32Array>(array: A): A {
	const grown = new (array.constructor as new (length: number) => A)(2 * array.length);
	grown.set(array);
	return grown;
}
