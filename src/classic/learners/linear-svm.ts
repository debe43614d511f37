// Linear SVM over documents.
import { type Kinds, optionsOf } from '../../base/index.js';
import { type LearnerOf, ownLearner, type State } from '../../stream/index.js';
import type { LinearClassifier } from '../linear.js';
import { fitLinearSvm, type LinearSvmOptions, svmKinds } from '../linear-svm.js';
import {
	type ClassifierStage,
	classifierLearner,
	fitOptions,
	type LabelledFeatures,
	reviveClassifier,
	type StageOptions,
	stageKinds,
} from './classify.js';

/** How a linear SVM is learned and what its stage adds. */
export interface LinearSvmLearnerOptions extends LinearSvmOptions, StageOptions {
	readonly seed?: number;
}

const kinds: Kinds<LinearSvmLearnerOptions> = { ...svmKinds, ...stageKinds };

/**
 * Learns a linear SVM from `features` and `label`; see `fitLinearSvm`. `score` is the margin, or with `calibration` a probability.
 *
 * @example
 * const fitted = await chain(words(), tfidf(), linearSvm()).fit(docs);
 */
export const linearSvm = ownLearner(
	(given: LinearSvmLearnerOptions = {}): LearnerOf<LabelledFeatures, ClassifierStage<LinearClassifier>> => {
		const options = optionsOf('linearSvm', given, kinds);
		const { seed = 0 } = options;
		return classifierLearner('linearSvm', options, (matrix, labels) => fitLinearSvm(matrix, labels, { ...fitOptions(options), seed }));
	},
	revived,
);

function revived(options: never, state: State): ClassifierStage {
	return reviveClassifier('linearSvm', linearSvm(options).spec, state);
}
