// How MinHash signatures are cut into bands for a threshold, as datasketch does.
import { argumentOf, type Bands, balancedBands, is, type Kind, type Kinds, optionsOf } from '../../base/index.js';
import { permutationsKind } from './minhash.js';

export type { Bands };

/** What bands are chosen for. */
export interface LshBandsOptions {
	/** Numbers of a signature. Default 128. */
	permutations?: number;
	/** How much false positives and false negatives count; they sum to 1. Default [0.5, 0.5]. */
	weights?: readonly [positives: number, negatives: number];
}

/** Shares of 1. */
const weightsKind: Kind = {
	expected: 'two shares that sum to 1',
	fits: (value) =>
		Array.isArray(value) && value.length === 2 && value.every(is.share.fits) && Math.abs((value as number[])[0]! + value[1] - 1) < 1e-9,
};

const kinds: Kinds<LshBandsOptions> = { permutations: permutationsKind, weights: weightsKind };

/**
 * The bands b of r rows each that make the weighted area of false positives, ∫₀ᵗ 1 − (1 − sʳ)ᵇ ds, and false negatives, ∫ₜ¹ (1 − sʳ)ᵇ ds, smallest
 * (Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", 3.4; the same choice as datasketch's MinHashLSH). A pair of similarity s shares a band with
 * probability 1 − (1 − sʳ)ᵇ: with the default weights that is about half at the threshold itself; where each candidate is looked at, let false negatives count more.
 *
 * @example
 * lshBands(0.8); // { bands: 9, rows: 13 }
 */
export function lshBands(threshold: number, options: LshBandsOptions = {}): Bands {
	const { permutations = 128, weights = [0.5, 0.5] } = optionsOf('lshBands', options, kinds);
	return balancedBands(argumentOf('lshBands', 'threshold', threshold, is.share), permutations, weights);
}
