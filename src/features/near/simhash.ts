// SimHash: a document as 64 bits, of which two similar documents share most.
import { type Kinds, mix, optionsOf, randomKeys, type Shingles } from '../../base/index.js';
import { type AnyStage, map, type OwnStage, ownStage, type Stage } from '../../stream/index.js';
import { type Comparable, type Compared, overShingles, type ShingleOptions, shingleKinds } from './shingle-options.js';

/** How fingerprints are made. */
export interface SimhashOptions extends ShingleOptions {
	/** Tokens or characters in a run; a document that is shorter is one run. Default 1 token, 5 characters. */
	shingle?: number;
}

/** SimHash: a stage that adds `fingerprint`. */
export interface Simhash<On extends 'tokens' | 'text'> extends Stage<Comparable<On>, { fingerprint: Uint32Array }> {
	/** The fingerprint of the tokens, or the text, of one document: its low 32 bits, then its high ones. 0 where there are none. */
	fingerprint(of: Compared<On>): Uint32Array;
}

/** What makes `simhash`: the field of its stage depends on `on`. */
interface MakeSimhash {
	(options: SimhashOptions & { on: 'text' }): Simhash<'text'>;
	(options?: SimhashOptions & { on?: 'tokens' }): Simhash<'tokens'>;
}

const kinds: Kinds<SimhashOptions> = shingleKinds;

/**
 * Adds the SimHash `fingerprint` of a document (Charikar 2002), 64 bits as two numbers: a bit is 1 where more than half of the document's shingles, each as
 * often as it occurs, have a hash with that bit. The expected share of bits that differ is the angle between two documents as vectors of counts over π:
 * see `hammingDistance`, `createSimhashIndex`.
 *
 * @example
 * pipe(docs, clean(), words(), simhash());
 */
export const simhash: MakeSimhash & OwnStage = ownStage(((given: SimhashOptions = {}): AnyStage => {
	const { on = 'tokens', shingle = on === 'text' ? 5 : 1, seed = 0 } = optionsOf('simhash', given, kinds);
	const { needs, ofDocument, of } = overShingles('simhash', on, shingle, createFingerprint(seed));
	const options = { on, shingle, seed };
	const add = (doc: { tokens: readonly string[]; text: string }) => ({ fingerprint: ofDocument(doc) });
	return Object.assign(map(add, { stage: 'simhash', options, needs }), { fingerprint: of });
}) as MakeSimhash);

/** The stream of random numbers that hashes shingles. */
const hashing = 0x10000005;

/** Counts that fit in the 8 bits of a lane. */
const most = 255;

/** A function that makes the fingerprint of a document. */
function createFingerprint(seed: number): (shingles: Shingles) => Uint32Array {
	const keys = randomKeys(seed, hashing);
	// Bits k, k + 8, k + 16 and k + 24 of a half are counted in the four lanes of one number: 8 additions instead of 32.
	const lanes = new Uint32Array(16);
	const counts = new Uint32Array(64);
	const flush = () => {
		for (let lane = 0; lane < 16; lane++) {
			const first = lane < 8 ? lane : lane + 24;
			for (let byte = 0; byte < 4; byte++) counts[first + 8 * byte]! += (lanes[lane]! >>> (8 * byte)) & 0xff;
		}
		lanes.fill(0);
	};
	return ({ hashes, count }) => {
		counts.fill(0);
		for (let start = 0; start < count; start += most) {
			const end = Math.min(count, start + most);
			for (let i = start; i < end; i++) {
				const low = mix(hashes[i]! ^ keys[0]);
				const high = mix(low + keys[1]);
				for (let k = 0; k < 8; k++) {
					lanes[k]! += (low >>> k) & 0x01010101;
					lanes[k + 8]! += (high >>> k) & 0x01010101;
				}
			}
			flush();
		}
		const fingerprint = new Uint32Array(2);
		for (let bit = 0; bit < 64; bit++) if (2 * counts[bit]! > count) fingerprint[bit >> 5]! |= 1 << (bit & 31);
		return fingerprint;
	};
}
