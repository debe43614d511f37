// A data set in memory, ready to be cut into batches: the ids of all documents in one array. 120,000 news texts take 20 MB.
import { documents, randomFloat, type Source } from '../stream/index.js';
import { streams } from './weights.js';

/** Documents as ids, one after the other. */
export interface Dataset {
	readonly size: number;
	readonly ids: Int32Array;
	/** Where each document begins in `ids`; one more at the end. */
	readonly starts: Uint32Array;
	readonly targets: Int32Array;
	/** Documents that were cut at the longest length. */
	readonly cut: number;
}

/** Collects encoded documents, each cut at `maxLength` ids. */
export async function pack(docs: Source<{ ids: Int32Array; target: number }>, { maxLength }: { maxLength: number }): Promise<Dataset> {
	let ids = new Int32Array(1 << 16);
	let filled = 0;
	let cut = 0;
	const starts = [0];
	const targets: number[] = [];
	for await (const chunk of documents(docs).chunks()) {
		for (const doc of chunk) {
			const kept = doc.ids.length > maxLength ? doc.ids.subarray(0, maxLength) : doc.ids;
			if (kept.length < doc.ids.length) cut++;
			if (filled + kept.length > ids.length) {
				const larger = new Int32Array(Math.max(2 * ids.length, filled + kept.length));
				larger.set(ids);
				ids = larger;
			}
			ids.set(kept, filled);
			filled += kept.length;
			starts.push(filled);
			targets.push(doc.target);
		}
	}
	return { size: targets.length, ids: ids.slice(0, filled), starts: Uint32Array.from(starts), targets: Int32Array.from(targets), cut };
}

/** The document's number of ids. */
export function lengthOf({ starts }: Dataset, doc: number): number {
	return starts[doc + 1]! - starts[doc]!;
}

/** Divides documents at random, by seed: about the share `part` of them first, then the rest. Each keeps its side when others are added. */
export function splitNumbers(size: number, part: number, seed: number): [Uint32Array, Uint32Array] {
	const all = Uint32Array.from({ length: size }, (_, doc) => doc);
	const first = (doc: number) => randomFloat(seed, streams.split, doc) < part;
	return [all.filter(first), all.filter((doc) => !first(doc))];
}
