// What the indexes of signatures and of fingerprints share: a key for each, and candidates in the order in which they came.
import { argumentOf, type BandIndex, type Bands, createBandIndex, type Kind } from '../../base/index.js';

/** What a document is called in an index. */
export type IndexKey = string | number;

/** Keys and what they stand for. */
export interface KeyedBands<K extends IndexKey> {
	readonly keys: readonly K[];
	readonly index: BandIndex;
	insert(key: K, numbers: Uint32Array): void;
	/** The places of those that share a band with these numbers, in the order in which they were inserted. */
	places(numbers: Uint32Array): readonly number[];
}

const keyKind: Kind = { expected: 'a text or a number', fits: (value) => typeof value === 'string' || typeof value === 'number' };

/** Keys of an index as they were saved. */
export const keysKind: Kind = {
	expected: 'an array of texts and numbers',
	fits: (value) => Array.isArray(value) && value.every(keyKind.fits),
};

/** No keys yet. */
export function keyedBands<K extends IndexKey>(who: string, width: number, bands: Bands): KeyedBands<K> {
	const keys: K[] = [];
	const index = createBandIndex(width, bands);
	return {
		keys,
		index,
		insert(key, numbers) {
			keys.push(argumentOf(who, 'key', key, keyKind));
			index.add(numbers);
		},
		places: (numbers) => index.candidates(numbers).toSorted((a, b) => a - b),
	};
}
