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
export type { VectorParts } from './vectors/parts.js';
