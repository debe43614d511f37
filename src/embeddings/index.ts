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
export {
	type FastTextClassifier,
	type FastTextPrediction,
	type FastTextPredictOptions,
	fastTextClassifier,
} from './fasttext/classifier.js';
export { dictionaryOf as fastTextDictionary, type FastTextDictionary, type FastTextEntry } from './fasttext/dictionary.js';
export type { FastTextFile } from './fasttext/file.js';
export { type FastTextClassified, type FastTextLearnerOptions, type FastTextStage, fastText } from './fasttext/learner.js';
export { denseMatrix as fastTextMatrix, type FastTextMatrix } from './fasttext/matrix.js';
export type { FastTextFigures, FastTextScores } from './fasttext/predicting/meter.js';
export { type QuantizeOptions, quantizeFastText } from './fasttext/quantizing/quantize.js';
export { readFastText } from './fasttext/read-file.js';
export { trainFastTextClassifier } from './fasttext/train-classifier.js';
export type { FastTextClassifierOptions } from './fasttext/training/options.js';
export type { LabelledTokens } from './fasttext/training/read-corpus.js';
export type { FastTextProgress, FastTextRun } from './fasttext/training/session.js';
export type { FastTextMetric } from './fasttext/tuning/metric.js';
export { type FastTextTrial, type FastTextTuning, type TuneOptions, type TuneRun, tuneFastTextClassifier } from './fasttext/tuning/tune.js';
export { fastTextVectors } from './fasttext/vectors.js';
export { writeFastText } from './fasttext/write-file.js';
export { type DocumentVectorOptions, documentFeatures, documentVector } from './stages/document-vector.js';
export { type VectorImageOptions, vectorImage } from './stages/vector-image.js';
export { type ApproximateIndex, approximateIndex, type NeighbourIndex } from './vectors/approximate.js';
export type { Comparisons, DistanceMetric, DistanceOptions, MeanOptions, MoverOptions } from './vectors/compare.js';
export type { DenseVector, VectorTerm, VectorTerms } from './vectors/core.js';
export type { VectorFormat } from './vectors/files/format-of.js';
export { type LoadVectorsOptions, loadVectors } from './vectors/files/load.js';
export { type SaveVectorsOptions, saveVectors } from './vectors/files/save.js';
export type { VectorParts } from './vectors/parts.js';
export type { SearchOptions, SimilarQuestion, SimilarWord } from './vectors/questions.js';
export type { SimilarQueries } from './vectors/similar.js';
export { type WordVectors, wordVectors } from './vectors/word-vectors.js';
export { type LearnVectorsRun, type VectorLearner, type Word2VecDeclaration, word2vec } from './word2vec/declared.js';
export type { MoreOptions, MoreRun, Word2Vec, Word2VecRun } from './word2vec/model.js';
export type { FastTextOptions, TrimRule, Word2VecOptions, Word2VecProgress, Word2VecRecord } from './word2vec/options.js';
export { loadWord2Vec, trainFastText, trainWord2Vec } from './word2vec/word2vec.js';
