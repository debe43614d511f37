// Pairs of sequences as samples: what an encoder and a decoder learn from.
import { argumentOf, is, type Kind, type Kinds, optionsOf } from '../../base/index.js';
import { zeroTensor } from '../../graph/index.js';
import { hashOf, type Samples } from './samples.js';

/** Two sequences of tokens: what is read, and what is to be said. */
export interface TokenPair {
	readonly source: ArrayLike<number>;
	readonly target: ArrayLike<number>;
}

/** The tokens that stand around a target. */
export interface PairMarks {
	readonly start: number;
	readonly end: number;
}

const kinds: Kinds<PairMarks> = { start: is.needed(is.whole(0)), end: is.needed(is.whole(0)) };
const areTokens = (value: unknown): boolean =>
	(Array.isArray(value) || ArrayBuffer.isView(value)) &&
	(value as number[]).length > 0 &&
	Array.from(value as number[]).every(is.whole(0).fits);
const somePairs: Kind = {
	expected: 'an array of { source, target }, each of tokens, one at least',
	fits: (value) => Array.isArray(value) && value.every((pair) => areTokens(pair?.source) && areTokens(pair?.target)),
	next: 'Leave out pairs without tokens on one side.',
};

/**
 * Pairs as batches of `source` and `sourceLengths`, of `target`, which begins with `start`, and of `targets`, which is the same a token later and ends
 * with `end`; all int32, padded with 0. Those of similar lengths share a batch.
 *
 * @example await fit(seq2seq({ source: 11, target: 30 }), pairSamples(pairs, { start: 1, end: 2 }))
 */
export function pairSamples(pairs: readonly TokenPair[], marks: PairMarks): Samples {
	argumentOf('pairSamples', 'pairs', pairs, somePairs);
	const { start, end } = optionsOf('pairSamples', marks, kinds);
	const lengths = {
		source: Uint32Array.from(pairs, ({ source }) => source.length),
		target: Uint32Array.from(pairs, ({ target }) => target.length + 1),
	};
	return {
		size: pairs.length,
		lengths,
		batch(samples, given) {
			const longest = (name: 'source' | 'target') =>
				given[name] ?? samples.reduce((most, sample) => Math.max(most, lengths[name][sample]!), 1);
			const [read, said] = [longest('source'), longest('target')];
			const [source, target, targets] = [read, said, said].map((width) => zeroTensor('int32', [samples.length, width]));
			const sourceLengths = zeroTensor('int32', [samples.length]);
			for (const [row, sample] of samples.entries()) {
				const pair = pairs[sample]!;
				const { length } = pair.target;
				(source!.data as Int32Array).set(pair.source, row * read);
				(sourceLengths.data as Int32Array)[row] = pair.source.length;
				(target!.data as Int32Array)[row * said] = start;
				(target!.data as Int32Array).set(pair.target, row * said + 1);
				(targets!.data as Int32Array).set(pair.target, row * said);
				(targets!.data as Int32Array)[row * said + length] = end;
			}
			return { source: source!, sourceLengths, target: target!, targets: targets! };
		},
		fingerprint: () =>
			hashOf(
				`${start} ${end}`,
				Int32Array.from(pairs.flatMap(({ source, target }) => [...Array.from(source), ...Array.from(target)])),
				lengths.source,
				lengths.target,
			),
	};
}
