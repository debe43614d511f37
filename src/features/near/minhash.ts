// MinHash: a document as a few numbers, of which two similar documents share about as many as they share shingles.
import { createSketch, type Kind, type Kinds, optionsOf } from '../../base/index.js';
import { type AnyStage, map, type OwnStage, ownStage, type Stage } from '../../stream/index.js';
import { type Comparable, type Compared, overShingles, type ShingleOptions, shingleKinds } from './shingle-options.js';

/** How signatures are made. */
export interface MinhashOptions extends ShingleOptions {
	/** Tokens or characters in a run; a document that is shorter is one run. Default 3 tokens, 5 characters. */
	shingle?: number;
	/** Numbers of a signature: the standard error of an estimate J is at most about √(J(1 − J)/permutations). Default 128. */
	permutations?: number;
}

/** MinHash: a stage that adds `signature`. */
export interface Minhash<On extends 'tokens' | 'text'> extends Stage<Comparable<On>, { signature: Uint32Array }> {
	/** The signature of the tokens, or the text, of one document. All of its numbers are 2³¹ − 1 where there are none, else below, as a rule. */
	signature(of: Compared<On>): Uint32Array;
}

/** What makes `minhash`: the field of its stage depends on `on`. */
interface MakeMinhash {
	(options: MinhashOptions & { on: 'text' }): Minhash<'text'>;
	(options?: MinhashOptions & { on?: 'tokens' }): Minhash<'tokens'>;
}

/** Numbers of a signature: the round takes up to 13 of their 31 bits, the rest tells shingles apart. */
export const permutationsKind: Kind = {
	expected: 'a whole number from 1 to 4096',
	fits: (value) => Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= 4096,
};

const kinds: Kinds<MinhashOptions> = { ...shingleKinds, permutations: permutationsKind };

/**
 * Adds the MinHash `signature` (Broder 1997) of the set of shingles of a document, `permutations` numbers: see `estimatedJaccard`, `createMinhashIndex`.
 * It is made by fast similarity sketching (Dahlgaard, Knudsen & Thorup 2017): its numbers estimate as well as those of independent permutations, and a document takes
 * a few hashes for each shingle instead of one for each permutation.
 *
 * @example
 * pipe(docs, clean(), words(), minhash({ shingle: 3 }));
 * estimatedJaccard(minhash().signature(['a', 'quiet', 'film']), minhash().signature(['a', 'quiet', 'ferry']));
 */
export const minhash: MakeMinhash & OwnStage = ownStage(((given: MinhashOptions = {}): AnyStage => {
	const { on = 'tokens', shingle = on === 'text' ? 5 : 3, permutations = 128, seed = 0 } = optionsOf('minhash', given, kinds);
	const { needs, ofDocument, of } = overShingles('minhash', on, shingle, createSketch(permutations, seed));
	// What follows from `on` is not written out: another `on` has its own.
	const options = { on, ...(given.shingle !== undefined && { shingle }), permutations, seed };
	const add = (doc: { tokens: readonly string[]; text: string }) => ({ signature: ofDocument(doc) });
	return Object.assign(map(add, { stage: 'minhash', options, needs }), { signature: of });
}) as MakeMinhash);
