// An index of MinHash signatures: which documents are similar to a given one, without a look at all of them.
import { argumentOf, type Bands, is, type Kind, type Kinds, optionsOf } from '../../base/index.js';
import { type IndexKey, keyedBands, keysKind } from './keyed-bands.js';
import { lshBands } from './lsh-bands.js';
import { permutationsKind } from './minhash.js';

/** How an index finds candidates. */
export interface MinhashIndexOptions {
	/** Numbers of a signature. Default 128. */
	permutations?: number;
	/** How signatures are cut. Default `lshBands(0.8, { permutations })`. */
	bands?: Bands;
}

/** An index as plain data: JSON, and an array of numbers. */
export interface MinhashIndexState<K extends IndexKey = IndexKey> extends Bands {
	readonly permutations: number;
	readonly keys: readonly K[];
	/** The signatures in the order of the keys, one after the other. */
	readonly signatures: Uint32Array;
}

/** Signatures under keys. */
export interface MinhashIndex<K extends IndexKey = IndexKey> extends Bands {
	readonly permutations: number;
	/** Signatures that were inserted. */
	readonly size: number;
	/** Inserts a signature; keys need not differ. */
	insert(key: K, signature: Uint32Array): void;
	/** Those that share a band with this signature and whose estimated Jaccard similarity is at least `least` (default 0: all candidates), in the order in which they were inserted. */
	query(signature: Uint32Array, least?: number): { key: K; similarity: number }[];
	/** Inserts all of another index, in its order: what two threads or two days indexed apart is then one. Both must have the same bands. */
	merge(other: MinhashIndex<K>): void;
	/** A copy as plain data, for `minhashIndexOf`. */
	readonly state: MinhashIndexState<K>;
}

const whole = is.whole(1).fits;
const bandsKind: Kind = {
	expected: '{ bands, rows }, whole numbers from 1',
	fits: (value) => is.object.fits(value) && whole((value as Bands).bands) && whole((value as Bands).rows),
	next: 'Choose them by lshBands(0.8).',
};

const kinds: Kinds<MinhashIndexOptions> = { permutations: permutationsKind, bands: bandsKind };

/**
 * Makes an empty index of MinHash signatures by their bands (locality-sensitive hashing; Indyk & Motwani 1998). A signature of 128 numbers takes about 700 bytes,
 * twice that while arrays grow. Candidates are exactly those with a whole band in common.
 *
 * @example
 * const index = createMinhashIndex<string>({ bands: lshBands(0.7) });
 * for await (const { id, signature } of pipe(docs, words(), minhash())) index.insert(id, signature);
 * index.query(minhash().signature(wordTokens(text)), 0.7); // [{ key: 'a12', similarity: 0.81 }]
 */
export function createMinhashIndex<K extends IndexKey = IndexKey>(options: MinhashIndexOptions = {}): MinhashIndex<K> {
	const who = 'createMinhashIndex';
	const { permutations = 128, bands: cut = lshBands(0.8, { permutations }) } = optionsOf(who, options, kinds);
	const { bands, rows } = cut;
	if (bands * rows > permutations) {
		throw new RangeError(
			`${who}: expected at most ${permutations} numbers in bands, got ${bands} × ${rows}. Choose them by lshBands(0.8, { permutations: ${permutations} }).`,
		);
	}
	const kept = keyedBands<K>('insert', permutations, { bands, rows });
	const signatureKind: Kind = {
		expected: `a signature, a Uint32Array of ${permutations} numbers`,
		fits: (value) => value instanceof Uint32Array && value.length === permutations,
		next: `Make it with minhash({ permutations: ${permutations} }).`,
	};
	const index: MinhashIndex<K> = {
		permutations,
		bands,
		rows,
		get size() {
			return kept.index.size;
		},
		insert: (key, signature) => kept.insert(key, argumentOf('insert', 'signature', signature, signatureKind)),
		query(signature, least = 0) {
			argumentOf('query', 'signature', signature, signatureKind);
			argumentOf('query', 'least', least, is.share);
			const found = kept.places(signature).map((place) => ({
				key: kept.keys[place]!,
				similarity: kept.index.agreeing(place, signature) / permutations,
			}));
			return found.filter(({ similarity }) => similarity >= least);
		},
		merge(other) {
			const { keys, signatures, ...of } = other.state;
			if (of.permutations !== permutations || of.bands !== bands || of.rows !== rows) {
				throw new RangeError(
					`merge: expected an index of ${bands} × ${rows} of ${permutations} numbers, got one of ${of.bands} × ${of.rows} of ${of.permutations}. Make both with the same options.`,
				);
			}
			for (const [i, key] of keys.entries()) kept.insert(key, signatures.subarray(i * permutations, (i + 1) * permutations));
		},
		get state() {
			return { permutations, bands, rows, keys: [...kept.keys], signatures: kept.index.signatures.slice() };
		},
	};
	return index;
}

/** The index that `state` was written of. Throws a RangeError where it is none. */
export function minhashIndexOf<K extends IndexKey>(state: MinhashIndexState<K>): MinhashIndex<K> {
	const { permutations, bands, rows, keys, signatures } = argumentOf('minhashIndexOf', 'state', state, is.object);
	const index = createMinhashIndex<K>({ permutations, bands: { bands, rows } });
	argumentOf('minhashIndexOf', 'keys', keys, keysKind);
	argumentOf('minhashIndexOf', 'signatures', signatures, {
		expected: `a Uint32Array of ${keys.length} × ${permutations} numbers`,
		fits: (value) => value instanceof Uint32Array && value.length === keys.length * permutations,
	});
	for (const [i, key] of keys.entries()) index.insert(key, signatures.subarray(i * permutations, (i + 1) * permutations));
	return index;
}
