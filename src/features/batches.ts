// Batches from a stream: documents with ids to rectangles that a model takes.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { checkOf, type Documents, documents, documentsFrom, each, type Source } from '../stream/index.js';
import { type PaddedIds, padIds } from './pad.js';

/** How a stream is cut into batches. */
export interface BatchOptions {
	/** Documents in a batch. Default 64. */
	readonly size?: number;
	/** Documents of similar length come together: this many batches are collected and sorted. Default 1, the order of the stream. */
	readonly bucket?: number;
	/** The shortest a batch is padded to. Default 1. */
	readonly minLength?: number;
	/** Documents are cut at this many ids. Default no limit. */
	readonly maxLength?: number;
}

/** A batch: padded ids, and the documents they come from, row by row. */
export interface Batch<D> extends PaddedIds {
	readonly docs: readonly D[];
}

const kinds: Kinds<BatchOptions> = { size: is.whole(1), bucket: is.whole(1), minLength: is.whole(1), maxLength: is.limit(1) };

/**
 * A step that cuts a stream of encoded documents into padded batches; the last may be smaller.
 *
 * @example
 * for await (const { ids, lengths, size, time } of pipe(docs, stages, batches({ size: 32, bucket: 16 }))) …
 */
export function batches(options: BatchOptions = {}) {
	const { size = 64, bucket = 1, minLength = 1, maxLength = Number.POSITIVE_INFINITY } = optionsOf('batches', options, kinds);
	const check = checkOf('batches', { ids: 'ids' });
	return <D extends { ids: Int32Array }>(source: Source<D>): Documents<Batch<D>> => {
		const docs = documents(source);
		return documentsFrom(async function* () {
			let waiting: D[] = [];
			let first = 0;
			for await (const chunk of docs.chunks()) {
				each('batches', chunk, first, check);
				first += chunk.length;
				waiting = waiting.concat(chunk);
				for (; waiting.length >= size * bucket; waiting = waiting.slice(size * bucket)) yield cut(waiting.slice(0, size * bucket));
			}
			if (waiting.length > 0) yield cut(waiting);
		}, docs.replayable);
	};

	function cut<D extends { ids: Int32Array }>(docs: readonly D[]): Batch<D>[] {
		const order = bucket > 1 ? [...docs].sort((a, b) => a.ids.length - b.ids.length) : docs;
		return Array.from({ length: Math.ceil(order.length / size) }, (_, place) => {
			const rows = order.slice(place * size, (place + 1) * size);
			return {
				docs: rows,
				...padIds(
					rows.map(({ ids }) => ids),
					{ minLength, maxLength },
				),
			};
		});
	}
}
