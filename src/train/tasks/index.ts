// The tasks, by their names at Hugging Face, and models loaded from their folders.
export type { ClassReport, ClassWeights } from './classes.js';
export {
	type Ensemble,
	type EnsembleClassification,
	type EnsembleOptions,
	type EnsemblePrediction,
	ensemble,
	type MemberMeasures,
	type ThresholdEnsemble,
} from './ensemble.js';
export * from './list.js';
export { type LoadOptions, load } from './load.js';
export type { ClassificationMeasures, OneLabel, Prediction, ThresholdMeasures } from './one-label-measure.js';
export type { NumberLabel, NumberMeasures, OneNumber } from './one-number.js';
export type { LabelSet, SeveralLabels, SeveralLabelsMeasures } from './several-labels.js';
export type { Problem, TextClassification, TextClassificationOptions, ThresholdClassification } from './text-classification.js';
export type { Tagging, TaggingMeasures, TokenClassification, TokenClassificationOptions } from './token-classification.js';
export type {
	Alternative,
	TextPair,
	Translated,
	Translation,
	TranslationGeneration,
	TranslationMeasures,
	TranslationOptions,
} from './translation.js';
