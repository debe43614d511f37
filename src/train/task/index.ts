// What is trained: recipes, and models of any task.
export type { Calibration } from './calibrate.js';
export { corpusOf, type HoldOut } from './corpus-of.js';
export { type Evaluated, type EvaluateOptions, evaluate } from './evaluate.js';
export type { Common, Model } from './model.js';
export type { ModelConfig } from './model-config.js';
export type { Predictor } from './predictor.js';
export type { Recipe, RecipeCorpus, RecipeDocuments, RecipeTraining, RunLength, WholeCorpus } from './recipe.js';
export type {
	AnyTask,
	DocOf,
	Each,
	Generation,
	Head,
	LogitsHead,
	MeasuredOf,
	PairStages,
	SaidOf,
	SequenceHead,
	Target,
	Task,
} from './task.js';
export { type Interrupted, type Trained, type TrainOptions, type TrainProgress, train } from './train.js';
