// The tasks, by their names at Hugging Face, and models loaded from their folders.
export type { ClassReport, ClassWeights } from './classes.js';
export * from './list.js';
export { type LoadOptions, load } from './load.js';
export type { NumberLabel, NumberMeasures, OneNumber } from './one-number.js';
export type { LabelSet, SeveralLabels, SeveralLabelsMeasures } from './several-labels.js';
export type { ClassificationMeasures, OneLabel, Prediction } from './single-label.js';
export type { Problem, TextClassification, TextClassificationOptions } from './text-classification.js';
export type { Tagging, TaggingMeasures, TokenClassification, TokenClassificationOptions } from './token-classification.js';
