// Text classifiers: recipes, training, prediction.
export { type LoadOptions, load, type Prediction, type TextClassifier } from './classifier.js';
export { type Evaluation, evaluate } from './evaluate.js';
export type { ClassifierConfig } from './model-config.js';
export type { Recipe, RecipeCorpus, RecipeDocuments, RecipeTraining } from './recipe.js';
export { type Interrupted, type Trained, type TrainOptions, type TrainProgress, trainClassifier } from './train-classifier.js';
