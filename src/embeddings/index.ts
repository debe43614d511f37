export {
	type AnalogyAnswer,
	type AnalogyOptions,
	type AnalogyReport,
	type AnalogyScore,
	evaluateAnalogies,
} from './evaluation/analogies.js';
export type { KnownOptions } from './evaluation/known-words.js';
export { type Analogy, type AnalogySection, readAnalogies } from './evaluation/read-analogies.js';
export { readWordPairs, type WordPair } from './evaluation/read-word-pairs.js';
export { type Correlation, evaluateWordPairs, type WordPairsOptions, type WordPairsReport } from './evaluation/word-pairs.js';
export type { Comparisons, DistanceMetric, DistanceOptions, MeanOptions, MoverOptions } from './vectors/compare.js';
export type { DenseVector, VectorTerm, VectorTerms } from './vectors/core.js';
export type { VectorFormat } from './vectors/files/format-of.js';
export { type LoadVectorsOptions, loadVectors } from './vectors/files/load.js';
export { type SaveVectorsOptions, saveVectors } from './vectors/files/save.js';
export type { VectorParts } from './vectors/parts.js';
export type { SearchOptions, SimilarQueries, SimilarQuestion, SimilarWord } from './vectors/similar.js';
export { type WordVectors, wordVectors } from './vectors/word-vectors.js';
