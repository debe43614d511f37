// Skip-gram with negative sampling over IMDB's reviews, against gensim's.
import type { Result } from './support/bench.js';
import { gensim, vectorBench } from './support/word-vectors.js';

/** The median of three rounds. */
export const run = ({ peers }: { peers?: string }): Promise<Result> =>
	vectorBench({ bench: 'word2vec', sg: true, peer: 'gensim', run: gensim(true) }, peers);
