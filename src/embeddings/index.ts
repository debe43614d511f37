export type { Comparisons, DistanceOptions, MeanOptions, Metric } from './vectors/compare.js';
export type { Term, Terms, Vector } from './vectors/core.js';
export type { VectorFormat } from './vectors/files/format-of.js';
export { type LoadVectorsOptions, loadVectors } from './vectors/files/load.js';
export type { VectorParts } from './vectors/parts.js';
export type { Question, SearchOptions, SimilarQueries, SimilarWord } from './vectors/similar.js';
export { type WordVectors, wordVectors } from './vectors/word-vectors.js';
