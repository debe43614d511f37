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
export type { FastTextArgs, FastTextKind, FastTextLoss } from './fasttext/args.js';
export { dictionaryOf, type FastTextDictionary, type FastTextEntry } from './fasttext/dictionary.js';
export type { FastTextFile } from './fasttext/file.js';
export {
	type DenseMatrix,
	denseMatrix,
	type FastTextMatrix,
	type ProductQuantizer,
	type QuantizedMatrix,
	quantizedMatrix,
} from './fasttext/matrix.js';
export { readFastText } from './fasttext/read-file.js';
export { bracketed, subwordBuckets } from './fasttext/subwords.js';
export { trainSupervised } from './fasttext/training/train.js';
export { fastTextVectors } from './fasttext/vectors.js';
export { writeFastText } from './fasttext/write-file.js';
export type { Comparisons, DistanceMetric, DistanceOptions, MeanOptions, MoverOptions } from './vectors/compare.js';
export type { DenseVector, VectorTerm, VectorTerms } from './vectors/core.js';
export type { VectorFormat } from './vectors/files/format-of.js';
export { type LoadVectorsOptions, loadVectors } from './vectors/files/load.js';
export { type SaveVectorsOptions, saveVectors } from './vectors/files/save.js';
export type { VectorParts } from './vectors/parts.js';
export type { SearchOptions, SimilarQueries, SimilarQuestion, SimilarWord } from './vectors/similar.js';
export { type WordVectors, wordVectors } from './vectors/word-vectors.js';
export type { MoreOptions, Word2Vec, Word2VecRun } from './word2vec/model.js';
export type { FastTextOptions, TrimRule, Word2VecOptions, Word2VecProgress, Word2VecRecord } from './word2vec/options.js';
export { loadWord2Vec, trainFastText, trainWord2Vec } from './word2vec/word2vec.js';
