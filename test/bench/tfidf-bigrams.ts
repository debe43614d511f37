// TF-IDF of IMDB's 25,000 training reviews, words and pairs of words: fit and transform, documents a second.
import { vectorizing } from './support/vectorizing.js';

export const run = (options: { peers?: string }) => vectorizing('tfidf-bigrams', 2, options);
