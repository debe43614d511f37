// What the kernel draws by: how often words are kept, negative samples, σ.
import { aliasTable } from '../softmax/alias.js';

/** The largest number of 32 bits: what is drawn is below or equal. */
const most = 2 ** 32 - 1;

/** How likely each word is kept, of 2³² − 1: gensim's formula, which is that of word2vec's program; undefined where none is left out. */
export function keepTable(counts: Float64Array, sample: number): Uint32Array | undefined {
	if (sample === 0) return undefined;
	const total = counts.reduce((sum, count) => sum + count, 0);
	const threshold = sample < 1 ? sample * total : Math.floor((sample * (3 + Math.sqrt(5))) / 2);
	return Uint32Array.from(counts, (count) =>
		count === 0 ? most : Math.min(1, (Math.sqrt(count / threshold) + 1) * (threshold / count)) * most,
	);
}

/** The alias table of count^exponent as the kernel reads it: for each place how likely it is that word, of 2³² − 1, and the word that it is else. */
export function packedAliases(counts: Float64Array, exponent: number): Uint32Array {
	const { shares, others } = aliasTable(counts.map((count) => (count === 0 ? 0 : count ** exponent)));
	const packed = new Uint32Array(2 * counts.length);
	for (let word = 0; word < counts.length; word++) {
		packed[2 * word] = shares[word]! * most;
		packed[2 * word + 1] = others[word]!;
	}
	return packed;
}

/** Places of each of the tables of σ. */
export const sigmoidPlaces = 4096;

/** σ, then −log σ, between −8 and 8, each at the middle of a place. */
export function sigmoidTable(): Float32Array {
	const table = new Float32Array(2 * sigmoidPlaces);
	for (let place = 0; place < sigmoidPlaces; place++) {
		const x = ((place + 0.5) / sigmoidPlaces) * 16 - 8;
		table[place] = 1 / (1 + Math.exp(-x));
		table[sigmoidPlaces + place] = Math.log1p(Math.exp(-x));
	}
	return table;
}
