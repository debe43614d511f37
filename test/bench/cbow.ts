// CBOW with negative sampling over IMDB's reviews, against gensim's.
import type { Result } from './support/bench.js';
import { gensim, vectorBench } from './support/word-vectors.js';

/** The median of three rounds. */
export const run = ({ peers }: { peers?: string }): Promise<Result> =>
	vectorBench({ bench: 'cbow', sg: false, peer: 'gensim', run: gensim(false) }, peers);
