// An index of SimHash fingerprints: which ones differ in a few bits from a given one, without a look at all of them.
import { argumentOf, is, type Kind, type Kinds, optionsOf } from '../../base/index.js';
import { fingerprintKind, hammingDistance } from './compare.js';
import { type IndexKey, keyedBands, keysKind } from './keyed-bands.js';

/** How far an index sees. */
export interface SimhashIndexOptions {
	/** The largest Hamming distance at which every fingerprint is found, at most 31. Default 3. */
	distance?: number;
}

/** An index as plain data: JSON, and an array of numbers. */
export interface SimhashIndexState<K extends IndexKey = IndexKey> {
	readonly distance: number;
	readonly keys: readonly K[];
	/** The fingerprints in the order of the keys, two numbers each. */
	readonly fingerprints: Uint32Array;
}

/** Fingerprints under keys. */
export interface SimhashIndex<K extends IndexKey = IndexKey> {
	readonly distance: number;
	/** Fingerprints that were inserted. */
	readonly size: number;
	/** Inserts a fingerprint; keys need not differ. */
	insert(key: K, fingerprint: Uint32Array): void;
	/** All within `distance` bits of this fingerprint, in the order in which they were inserted. */
	query(fingerprint: Uint32Array): { key: K; distance: number }[];
	/** Inserts all of another index, in its order. */
	merge(other: SimhashIndex<K>): void;
	/** A copy as plain data, for `simhashIndexOf`. */
	readonly state: SimhashIndexState<K>;
}

const distanceKind: Kind = {
	expected: 'a whole number from 0 to 31',
	fits: (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 32,
};

const kinds: Kinds<SimhashIndexOptions> = { distance: distanceKind };

/**
 * Makes an empty index of SimHash fingerprints. Their 64 bits are cut into distance + 1 blocks: where so many bits differ at most, one block is equal
 * (Manku, Jain & Das Sarma 2007, section 3), so no fingerprint within the distance is missed. The shorter the blocks, the more are looked at.
 *
 * @example
 * const index = createSimhashIndex<string>({ distance: 3 });
 * for await (const { id, fingerprint } of pipe(docs, words(), simhash())) index.insert(id, fingerprint);
 */
export function createSimhashIndex<K extends IndexKey = IndexKey>(options: SimhashIndexOptions = {}): SimhashIndex<K> {
	const { distance = 3 } = optionsOf('createSimhashIndex', options, kinds);
	// A block of at most 32 bits is one number.
	const blocks = Math.max(2, distance + 1);
	const fingerprints: number[] = [];
	const kept = keyedBands<K>('insert', blocks, { bands: blocks, rows: 1 });
	const insert = (key: K, fingerprint: Uint32Array) => {
		kept.insert(key, blocksOf(argumentOf('insert', 'fingerprint', fingerprint, fingerprintKind), blocks));
		fingerprints.push(fingerprint[0]!, fingerprint[1]!);
	};
	return {
		distance,
		get size() {
			return kept.index.size;
		},
		insert,
		query(fingerprint) {
			const places = kept.places(blocksOf(argumentOf('query', 'fingerprint', fingerprint, fingerprintKind), blocks));
			const found = places.map((place) => ({
				key: kept.keys[place]!,
				distance: hammingDistance(fingerprint, Uint32Array.of(fingerprints[2 * place]!, fingerprints[2 * place + 1]!)),
			}));
			return found.filter((other) => other.distance <= distance);
		},
		merge({ state }) {
			for (const [i, key] of state.keys.entries()) insert(key, state.fingerprints.subarray(2 * i, 2 * i + 2));
		},
		get state() {
			return { distance, keys: [...kept.keys], fingerprints: Uint32Array.from(fingerprints) };
		},
	};
}

/** The index that `state` was written of. Throws a RangeError where it is none. */
export function simhashIndexOf<K extends IndexKey>(state: SimhashIndexState<K>): SimhashIndex<K> {
	const { distance, keys, fingerprints } = argumentOf('simhashIndexOf', 'state', state, is.object);
	const index = createSimhashIndex<K>({ distance });
	argumentOf('simhashIndexOf', 'keys', keys, keysKind);
	argumentOf('simhashIndexOf', 'fingerprints', fingerprints, {
		expected: `a Uint32Array of ${keys.length} × 2 numbers`,
		fits: (value) => value instanceof Uint32Array && value.length === 2 * keys.length,
	});
	for (const [i, key] of keys.entries()) index.insert(key, fingerprints.subarray(2 * i, 2 * i + 2));
	return index;
}

/** The 64 bits in blocks of nearly equal length, a number each. */
function blocksOf([low, high]: Uint32Array, blocks: number): Uint32Array {
	const cut = new Uint32Array(blocks);
	for (let block = 0; block < blocks; block++) {
		const from = Math.floor((64 * block) / blocks);
		const to = Math.floor((64 * (block + 1)) / blocks);
		for (let bit = from; bit < to; bit++) cut[block] = (cut[block]! << 1) | (((bit < 32 ? low! : high!) >>> (bit & 31)) & 1);
	}
	return cut;
}
