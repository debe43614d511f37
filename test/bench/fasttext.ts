// FastText, skip-gram, over the first 10,000 reviews of IMDB, against fastText's package; of which the time of all is known alone, so that the second ratio is the one to look at.
import type { Result } from './support/bench.js';
import { fastText, vectorBench } from './support/word-vectors.js';

/** The median of three rounds. */
export const run = ({ peers }: { peers?: string }): Promise<Result> =>
	vectorBench({ bench: 'fasttext', sg: true, subwords: true, reviews: 10_000, peer: 'fastText', run: fastText }, peers);
