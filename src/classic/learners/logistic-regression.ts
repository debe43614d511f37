// Logistic regression over documents.
import { type Kinds, optionsOf } from '../../base/index.js';
import { type LearnerOf, ownLearner, type State } from '../../stream/index.js';
import type { Probabilistic } from '../classifier.js';
import type { LinearClassifier } from '../linear.js';
import { fitLogisticRegression, type LogisticRegressionOptions, logisticKinds } from '../logistic-regression.js';
import {
	type ClassifierStage,
	classifierLearner,
	fitOptions,
	type LabelledFeatures,
	reviveClassifier,
	type StageOptions,
	stageKinds,
} from './classify.js';

/** How logistic regression is learned and what its stage adds. */
export interface LogisticRegressionLearnerOptions extends LogisticRegressionOptions, StageOptions {
	readonly seed?: number;
}

const kinds: Kinds<LogisticRegressionLearnerOptions> = { ...logisticKinds, ...stageKinds };

/** Learns logistic regression from `features` and `label`; see `fitLogisticRegression`. `score` is a probability. */
export const logisticRegression = ownLearner(
	(given: LogisticRegressionLearnerOptions = {}): LearnerOf<LabelledFeatures, ClassifierStage<LinearClassifier & Probabilistic>> => {
		const options = optionsOf('logisticRegression', given, kinds);
		const { seed = 0 } = options;
		return classifierLearner('logisticRegression', options, (matrix, labels) =>
			fitLogisticRegression(matrix, labels, { ...fitOptions(options), seed }),
		);
	},
	revived,
);

function revived(options: never, state: State): ClassifierStage {
	return reviveClassifier('logisticRegression', logisticRegression(options).spec, state);
}
