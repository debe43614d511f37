// A stream divided into parts (training, test): each part reads the source and keeps what is its own.

import { argumentOf, hashText, is, optionsOf, randomFloat } from '../../base/index.js';
import { type Documents, documentsFrom, replayable, type Source } from '../documents.js';

/** How `splitDocuments` divides. */
export interface SplitOptions<D> {
	/** Same seed, same parts. Default 0. */
	readonly seed?: number;
	/** Divides by the hash of this key, so that equal keys share a part and a document keeps its part when others come or go. Default: by its place in the stream. */
	readonly by?: (doc: D) => string;
}

/** What documents are divided by. */
const key = { ...is.text, next: 'Say what the key is: splitDocuments(docs, shares, { by: (doc) => String(doc.id) }).' };

/** The stream of random numbers that divides documents. */
const dividing = 0x10000002;

/**
 * Divides documents at random by shares that sum to 1, each document by itself: the parts have about their shares. Nothing is held
 * in memory: each part reads the source again, so the source must be one that can be read several times.
 *
 * @example
 * const { train, test } = splitDocuments(jsonl('reviews.jsonl'), { train: 0.9, test: 0.1 }, { seed: 1 });
 */
export function splitDocuments<D, Part extends string>(
	source: Source<D>,
	shares: Readonly<Record<Part, number>>,
	options: SplitOptions<D> = {},
): Record<Part, Documents<D>> {
	const { seed = 0, by } = optionsOf('splitDocuments', options, { seed: is.whole(), by: is.function });
	argumentOf('splitDocuments', 'shares', shares, { ...is.object, next: 'Write { train: 0.9, test: 0.1 }.' });
	const docs = replayable(source, 'splitDocuments');
	const names = Object.keys(shares) as Part[];
	const sizes = names.map((name) => shares[name]);
	if (sizes.some((share) => !(share >= 0)) || Math.abs(sizes.reduce((sum, share) => sum + share, 0) - 1) > 1e-9) {
		throw new RangeError(`splitDocuments: expected shares from 0 that sum to 1, got ${sizes.join(', ') || 'none'}. Correct them.`);
	}
	let sum = 0;
	const limits = sizes.map((share) => {
		sum += share;
		return sum;
	});
	// What rounding leaves above the last limit is the last part's that has any.
	const last = sizes.findLastIndex((share) => share > 0);
	const partOf = (x: number) => {
		const at = limits.findIndex((limit) => x < limit);
		return at < 0 ? last : at;
	};
	const entries = names.map((name, part) => {
		const read = async function* () {
			let index = 0;
			for await (const chunk of docs.chunks()) {
				const own = chunk.filter(
					(doc) =>
						partOf(
							randomFloat(seed, dividing, by ? hashText(argumentOf('splitDocuments', 'the key of a document', by(doc), key)) : index++),
						) === part,
				);
				if (own.length > 0) yield own;
			}
		};
		return [name, documentsFrom(read)] as const;
	});
	return Object.fromEntries(entries) as Record<Part, Documents<D>>;
}
