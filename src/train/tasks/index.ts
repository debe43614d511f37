// The tasks, one line a file, by their names at Hugging Face.
export type { ClassReport, ClassWeights } from './classes.js';
export { type LoadOptions, load } from './load.js';
export {
	type ClassificationMeasures,
	type Prediction,
	type TextClassification,
	type TextClassificationOptions,
	textClassification,
} from './text-classification.js';
export {
	type Tagging,
	type TaggingMeasures,
	type TokenClassification,
	type TokenClassificationOptions,
	tokenClassification,
} from './token-classification.js';
