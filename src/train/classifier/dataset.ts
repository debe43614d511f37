// A data set in memory, ready to be cut into batches: the ids of all documents in one array. 120,000 news texts take 20 MB.
import type { Tensor } from '../../graph/index.js';
import { documents, type Source } from '../../stream/index.js';
import { hashOf, type Samples } from '../fit/samples.js';

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

/** The documents as samples: ids padded with 0 to the longest of a batch, at least to `minLength`. */
export function textSamples({ size, ids, starts, targets }: Dataset, { minLength }: { minLength: number }): Samples {
	const lengthOf = (doc: number) => starts[doc + 1]! - starts[doc]!;
	return {
		size,
		lengths: { time: Uint32Array.from({ length: size }, (_, doc) => Math.max(lengthOf(doc), minLength)) },
		batch: (docs, { time: length }) => {
			const padded = new Int32Array(docs.length * length!);
			for (const [row, doc] of docs.entries()) padded.set(ids.subarray(starts[doc], starts[doc + 1]), row * length!);
			const each = (number: (doc: number) => number): Tensor => {
				return { dtype: 'int32', shape: [docs.length], data: Int32Array.from(docs, number) };
			};
			return {
				ids: { dtype: 'int32', shape: [docs.length, length!], data: padded },
				lengths: each(lengthOf),
				targets: each((doc) => targets[doc]!),
			};
		},
		fingerprint: () => hashOf(ids, starts, targets),
	};
}
